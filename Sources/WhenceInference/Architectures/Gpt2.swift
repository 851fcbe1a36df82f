internal import WhenceLoader
internal import WhenceTensor

/// GPT-2: layers with their norms in front, in which every token sees itself and what stands before it.
///
/// - Note: Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*, §2.3; Radford et al. 2018,
///   *Improving Language Understanding by Generative Pre-Training*, §3.1.
struct Gpt2: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let layers: LayerStack<PreNormLayer>
    private let norm: LayerNorm
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let (transformer, hidden) = (checkpoint["transformer"], configuration.hiddenSize)
        embedding = Embedding(
            words: try transformer.matrix("wte/embeddings", configuration.vocabularySize, hidden),
            positions: try transformer.matrix("wpe/embeddings", configuration.positionCount, hidden),
            tokenTypes: nil, norm: nil)
        layers = LayerStack(
            layers: try (0..<configuration.layerCount).map { index in
                try Self.layer(transformer["h_._\(index)"], index: index, configuration)
            })
        norm = try LayerNorm(transformer["ln_f"], configuration, name: "the last layer's output")
        head = try Self.head(
            checkpoint, words: try embedding.outputTable(checkpoint["lm_head"], configuration), configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let hidden = try workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        try norm.apply(to: result.rows, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
    }

    private static func layer(
        _ place: Checkpoint, index: Int, _ configuration: ModelConfiguration
    ) throws -> PreNormLayer {
        let name = "layer \(index)"
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        let (attention, network) = (place["attn"], place["mlp"])
        return PreNormLayer(
            attentionNorm: try LayerNorm(
                place["ln_1"], configuration, name: "the input of \(name)'s attention"),
            attention: SelfAttention(
                queryKeyValue: try PackedMatrix(convolution: attention["c_attn"], hidden, 3 * hidden),
                output: try PackedMatrix(convolution: attention["c_proj"], hidden, hidden),
                headCount: configuration.headCount, form: .causal,
                divisor: configuration.scoreDivisor.value(headSize: configuration.headSize, layer: index)),
            feedForwardNorm: try LayerNorm(
                place["ln_2"], configuration, name: "the input of \(name)'s feed-forward network"),
            feedForward: FeedForward(
                inner: try PackedMatrix(convolution: network["c_fc"], hidden, intermediate),
                outer: try PackedMatrix(convolution: network["c_proj"], intermediate, hidden),
                configuration.activation))
    }

    private static func head(
        _ checkpoint: Checkpoint, words: Tensor, _ configuration: ModelConfiguration
    ) throws -> Head {
        switch configuration.head {
        case .maskedLanguageModel, .encoder:
            return .none
        case .sequenceClassification:
            let kernel = try checkpoint.matrix(
                "score/kernel", configuration.hiddenSize, configuration.logitCount)
            return .classification(ClassificationHead(classifier: try PackedMatrix(kernel)))
        case .causalLanguageModel:
            return .language(try LanguageHead(words: words))
        }
    }
}
