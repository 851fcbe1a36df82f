public import WhenceLoader

/// A prediction of a classifier.
public struct SentimentPrediction: Sendable, Hashable, Codable {
    /// Index of the label with the largest logit.
    public var index: Int
    /// Its name.
    public var label: String
    /// Its probability, 0…1.
    public var probability: Double
    /// `softmax(logits)`, one a label.
    public var probabilities: [Double]
    /// All label names, in index order.
    public var labels: [String]
    /// One a label.
    public var logits: [Double]

    /// Makes a prediction; every field is as documented above.
    public init(
        index: Int, label: String, probability: Double, probabilities: [Double], labels: [String],
        logits: [Double]
    ) {
        self.index = index
        self.label = label
        self.probability = probability
        self.probabilities = probabilities
        self.labels = labels
        self.logits = logits
    }
}

/// A smallest set of words without which the prediction would have been another.
public struct CounterfactualExplanation: Sendable, Hashable, Codable {
    /// Nodes of the graph; the same indices in every head's graph.
    public var nodes: [Int]
    /// The tokens that were replaced.
    public var tokens: [Int]
    /// The words that hold those tokens, as indices into `input.words`.
    public var words: [Int]
    /// The number of nodes.
    public var size: Int
    /// Sum of the nodes' distances from the target in the possible-d-sep tree, the smallest over heads;
    /// `nil` for a set that no graph led to (found by exhaustive search only).
    public var distance: Int?
    /// The heads whose graphs led to this set; empty for a set found by exhaustive search only.
    public var heads: [HeadLabel]
    /// The prediction after the replacement.
    public var outcome: SentimentPrediction

    /// Makes an explanation; every field is as documented above.
    public init(
        nodes: [Int], tokens: [Int], words: [Int], size: Int, distance: Int?, heads: [HeadLabel],
        outcome: SentimentPrediction
    ) {
        self.nodes = nodes
        self.tokens = tokens
        self.words = words
        self.size = size
        self.distance = distance
        self.heads = heads
        self.outcome = outcome
    }
}

/// Whence one sentiment prediction came: the input as the model saw it, its causal graphs, and the smallest
/// sets of words without which the prediction would have been another.
public struct SentimentExplanation: Sendable, Hashable {
    /// The model, as far as known.
    public var model: ModelIdentity
    /// The settings that were in force.
    public var settings: ExplanationSettings
    /// The input as the model saw it.
    public var input: TokenizedText
    /// What the model predicts.
    public var prediction: SentimentPrediction
    /// One graph a head, or one for all heads pooled.
    public var graphs: [CausalGraph]
    /// Explanations by size, then distance, then how little they leave of the original label's probability.
    public var explanations: [CounterfactualExplanation]
    /// How far the search got.
    public var status: SearchStatus

    /// Forward passes of the text itself.
    public static let passesBeforeSearch = 1

    /// Makes an explanation; every field is as documented above.
    public init(
        model: ModelIdentity, settings: ExplanationSettings, input: TokenizedText,
        prediction: SentimentPrediction, graphs: [CausalGraph], explanations: [CounterfactualExplanation],
        status: SearchStatus
    ) {
        self.model = model
        self.settings = settings
        self.input = input
        self.prediction = prediction
        self.graphs = graphs
        self.explanations = explanations
        self.status = status
    }
}
