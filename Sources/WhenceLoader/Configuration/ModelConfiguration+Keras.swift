extension ModelConfiguration {
    /// Whether a `config.json` is that of a preset of KerasHub or KerasNLP.
    static func isKerasPreset(_ json: JSONObject) -> Bool {
        guard case .string = json["class_name"], case .object = json["config"] else { return false }
        return json["model_type"] == nil
    }

    /// Reads `config.json` and `task.json` as KerasHub and KerasNLP write them.
    ///
    /// The names of labels are not in there: they are numbered.
    /// - Parameters:
    ///   - json: `config.json`.
    ///   - task: `task.json`; without one the model is a bare encoder.
    /// - Throws: `unsupported` for a backbone, task or activation that Whence does not know; `invalid` for a field
    ///   of the wrong type, a size out of range, or heads that do not divide the width.
    init(keras json: JSONObject, task: JSONObject?) throws(LoaderError) {
        let family = try Self.family(keras: json)
        let fields = try json.object("config")
        let (width, depth) = (1...1_000_000, 1...10_000)
        let hiddenSize = try fields.requiredInteger("hidden_dim", in: width)
        let headCount = try fields.requiredInteger("num_heads", in: depth)
        guard hiddenSize.isMultiple(of: headCount) else {
            throw fields.invalid(
                "num_heads", expected: "a divisor of hidden_dim (\(hiddenSize))", found: "\(headCount)")
        }
        let layerCount = try fields.requiredInteger("num_layers", in: depth)
        let positionCount = try fields.integer("max_sequence_length", in: width) ?? 512
        let segments: Int? =
            [.albert, .bert].contains(family) ? try fields.integer("num_segments", in: width) ?? 2 : nil
        let head = try Self.head(task, family)
        let labelCount =
            head == .sequenceClassification
            ? try task?.object("config").integer("num_classes", in: 1...100_000) ?? 2 : 0
        self.init(
            family: family, head: head,
            vocabularySize: try fields.requiredInteger("vocabulary_size", in: 1...100_000_000),
            embeddingSize: family == .albert
                ? try fields.requiredInteger("embedding_dim", in: width) : hiddenSize,
            hiddenSize: hiddenSize,
            intermediateSize: try fields.requiredInteger("intermediate_dim", in: width),
            layerCount: layerCount, groupCount: layerCount, innerLayerCount: 1, headCount: headCount,
            positionCount: positionCount, tokenTypeCount: segments ?? 0,
            activation: [.albert, .bert].contains(family) ? .geluNew : .gelu,
            layerNormEpsilon: Self.epsilon(keras: family),
            headActivation: head.activation(keras: family), headLayerNormEpsilon: 1e-5,
            labels: (0..<labelCount).map { "LABEL_\($0)" }, labelChoice: labelCount == 1 ? .amount : .one,
            padTokenID: [.roberta, .xlmRoberta].contains(family) ? 1 : 0)
        if family == .albert { try readGroups(fields, in: depth) }
        if family == .debertaV2 {
            disentangledAttention = try Self.disentangledAttention(fields, positionCount: positionCount)
        }
        if head == .sequenceClassification, let options = try task?.object("config") {
            if ![.albert, .bert].contains(family) {
                pooledSize = try options.integer("hidden_dim", in: width) ?? hiddenSize
            }
            try readOutput(options)
        }
    }

    /// The groups of layers that share their weights.
    private mutating func readGroups(_ fields: JSONObject, in depth: ClosedRange<Int>) throws(LoaderError) {
        groupCount = try fields.integer("num_groups", in: depth) ?? 1
        innerLayerCount = try fields.integer("num_inner_repetitions", in: depth) ?? 1
        guard layerCount.isMultiple(of: groupCount) else {
            throw fields.invalid(
                "num_groups", expected: "a divisor of num_layers (\(layerCount))", found: "\(groupCount)")
        }
        guard groupCount * innerLayerCount <= depth.upperBound else {
            throw fields.invalid(
                "num_inner_repetitions", expected: "at most \(depth.upperBound) layers in all groups",
                found: "\(groupCount) · \(innerLayerCount)")
        }
    }

    private static let backbones: [(name: String, family: ModelFamily)] = [
        ("Albert", .albert), ("Bert", .bert), ("DebertaV3", .debertaV2), ("DistilBert", .distilBert),
        ("Roberta", .roberta), ("XLMRoberta", .xlmRoberta),
    ]

    private static func family(keras json: JSONObject) throws(LoaderError) -> ModelFamily {
        let name = try json.string("class_name")
        guard let backbone = backbones.first(where: { $0.name + "Backbone" == name }) else {
            throw .unsupported(
                path: json.path, found: "the Keras preset \(quoted(name))",
                known: backbones.map { $0.name + "Backbone" })
        }
        return backbone.family
    }

    private static func head(_ task: JSONObject?, _ family: ModelFamily) throws(LoaderError) -> ModelHead {
        guard let task else { return .encoder }
        let name = try task.string("class_name")
        let own = backbones.first { $0.family == family }?.name ?? ""
        switch name {
        // The second is KerasNLP's.
        case own + "TextClassifier", own + "Classifier": return .sequenceClassification
        case own + "MaskedLM": return .maskedLanguageModel
        default:
            throw .unsupported(
                path: task.path, found: "the Keras task \(quoted(name))",
                known: [own + "TextClassifier", own + "Classifier", own + "MaskedLM"])
        }
    }

    /// The library's constants; `config.json` does not hold them.
    private static func epsilon(keras family: ModelFamily) -> Float {
        switch family {
        case .roberta, .xlmRoberta: 1e-5
        case .debertaV2: 1e-7
        default: 1e-12
        }
    }

    /// Both terms, and the layers' own projections, in every model of the class.
    private static func disentangledAttention(
        _ fields: JSONObject, positionCount: Int
    ) throws(LoaderError) -> DisentangledAttention {
        DisentangledAttention(
            terms: [.contentToPosition, .positionToContent],
            positions: RelativePositions(
                maximumDistance: positionCount,
                bucketCount: try fields.integer("bucket_size", in: 2...1_000_000) ?? 256,
                projection: .shared, isNormalized: true),
            hasAbsolutePositions: false, convolution: nil)
    }
}

extension ModelHead {
    /// The activation between the two layers of the head that Keras puts on top, whatever the layers use.
    fileprivate func activation(keras family: ModelFamily) -> Activation {
        switch (self, family) {
        case (.sequenceClassification, _): activation(family, inner: .gelu)
        case (_, .albert): .geluNew
        default: .gelu
        }
    }
}
