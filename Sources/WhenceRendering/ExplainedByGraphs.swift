internal import WhenceExplanation

/// What renderers need of an explanation, whatever was predicted.
protocol ExplainedByGraphs {
    var model: ModelIdentity { get }
    var settings: ExplanationSettings { get }
    var graphs: [CausalGraph] { get }
    var status: SearchStatus { get }
    /// The nodes of each explanation, the best first.
    var foundNodes: [[Int]] { get }
    /// Forward passes of the input itself.
    static var passesBeforeSearch: Int { get }
    /// What was predicted, as a noun.
    var predicted: String { get }
    /// What was predicted, on one line.
    var headline: String { get }

    func text(style: TextStyle) -> String
    func json(layout: JSONLayout) throws(RenderingError) -> String
    func svg(heads: [HeadLabel]?) -> String
    /// Checks that every index points at something.
    func checkIndices() throws(RenderingError)
}

extension ExplainedByGraphs {
    /// How many nodes the smallest explanation has.
    var smallestSize: Int? { foundNodes.first?.count }
}

extension SentimentExplanation: ExplainedByGraphs {
    var foundNodes: [[Int]] { explanations.map(\.nodes) }
    var predicted: String { "prediction" }
    var headline: String { PredictionWording.short(prediction) }
    func checkIndices() throws(RenderingError) { try ConsistencyCheck.check(self) }
}

extension RecommendationExplanation: ExplainedByGraphs {
    var foundNodes: [[Int]] { explanations.map(\.nodes) }
    var predicted: String { "recommendation" }
    var headline: String { "Recommended: \(prediction.best.title)" }
    func checkIndices() throws(RenderingError) { try ConsistencyCheck.check(self) }
}
