internal import WhenceLoader
internal import WhenceTensor

/// BERT4Rec and SASRec: a transformer over the items of a history, as its `RecommenderOptions` say.
///
/// - Note: Sun et al. 2019, *BERT4Rec: Sequential Recommendation with Bidirectional Encoder Representations from
///   Transformer*, arXiv 1904.06690; Kang and McAuley 2018, *Self-Attentive Sequential Recommendation*,
///   arXiv 1808.09781.
struct ItemTransformer: Architecture {
    private let hiddenSize: Int
    private let embedding: Embedding
    private let zeroing: PaddingZeroing?
    private let layers: LayerStack<ItemLayer>
    private let finalNorm: LayerNorm?
    private let head: LanguageHead

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        guard let options = configuration.recommender else {
            preconditionFailure("a recommender's configuration has its options")
        }
        let place = checkpoint["recommender"]
        hiddenSize = configuration.hiddenSize
        embedding = try Self.embedding(place, configuration, options)
        let zeroing =
            options.paddingStates == .zeroed ? configuration.padTokenID.map(PaddingZeroing.init) : nil
        self.zeroing = zeroing
        layers = LayerStack(
            layers: try (0..<configuration.layerCount).map { index in
                ItemLayer(
                    block: try ItemLayer.Block(
                        place["block"]["\(index)"], configuration, options.block, name: "block \(index)"),
                    zeroing: zeroing)
            })
        finalNorm =
            options.hasFinalNorm
            ? try LayerNorm(
                place["final_norm"], configuration, epsilon: options.finalNormEpsilon,
                name: "the last block's output") : nil
        head = try Self.head(place, words: embedding.words, configuration, options)
        try checkpoint.refuseUnread(below: "recommender/")
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let hidden = try workspace.hidden.matrix(batch.tokenCount, hiddenSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        zeroing?.apply(to: LayerResult(rows: hidden, areAsked: false, record: nil), batch)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        try finalNorm?.apply(to: result.rows, in: workspace)
        return try ForwardResult(result, below: .language(head), batch, in: workspace)
    }

    private static func embedding(
        _ place: Checkpoint, _ configuration: ModelConfiguration, _ options: RecommenderOptions
    ) throws -> Embedding {
        let width = configuration.hiddenSize
        let rows = options.positionRowCount(configuration.positionCount)
        return Embedding(
            words: try place.matrix("item_embedding/embeddings", configuration.vocabularySize, width),
            positions: rows > 0 ? try place.matrix("position_embedding/embeddings", rows, width) : nil,
            tokenTypes: nil,
            norm: options.hasEmbeddingNorm
                ? try LayerNorm(place["embedding_norm"], configuration, name: "the embedding") : nil,
            scale: options.embeddingScale)
    }

    private static func head(
        _ place: Checkpoint, words: Tensor, _ configuration: ModelConfiguration,
        _ options: RecommenderOptions
    ) throws -> LanguageHead {
        let output = place["output"]
        let bias = options.hasOutputBias ? try output.vector("bias", configuration.vocabularySize) : nil
        let decoder =
            switch options.outputTable {
            case .tied: try PackedMatrix(transposing: words, bias: bias)
            case .own:
                try PackedMatrix(
                    output.matrix("kernel", configuration.hiddenSize, configuration.vocabularySize),
                    bias: bias, precision: output.precision)
            }
        return try LanguageHead(
            transform: options.hasOutputTransform ? place["output_transform"] : nil, decoder: decoder,
            configuration)
    }
}

extension Checkpoint {
    /// Refuses weights that nobody has asked for: the model would not be the one that was trained.
    fileprivate func refuseUnread(below start: String) throws(LoaderError) {
        let unread = unread.filter { $0.hasPrefix(start) }
        guard let first = unread.first else { return }
        throw .invalid(
            path: paths.joined(separator: ", "), place: first,
            expected: "no weights but those of config.json",
            found: unread.count == 1 ? "this one" : "this one and \(unread.count - 1) more",
            hint: "Say in config.json that the model has them, such as \"final_norm\": true.")
    }
}
