extension ModelConfiguration {
    /// Reads `config.json` as Hugging Face's transformers writes it.
    ///
    /// Fields that are absent take the class's defaults. Old files say neither `model_type` nor `architectures`;
    /// then the weights' names tell.
    /// - Parameters:
    ///   - path: the file.
    ///   - weightKeys: the keys of the weights, such as `bert/pooler/dense/kernel`.
    /// - Throws: `unsupported` for a family, head or activation that Whence does not know; `invalid` for a field of the
    ///   wrong type, a size out of range, or heads that do not divide the width.
    public init(readingFrom path: String, weightKeys: some Collection<String>) throws(LoaderError) {
        try self.init(JSONObject(readingFrom: path), weightKeys: weightKeys)
    }

    init(_ json: JSONObject, weightKeys: some Collection<String>) throws(LoaderError) {
        let architectures = try json.strings("architectures") ?? []
        let family = try ModelFamily(json, architectures: architectures, weightKeys: weightKeys)
        guard !family.isRecommender else {
            try self.init(recommender: json, family)
            return
        }
        let head = try family.head(path: json.path, architectures: architectures, weightKeys: weightKeys)
        let defaults = ConfigurationDefaults(family)
        let names = defaults.names(in: json)
        let width = 1...1_000_000
        let depth = 1...10_000
        let vocabularySize = try json.integer("vocab_size", in: 1...100_000_000) ?? defaults.vocabularySize
        let hiddenSize = try json.integer(names.hiddenSize, in: width) ?? defaults.hiddenSize
        let layerCount = try json.integer(names.layerCount, in: depth) ?? defaults.layerCount
        let headCount = try json.integer(names.headCount, in: depth) ?? defaults.headCount
        guard hiddenSize.isMultiple(of: headCount) else {
            throw json.invalid(
                names.headCount, expected: "a divisor of \(names.hiddenSize) (\(hiddenSize))",
                found: "\(headCount)")
        }
        // Other classes do not look at the field.
        let hasEmbeddingSize = defaults.embeddingSize != nil || family == .debertaV2
        let embeddingSize = hasEmbeddingSize ? try json.integer("embedding_size", in: width) : nil
        let groupCount = try defaults.groupCount.map { count throws(LoaderError) in
            try json.integer("num_hidden_groups", in: depth) ?? count
        }
        let innerLayerCount = family == .albert ? try json.integer("inner_group_num", in: depth) : nil
        if let groupCount, let innerLayerCount, groupCount * innerLayerCount > depth.upperBound {
            throw json.invalid(
                "inner_group_num", expected: "at most \(depth.upperBound) layers in all groups",
                found: "\(groupCount) · \(innerLayerCount)")
        }
        let positionCount = try Self.positionCount(json, defaults)
        let activation = try Activation(json, field: names.activation, default: defaults.activation)
        let headActivation =
            family == .debertaV2 && head == .sequenceClassification
            ? try Activation(json, field: "pooler_hidden_act", default: "gelu") : nil
        let disentangledAttention =
            family == .debertaV2
            ? try DisentangledAttention(json, headSize: hiddenSize / headCount, positionCount: positionCount)
            : nil
        let labels = head == .sequenceClassification ? try Self.labels(json) : []
        self.init(
            family: family, head: head, vocabularySize: vocabularySize,
            embeddingSize: embeddingSize ?? defaults.embeddingSize ?? hiddenSize, hiddenSize: hiddenSize,
            intermediateSize: try json.integer(names.intermediateSize, in: width)
                ?? defaults.intermediateSize ?? 4 * hiddenSize,
            layerCount: layerCount, groupCount: groupCount ?? layerCount,
            innerLayerCount: innerLayerCount ?? defaults.innerLayerCount, headCount: headCount,
            positionCount: positionCount, tokenTypeCount: try Self.tokenTypeCount(json, defaults),
            activation: activation, layerNormEpsilon: try Self.epsilon(json, defaults),
            headActivation: headActivation,
            labels: labels, labelChoice: try LabelChoice(json, labelCount: labels.count),
            padTokenID: try json.integer("pad_token_id", in: 0...(vocabularySize - 1)) ?? defaults.padTokenID,
            paddingPosition: defaults.paddingPosition, disentangledAttention: disentangledAttention)
        if head.isLanguageModel { outputTable = try Self.outputTable(json) }
        try readVariants(json)
    }

    /// Whether a language model's decoder is the word embedding, as it is where nothing is said and in DeBERTa's own
    /// head, which `legacy` false stands for.
    static func outputTable(_ json: JSONObject) throws(LoaderError) -> RecommenderOptions.OutputTable {
        guard try json.boolean("legacy") != false else { return .tied }
        return try json.boolean("tie_word_embeddings") == false ? .own : .tied
    }

    /// What some models of a family do otherwise. Classes that do not know a field do not look at it.
    private mutating func readVariants(_ json: JSONObject) throws(LoaderError) {
        if let pruned = try json.optionalObject("pruned_heads"), !pruned.keys.isEmpty {
            throw .unsupported(
                path: json.path, found: "pruned_heads", known: ["layers that have all of their heads"])
        }
        switch family {
        case .albert, .bert, .roberta, .xlmRoberta, .camembert, .electra:
            positionEmbedding =
                try json.choice("position_embedding_type", of: PositionEmbedding.self) ?? .absolute
            // ALBERT's class does not know the field.
            let decodes = try json.boolean("is_decoder") ?? false
            isDecoder = family != .albert && decodes
            if isDecoder, positionEmbedding != .absolute {
                throw .unsupported(
                    path: json.path,
                    found: "position_embedding_type \(quoted(positionEmbedding.rawValue)) of a decoder",
                    known: ["absolute"])
            }
        case .gpt2:
            let byHeadSize = try json.boolean("scale_attn_weights") ?? true
            let byLayer = try json.boolean("scale_attn_by_inverse_layer_idx") ?? false
            scoreDivisor =
                byHeadSize ? (byLayer ? .headSizeAndLayer : .headSize) : (byLayer ? .layer : .none)
        case .distilBert, .debertaV2, .bert4Rec, .sasRec: break
        }
    }

    private static func epsilon(
        _ json: JSONObject, _ defaults: ConfigurationDefaults
    ) throws(LoaderError) -> Float {
        guard let name = defaults.names.layerNormEpsilon else { return Float(defaults.layerNormEpsilon) }
        let value = try json.number(name) ?? defaults.layerNormEpsilon
        guard value > 0, value < 1 else {
            throw json.invalid(name, expected: "a number between 0 and 1", found: "\(value)")
        }
        return Float(value)
    }

    private static func positionCount(
        _ json: JSONObject, _ defaults: ConfigurationDefaults
    ) throws(LoaderError) -> Int {
        // Where positions start behind the padding's, one more row has to be left.
        let fewest = defaults.paddingPosition.map { $0 + 2 } ?? 1
        return try json.integer(defaults.names(in: json).positionCount, in: fewest...1_000_000)
            ?? defaults.positionCount
    }

    private static func tokenTypeCount(
        _ json: JSONObject, _ defaults: ConfigurationDefaults
    ) throws(LoaderError) -> Int {
        guard let standard = defaults.tokenTypeCount else { return 0 }
        return try json.integer("type_vocab_size", in: min(standard, 1)...1_000_000) ?? standard
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
            guard let label = try map.textOrNumber("\(index)") else {
                throw json.invalid(
                    "id2label", expected: "the labels 0 to \(keys.count - 1)", found: "no label \(index)")
            }
            labels.append(label)
        }
        return labels
    }
}
