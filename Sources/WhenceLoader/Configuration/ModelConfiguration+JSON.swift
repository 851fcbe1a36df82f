extension ModelConfiguration {
    /// Reads `config.json` as Hugging Face's transformers writes it.
    ///
    /// Fields that are absent take the class's defaults. Old files say neither `model_type` nor `architectures`;
    /// then the weights' names tell.
    /// - Parameters:
    ///   - path: the file.
    ///   - weightKeys: the keys of the weights, such as `bert/pooler/dense/kernel`.
    /// - Throws: `unsupported` for a family, head, activation or position embedding that Whence does not know;
    ///   `invalid` for a field of the wrong type, a size out of range, or heads that do not divide the width.
    public init(readingFrom path: String, weightKeys: some Collection<String>) throws(LoaderError) {
        let json = try JSONObject(readingFrom: path)
        let architectures = try json.strings("architectures") ?? []
        let family = try ModelFamily(json, architectures: architectures, weightKeys: weightKeys)
        let head = try ModelHead(family, path: path, architectures: architectures, weightKeys: weightKeys)
        try Self.refuseVariants(json)

        let defaults = ConfigurationDefaults(family)
        let width = 1...1_000_000
        let depth = 1...10_000
        let vocabularySize = try json.integer("vocab_size", in: 1...100_000_000) ?? defaults.vocabularySize
        let hiddenSize = try json.integer("hidden_size", in: width) ?? defaults.hiddenSize
        let layerCount = try json.integer("num_hidden_layers", in: depth) ?? defaults.layerCount
        let headCount = try json.integer("num_attention_heads", in: depth) ?? defaults.headCount
        guard hiddenSize.isMultiple(of: headCount) else {
            throw json.invalid(
                "num_attention_heads", expected: "a divisor of hidden_size (\(hiddenSize))",
                found: "\(headCount)")
        }
        let embeddingSize = try defaults.embeddingSize.map { size throws(LoaderError) in
            try json.integer("embedding_size", in: width) ?? size
        }
        let groupCount = try defaults.groupCount.map { count throws(LoaderError) in
            try json.integer("num_hidden_groups", in: depth) ?? count
        }
        let innerLayerCount = family == .albert ? try json.integer("inner_group_num", in: depth) : nil
        if let groupCount, let innerLayerCount, groupCount * innerLayerCount > depth.upperBound {
            throw json.invalid(
                "inner_group_num", expected: "at most \(depth.upperBound) layers in all groups",
                found: "\(groupCount) · \(innerLayerCount)")
        }
        self.init(
            family: family, head: head, vocabularySize: vocabularySize,
            embeddingSize: embeddingSize ?? hiddenSize, hiddenSize: hiddenSize,
            intermediateSize: try json.integer("intermediate_size", in: width) ?? defaults.intermediateSize,
            layerCount: layerCount, groupCount: groupCount ?? layerCount,
            innerLayerCount: innerLayerCount ?? defaults.innerLayerCount, headCount: headCount,
            positionCount: try json.integer("max_position_embeddings", in: width) ?? defaults.positionCount,
            tokenTypeCount: try json.integer("type_vocab_size", in: width) ?? defaults.tokenTypeCount,
            activation: try Activation(json, field: "hidden_act", default: defaults.activation),
            layerNormEpsilon: try Self.epsilon(json, default: defaults.layerNormEpsilon),
            labels: head == .sequenceClassification ? try Self.labels(json) : [],
            padTokenID: try json.integer("pad_token_id", in: 0...(vocabularySize - 1)) ?? defaults.padTokenID)
    }

    /// Variants of an encoder whose arithmetic differs from what is implemented.
    private static func refuseVariants(_ json: JSONObject) throws(LoaderError) {
        if let kind = try json.optionalString("position_embedding_type"), kind != "absolute" {
            throw .unsupported(
                path: json.path, found: "position_embedding_type \(quoted(kind))", known: ["absolute"])
        }
        for field in ["is_decoder", "add_cross_attention"] where try json.boolean(field) == true {
            throw .unsupported(path: json.path, found: "\(field) true", known: ["encoders"])
        }
    }

    private static func epsilon(_ json: JSONObject, default standard: Double) throws(LoaderError) -> Float {
        let value = try json.number("layer_norm_eps") ?? standard
        guard value > 0, value < 1 else {
            throw json.invalid("layer_norm_eps", expected: "a number between 0 and 1", found: "\(value)")
        }
        return Float(value)
    }

    /// `id2label` in the order of its numbers; without it as many `LABEL_i` as `num_labels` says, else two.
    private static func labels(_ json: JSONObject) throws(LoaderError) -> [String] {
        let most = 1...100_000
        guard let map = try json.optionalObject("id2label") else {
            // Releases before 3.0 wrote the count under a private name.
            let (count, oldCount) = try (
                json.integer("num_labels", in: most), json.integer("_num_labels", in: most)
            )
            return (0..<(count ?? oldCount ?? 2)).map { "LABEL_\($0)" }
        }
        let keys = map.keys
        guard most.contains(keys.count) else {
            throw json.invalid("id2label", expected: "1 to \(most.upperBound) labels", found: "\(keys.count)")
        }
        var labels: [String] = []
        for index in keys.indices {
            guard let label = try map.optionalString("\(index)") else {
                throw json.invalid(
                    "id2label", expected: "the labels 0 to \(keys.count - 1)", found: "no label \(index)")
            }
            labels.append(label)
        }
        return labels
    }
}

extension ModelFamily {
    /// The class name that the family's heads are appended to.
    var className: String {
        switch self {
        case .albert: "Albert"
        case .bert: "Bert"
        }
    }

    /// The family that `model_type` names; else that of the architectures; else that of the weights.
    fileprivate init(
        _ json: JSONObject, architectures: [String], weightKeys: some Collection<String>
    ) throws(LoaderError) {
        let known = ModelFamily.allCases.map(\.rawValue)
        if let type = try json.optionalString("model_type") {
            guard let family = ModelFamily(rawValue: type) else {
                throw .unsupported(path: json.path, found: "model_type \(quoted(type))", known: known)
            }
            self = family
            return
        }
        if let preset = try? json.optionalString("class_name") {
            throw .unsupported(path: json.path, found: "the Keras preset \(quoted(preset))", known: known)
        }
        if let family = ModelFamily.allCases.first(where: { family in
            architectures.contains { ModelHead.suffix(of: $0, family) != nil }
        }) {
            self = family
            return
        }
        if let architecture = architectures.first {
            throw .unsupported(path: json.path, found: "architecture \(quoted(architecture))", known: known)
        }
        guard
            let family = ModelFamily.allCases.first(where: { family in
                weightKeys.contains { $0.hasPrefix("\(family.rawValue)/") }
            })
        else {
            throw json.invalid(
                "model_type", expected: "one of \(known.joined(separator: ", "))", found: "nothing",
                hint: "Neither architectures nor the weights' names tell the family; add the field.")
        }
        self = family
    }
}

extension ModelHead {
    /// What follows the family's class name in an architecture's: `ForSequenceClassification`, `Model`, …
    fileprivate static func suffix(of architecture: String, _ family: ModelFamily) -> Substring? {
        let name = architecture.hasPrefix("TF") ? architecture.dropFirst(2) : architecture[...]
        guard name.hasPrefix(family.className) else { return nil }
        let suffix = name.dropFirst(family.className.count)
        return suffix.hasPrefix("For") || suffix.hasSuffix("Model") ? suffix : nil
    }

    /// The head of the first architecture; without one, the head that the weights hold.
    fileprivate init(
        _ family: ModelFamily, path: String, architectures: [String], weightKeys: some Collection<String>
    ) throws(LoaderError) {
        guard let architecture = architectures.first else {
            let prefix = family == .albert ? "predictions/" : "mlm___cls/"
            self =
                weightKeys.contains("classifier/kernel")
                ? .sequenceClassification
                : weightKeys.contains { $0.hasPrefix(prefix) } ? .maskedLanguageModel : .encoder
            return
        }
        switch Self.suffix(of: architecture, family) {
        case "ForSequenceClassification": self = .sequenceClassification
        // Pre-training has the masked-language head and one for sentence order, which is left unread.
        case "ForMaskedLM", "ForPreTraining": self = .maskedLanguageModel
        case "Model": self = .encoder
        default:
            throw .unsupported(
                path: path, found: "architecture \(quoted(architecture))",
                known: ["ForSequenceClassification", "ForMaskedLM", "ForPreTraining", "Model"].map {
                    family.className + $0
                })
        }
    }
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
