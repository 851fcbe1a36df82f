/// A history as the recommender saw it.
public struct RecommendationInput: Sendable, Hashable {
    /// One item of the history.
    public struct HistoryItem: Sendable, Hashable, Codable {
        /// Its place in the history, counted from 0; the oldest comes first.
        public var index: Int
        /// The data set's own id.
        public var item: String
        /// What a person calls it.
        public var title: String
        /// Its token.
        public var token: Int

        /// Makes an item; every field is as documented above.
        public init(index: Int, item: String, title: String, token: Int) {
            self.index = index
            self.item = item
            self.title = title
            self.token = token
        }
    }

    /// The whole history, also what the model did not see of it.
    public var history: [HistoryItem]
    /// Whose history it is, where that is known.
    public var user: String?
    /// Ids of items that the history had and the recommender does not know: they were left out beforehand.
    public var unknownItems: [String]
    /// How many of the oldest items the model did not see, because the history is longer than what it reads.
    public var unseenCount: Int
    /// The tokens that the recommendation was read from, at `queryTarget`.
    public var query: [Int]
    /// The index of the token in `query` whose logits ranked the items.
    public var queryTarget: Int
    /// The tokens of the second pass, in which the recommended item stands in its place: those that nodes and
    /// explanations count.
    public var abduction: [Int]

    /// Makes an input; every field is as documented above.
    public init(
        history: [HistoryItem], user: String? = nil, unknownItems: [String] = [], unseenCount: Int,
        query: [Int], queryTarget: Int, abduction: [Int]
    ) {
        self.history = history
        self.user = user
        self.unknownItems = unknownItems
        self.unseenCount = unseenCount
        self.query = query
        self.queryTarget = queryTarget
        self.abduction = abduction
    }
}

/// A smallest part of the history without which another item would have been recommended.
///
/// Items of the whole original history stay excluded from the ranking when some of them are replaced: what the user
/// has watched is never recommended again.
public struct ItemExplanation: Sendable, Hashable {
    /// Nodes of the graph; the same indices in every head's graph.
    public var nodes: [Int]
    /// The tokens that were replaced, as indices into `input.abduction`.
    public var tokens: [Int]
    /// The items that were replaced, as indices into `input.history`.
    public var items: [Int]
    /// The number of nodes.
    public var size: Int
    /// Sum of the nodes' distances from the target in the possible-d-sep tree, the smallest over heads;
    /// `nil` for a set that no graph led to (found by exhaustive search only).
    public var distance: Int?
    /// The heads whose graphs led to this set; empty for a set found by exhaustive search only.
    public var heads: [HeadLabel]
    /// The tokens that were read after the replacement.
    public var query: [Int]
    /// The index of the token in `query` whose logits ranked the items.
    public var queryTarget: Int
    /// The recommendation after the replacement.
    public var outcome: Recommendation
    /// The item recommended instead.
    public var replacement: ItemShift
    /// The item that had been recommended.
    public var original: ItemShift

    /// Makes an explanation; every field is as documented above.
    public init(
        nodes: [Int], tokens: [Int], items: [Int], size: Int, distance: Int?, heads: [HeadLabel],
        query: [Int], queryTarget: Int, outcome: Recommendation, replacement: ItemShift, original: ItemShift
    ) {
        self.nodes = nodes
        self.tokens = tokens
        self.items = items
        self.size = size
        self.distance = distance
        self.heads = heads
        self.query = query
        self.queryTarget = queryTarget
        self.outcome = outcome
        self.replacement = replacement
        self.original = original
    }

    /// How far the new item is ahead of the old one after the replacement, in logits.
    public var margin: Double { replacement.scoreAfter - original.scoreAfter }
}

/// Whence one recommendation came: the history as the model saw it, its causal graphs, and the smallest parts of the
/// history without which something else would have been recommended.
public struct RecommendationExplanation: Sendable, Hashable {
    /// The model, as far as known.
    public var model: ModelIdentity
    /// The settings that were in force.
    public var settings: ExplanationSettings
    /// The history as the model saw it.
    public var input: RecommendationInput
    /// What the model recommends.
    public var prediction: Recommendation
    /// One graph a head, or one for all heads pooled; over the items that the model saw and the recommended one.
    public var graphs: [CausalGraph]
    /// Explanations by size, then distance, then how far the new item is ahead.
    public var explanations: [ItemExplanation]
    /// How far the search got.
    public var status: SearchStatus

    /// Forward passes of the history itself: one to recommend, one with the recommended item in its place.
    public static let passesBeforeSearch = 2

    /// Makes an explanation; every field is as documented above.
    public init(
        model: ModelIdentity, settings: ExplanationSettings, input: RecommendationInput,
        prediction: Recommendation, graphs: [CausalGraph], explanations: [ItemExplanation],
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
