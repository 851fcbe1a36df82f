internal import WhenceLoader
internal import WhenceTensor

/// A block of a recommender.
struct ItemLayer: Layer {
    let block: Block
    /// For a model that keeps the states of padding at zero.
    let zeroing: PaddingZeroing?

    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let result =
            switch block {
            case .postNorm(let layer): try layer.apply(to: hidden, batch, reach, in: workspace)
            case .preNorm(let layer): try layer.apply(to: hidden, batch, reach, in: workspace)
            case .queryNorm(let layer): try layer.apply(to: hidden, batch, reach, in: workspace)
            }
        zeroing?.apply(to: result, batch)
        return result
    }
}

extension ItemLayer {
    /// A block in one of the styles that recommenders have.
    enum Block: Sendable {
        case postNorm(EncoderLayer)
        case preNorm(PreNormLayer)
        case queryNorm(QueryNormLayer)

        /// Reads the block at a place; the names of its parts are the same in every style.
        init(
            _ place: Checkpoint, _ configuration: ModelConfiguration, _ style: RecommenderOptions.BlockStyle,
            name: String
        ) throws {
            let attentionNorm = try LayerNorm(
                place["attention_norm"], configuration, name: "\(name)'s attention")
            let feedForwardNorm = try LayerNorm(
                place["feed_forward_norm"], configuration, name: "\(name)'s feed-forward network")
            let feedForward = try FeedForward(
                inner: place["intermediate_dense"], outer: place["output_dense"], configuration)
            let attention = try SelfAttention(
                place["attention"], configuration, readsQueriesApart: style == .queryNorm)
            self =
                switch style {
                case .postNorm:
                    .postNorm(
                        EncoderLayer(
                            attention: attention, attentionNorm: attentionNorm, feedForward: feedForward,
                            feedForwardNorm: feedForwardNorm))
                case .preNorm:
                    .preNorm(
                        PreNormLayer(
                            attentionNorm: attentionNorm, attention: attention,
                            feedForwardNorm: feedForwardNorm, feedForward: feedForward))
                case .queryNorm:
                    .queryNorm(
                        QueryNormLayer(
                            queryNorm: attentionNorm, attention: attention,
                            feedForwardNorm: feedForwardNorm, feedForward: feedForward))
                }
        }
    }
}

extension SelfAttention {
    /// Reads an attention whose parts are named as Keras names them.
    fileprivate init(
        _ place: Checkpoint, _ configuration: ModelConfiguration, readsQueriesApart: Bool
    ) throws {
        let (hidden, heads) = (configuration.hiddenSize, configuration.headCount)
        let form: AttentionForm = configuration.isCausal ? .causal : .everywhere
        let parts = ["query_dense", "key_dense", "value_dense"].map { place[$0] }
        let output = try PackedMatrix(place["output_dense"], hidden, hidden)
        if readsQueriesApart {
            self.init(
                queries: try PackedMatrix(parts[0], hidden, hidden),
                keysValues: try PackedMatrix(sideBySide: Array(parts[1...]), hidden, hidden), output: output,
                headCount: heads, form: form)
        } else {
            self.init(
                queryKeyValue: try PackedMatrix(sideBySide: parts, hidden, hidden), output: output,
                headCount: heads, form: form)
        }
    }
}

/// Sets the states of padding to zero.
struct PaddingZeroing: Sendable {
    let token: Int

    /// Sets to zero the rows of a result whose tokens are padding.
    func apply(to result: LayerResult, _ batch: Batch) {
        for index in 0..<result.rows.rowCount {
            let row = result.areAsked ? batch.asked[index] : index
            guard batch.ids[row] == token else { continue }
            result.rows[index..<index + 1].buffer.update(repeating: 0)
        }
    }
}
