/// Activation functions of feed-forward layers and heads.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
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
    /// `x·σ(1.702x)`.
    case quickGelu = "quick_gelu"
    /// The exact gelu, 10 at most.
    case clippedGelu = "gelu_10"
    /// `x·tanh(ln(1 + eˣ))`.
    case mish
    /// `max(0, x)²`.
    case squaredRelu = "relu2"
    /// `min(max(0, x), 6)`.
    case relu6
    /// `max(x, 0.01x)`.
    case leakyRelu = "leaky_relu"
    /// `1/(1 + e⁻ˣ)`.
    case sigmoid
    /// The normal distribution function around 0.707107 with the deviation 0.282095.
    case laplace
    /// `x` as it is.
    case linear
}

extension Activation {
    /// Other names that transformers has for the same formulas, their terms grouped otherwise.
    static let aliases: [(name: String, activation: Activation)] = [
        ("gelu_python", .gelu), ("gelu_fast", .geluNew), ("gelu_pytorch_tanh", .geluNew),
        ("gelu_accurate", .geluNew), ("swish", .silu),
    ]

    /// The activation that a field names, in any of the spellings of transformers (`activations.py`).
    init(_ json: JSONObject, field: String, default standard: String) throws(LoaderError) {
        let name = try json.optionalString(field) ?? standard
        guard
            let activation = Activation(rawValue: name)
                ?? Self.aliases.first(where: { $0.name == name })?.activation
        else {
            throw .unsupported(
                path: json.path, found: "\(field) \(quoted(name))",
                known: Self.allCases.map(\.rawValue) + Self.aliases.map(\.name))
        }
        self = activation
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
