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

/// How far the search for explanations got.
public struct SearchStatus: Sendable, Hashable, Codable {
    /// What the search can claim.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// Every set of a smaller size that the graphs allow was tested: what was found is minimal on the graphs.
        case minimal
        /// Every set up to `testedSizes` that the graphs allow was tested, and none changes the prediction.
        case none
        /// A budget ended the search inside size `testedSizes + 1`.
        case budget
    }

    /// What the search can claim.
    public var search: Outcome
    /// All sets up to this size were tested.
    public var testedSizes: Int
    /// All subsets whatever the graphs say were tested up to this size (`--exhaustive`).
    public var certifiedSizes: Int
    /// Which budget ended the search, in words; `nil` if none did.
    public var budget: String?
    /// Forward passes run, the one of the original input included.
    public var forwardPasses: Int
    /// Wall time of the whole explanation.
    public var elapsedMilliseconds: Double

    /// Makes a status; every field is as documented above.
    public init(
        search: Outcome, testedSizes: Int, certifiedSizes: Int, budget: String?, forwardPasses: Int,
        elapsedMilliseconds: Double
    ) {
        self.search = search
        self.testedSizes = testedSizes
        self.certifiedSizes = certifiedSizes
        self.budget = budget
        self.forwardPasses = forwardPasses
        self.elapsedMilliseconds = elapsedMilliseconds
    }
}

/// Which model an explanation is about.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// Architecture, as `config.json` names it.
    public var family: String
    /// Name of the model's folder.
    public var name: String
    /// Number of weights.
    public var parameters: Int
    /// SHA-256 of the weights, hexadecimal.
    public var sha256: String
    /// How the weights were kept while the model ran: `fp32` or `int8`.
    public var precision: String

    /// Makes an identity.
    public init(family: String, name: String, parameters: Int, sha256: String, precision: String = "fp32") {
        self.precision = precision
        self.family = family
        self.name = name
        self.parameters = parameters
        self.sha256 = sha256
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
