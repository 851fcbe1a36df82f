internal import WhenceExplanation

/// `whence.explanation/1`: the JSON form of an explanation.
///
/// The document types mirror the values field by field but keep their own names, so that renaming a Swift
/// property cannot change the contract.
struct ExplanationDocument: Codable {
    static let schemaName = "whence.explanation/1"

    var schema = schemaName
    var task = "sentiment"
    var model: ModelDocument
    var settings: SettingsDocument
    var input: InputDocument
    var prediction: PredictionDocument
    var graphs: [GraphDocument]
    var explanations: [FoundDocument]
    var status: SearchDocument
}

extension ExplanationDocument {
    /// - Throws: `RenderingError.inconsistent` for graphs of several heads that cannot be compared.
    init(_ explanation: SentimentExplanation) throws(RenderingError) {
        let frequencies = try explanation.graphs.frequencies()
        model = ModelDocument(explanation.model)
        settings = SettingsDocument(explanation.settings)
        input = InputDocument(explanation.input)
        prediction = PredictionDocument(explanation.prediction)
        graphs = explanation.graphs.map { GraphDocument($0, among: frequencies) }
        explanations = explanation.explanations.map(FoundDocument.init)
        status = SearchDocument(explanation.status)
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
    var sha256: String
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

struct PredictionDocument: Codable {
    var index: Int
    var label: String
    var probability: Double
    var probabilities: [Double]
    var labels: [String]
    var logits: [Double]

    init(_ prediction: SentimentPrediction) {
        (index, label, probability) = (prediction.index, prediction.label, prediction.probability)
        (probabilities, labels, logits) = (prediction.probabilities, prediction.labels, prediction.logits)
    }

    func value() -> SentimentPrediction {
        SentimentPrediction(
            index: index, label: label, probability: probability, probabilities: probabilities,
            labels: labels, logits: logits)
    }
}
