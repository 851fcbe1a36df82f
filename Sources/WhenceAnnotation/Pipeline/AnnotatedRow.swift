public import WhenceExplanation

/// A row with what the model says about it.
public struct AnnotatedRow: Sendable {
    /// What the model says.
    public enum Outcome: Sendable {
        /// A classifier's prediction; without graphs and explanations where only the prediction was asked for.
        case sentiment(SentimentExplanation)
        /// A recommender's; likewise.
        case recommendation(RecommendationExplanation)
        /// Nothing, because of the row.
        case failure(RowProblem)
    }

    /// The row as it was read.
    public var row: InputRow
    /// What the model says.
    public var outcome: Outcome
    /// The time that one core spent on the row; of work shared with other rows its part by tokens.
    public var milliseconds: Double

    /// Makes an annotated row; every field is as documented above.
    public init(row: InputRow, outcome: Outcome, milliseconds: Double) {
        self.row = row
        self.outcome = outcome
        self.milliseconds = milliseconds
    }
}

/// How much is found out, and written, about each row.
public enum AnnotationDetail: String, Sendable, Hashable, Codable, CaseIterable {
    /// The prediction alone; no graph is learnt and nothing is searched.
    case prediction
    /// The prediction and the smallest sets that change it.
    case explanation
    /// All that, and the causal graphs.
    case graphs
}
