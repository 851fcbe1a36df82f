internal import WhenceRendering

/// What the rows of a data set are annotated with.
public enum AnnotationTask: String, Sendable, Hashable, Codable, CaseIterable {
    /// Predictions of a classifier.
    case sentiment
    /// Recommendations after a history.
    case recommendation

    /// The task as documents name it.
    var documentName: String {
        switch self {
        case .sentiment: ExplanationSchema.sentiment
        case .recommendation: ExplanationSchema.recommendation
        }
    }
}
