internal import WhenceExplanation

/// `whence.explanation/1`: the JSON form of an explanation.
///
/// The document types mirror the values field by field but keep their own names, so that renaming a Swift
/// property cannot change the contract.
struct ExplanationDocument<Input: Codable, Prediction: Codable, Found: Codable>: Codable {
    var schema = ExplanationSchema.name
    var task: String
    var model: ModelDocument
    var settings: SettingsDocument
    var input: Input
    var prediction: Prediction
    var graphs: [GraphDocument]
    var explanations: [Found]
    var status: SearchDocument
}

/// The name and the tasks of the schema.
public enum ExplanationSchema {
    /// The schema.
    public static let name = "whence.explanation/1"
    /// The task of classifiers.
    public static let sentiment = "sentiment"
    /// The task of recommenders.
    public static let recommendation = "recommendation"
}

typealias SentimentDocument = ExplanationDocument<InputDocument, PredictionDocument, FoundDocument>

extension SentimentDocument {
    /// - Throws: `RenderingError.inconsistent` for graphs of several heads that cannot be compared.
    init(_ explanation: SentimentExplanation) throws(RenderingError) {
        self.init(
            task: ExplanationSchema.sentiment, model: ModelDocument(explanation.model),
            settings: SettingsDocument(explanation.settings), input: InputDocument(explanation.input),
            prediction: PredictionDocument(explanation.prediction),
            graphs: try GraphDocument.all(explanation.graphs),
            explanations: explanation.explanations.map(FoundDocument.init),
            status: SearchDocument(explanation.status))
    }

    func value() throws -> SentimentExplanation {
        SentimentExplanation(
            model: model.value(), settings: try settings.value(), input: try input.value(),
            prediction: prediction.value(), graphs: try graphs.map { try $0.value() },
            explanations: explanations.map { $0.value() }, status: try status.value())
    }
}

/// The head of a document, read before the rest so that another schema is named and not guessed at.
struct SchemaDocument: Codable {
    var schema: String
    var task: String?
}

struct ModelDocument: Codable {
    var family: String
    var name: String
    var parameters: Int
    /// Left out where the model is told by its name alone.
    var sha256: String?
    /// Left out for `fp32`, as the weights are stored.
    var precision: String?

    init(_ model: ModelIdentity) {
        (family, name, parameters, sha256) = (model.family, model.name, model.parameters, model.sha256)
        precision = model.precision == "fp32" ? nil : model.precision
    }

    func value() -> ModelIdentity {
        ModelIdentity(
            family: family, name: name, parameters: parameters, sha256: sha256,
            precision: precision ?? "fp32")
    }
}
