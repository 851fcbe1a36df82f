/// Activation functions of feed-forward layers and heads.
public enum Activation: String, Sendable, Hashable, Codable {
    /// `x·Φ(x)` with the exact error function.
    case gelu
    /// The tanh approximation `0.5x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
    case geluNew = "gelu_new"
    /// `max(0, x)`.
    case relu
    /// Hyperbolic tangent.
    case tanh
    /// `x·σ(x)`.
    case silu
}

extension Activation {
    /// The activation that a field names, in any of the spellings of transformers.
    init(_ json: JSONObject, field: String, default standard: String) throws(LoaderError) {
        let name = try json.optionalString(field) ?? standard
        switch name {
        case "gelu": self = .gelu
        // The same formula, its terms grouped otherwise.
        case "gelu_new", "gelu_fast", "gelu_pytorch_tanh": self = .geluNew
        case "relu": self = .relu
        case "tanh": self = .tanh
        case "silu", "swish": self = .silu
        default:
            throw .unsupported(
                path: json.path, found: "\(field) \(quoted(name))",
                known: [
                    "gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "relu", "silu", "swish", "tanh",
                ])
        }
    }
}

extension ModelHead {
    /// The activation between the two layers of the head that a family puts on top.
    ///
    /// - Parameter inner: that of the feed-forward layers, which most language-model heads take over.
    func activation(_ family: ModelFamily, inner: Activation) -> Activation {
        switch (self, family) {
        case (.sequenceClassification, .distilBert): .relu
        case (.sequenceClassification, .electra), (.sequenceClassification, .debertaV2): .gelu
        case (.sequenceClassification, _): .tanh
        // Whatever the feed-forward layers use.
        case (_, .roberta), (_, .xlmRoberta), (_, .camembert), (_, .electra): .gelu
        default: inner
        }
    }
}
