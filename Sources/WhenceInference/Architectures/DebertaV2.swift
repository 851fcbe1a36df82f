internal import WhenceLoader
internal import WhenceTensor

/// DeBERTa, versions 2 and 3: the score of a query and a key is the sum of what their contents give, the query's
/// content with their distance, and the key's content with their distance.
///
/// - Note: He et al. 2021, *DeBERTa: Decoding-enhanced BERT with Disentangled Attention*, arXiv 2006.03654, §3.1; He
///   et al. 2023, *DeBERTaV3*, arXiv 2111.09543.
struct DebertaV2: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    /// Only where the widths differ.
    private let projection: PackedMatrix?
    private let embeddingNorm: LayerNorm
    private let layers: LayerStack<DebertaV2Layer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let (embeddings, encoder) = (checkpoint["deberta"]["embeddings"], checkpoint["deberta"]["encoder"])
        let (narrow, wide) = (configuration.embeddingSize, configuration.hiddenSize)
        embedding = try Embedding(embeddings, norm: nil, configuration)
        projection =
            narrow == wide ? nil : try PackedMatrix(embeddings.matrix("embed_proj/kernel", narrow, wide))
        embeddingNorm = try LayerNorm(embeddings["LayerNorm"], configuration, name: "the embedding")
        let table = try configuration.disentangledAttention?.positions.map {
            try PositionTable(encoder, $0, configuration)
        }
        layers = LayerStack(
            layers: try (0..<configuration.layerCount).map { index in
                try DebertaV2Layer(encoder, index: index, table, configuration)
            })
        let predictions = checkpoint["cls"]["predictions"]
        head = try Head(
            pooler: checkpoint["pooler"]["dense"], classifier: checkpoint["classifier"],
            transform: predictions["transform"]["dense"], norm: predictions["transform"]["LayerNorm"],
            decoder: predictions, words: try embedding.outputTable(predictions["decoder"], configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let embedded = try workspace.embeddings.matrix(batch.tokenCount, configuration.embeddingSize)
        try embedding.embed(batch, into: embedded, in: workspace)
        var hidden = embedded
        if let projection {
            hidden = try workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
            try workspace.compute.multiply(embedded, by: projection, into: hidden)
        }
        try embeddingNorm.apply(to: hidden, in: workspace)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
    }
}

/// A layer of DeBERTa: BERT's, with scores for distances, and beside the first one a convolution in large models.
struct DebertaV2Layer: Layer {
    private let layer: EncoderLayer
    private let convolution: NeighbourConvolution?

    init(
        _ encoder: Checkpoint, index: Int, _ table: PositionTable?, _ configuration: ModelConfiguration
    ) throws {
        let place = encoder["layer_._\(index)"]
        layer = try EncoderLayer(
            attention: try Self.attention(place["attention"], table, configuration), bert: place,
            configuration, name: "layer \(index)")
        let shape = index == 0 ? configuration.disentangledAttention?.convolution : nil
        convolution = try shape.map { try NeighbourConvolution(encoder["conv"], $0, configuration) }
    }

    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let convolved = try convolution?.convolve(hidden, batch, in: workspace)
        let result = try layer.apply(to: hidden, batch, reach, in: workspace)
        if let convolution, let convolved {
            try convolution.add(convolved, to: result, batch, in: workspace)
        }
        return result
    }

    /// Every term counts in the divisor `√(headSize · terms)`, also where there is no table to make it from.
    private static func attention(
        _ place: Checkpoint, _ table: PositionTable?, _ configuration: ModelConfiguration
    ) throws -> SelfAttention {
        let hidden = configuration.hiddenSize
        let own = place["self"]
        let terms = configuration.disentangledAttention?.terms ?? []
        let queryKeyValue = try PackedMatrix(
            sideBySide: [own["query_proj"], own["key_proj"], own["value_proj"]], hidden, hidden)
        var form = AttentionForm.everywhere
        if let table, !terms.isEmpty {
            let isShared = configuration.disentangledAttention?.positions?.projection != .separate
            let shared = isShared ? try table.projected(by: queryKeyValue) : nil
            /// The table as the keys or queries of one term; none if the model does not have it.
            func positions(_ term: DisentangledAttention.Term, _ name: String, _ columns: Range<Int>) throws
                -> Tensor?
            {
                guard terms.contains(term) else { return nil }
                if let shared { return try shared.tensor(columns: columns) }
                return try table.projected(by: PackedMatrix(own[name], hidden, hidden))
                    .tensor(columns: 0..<hidden)
            }
            form = table.scores(
                keys: try positions(.contentToPosition, "pos_proj", hidden..<2 * hidden),
                queries: try positions(.positionToContent, "pos_q_proj", 0..<hidden))
        }
        return SelfAttention(
            queryKeyValue: queryKeyValue, output: try PackedMatrix(place["output"]["dense"], hidden, hidden),
            headCount: configuration.headCount, form: form,
            divisor: Float(configuration.headSize * (1 + terms.count)).squareRoot())
    }
}
