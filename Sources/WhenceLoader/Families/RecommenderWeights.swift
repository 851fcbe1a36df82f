/// The weights of a recommender in Whence's own layout (Sun et al. 2019; Kang and McAuley 2018).
enum RecommenderWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        guard let options = configuration.recommender else { return [] }
        let (vocabulary, hidden) = (configuration.vocabularySize, configuration.hiddenSize)
        let root = "recommender"
        let rows = options.positionRowCount(configuration.positionCount)
        var tensors = [ExpectedTensor("\(root)/item_embedding/embeddings", [vocabulary, hidden])]
        if rows > 0 {
            tensors.append(ExpectedTensor("\(root)/position_embedding/embeddings", [rows, hidden]))
        }
        if options.hasEmbeddingNorm { tensors += layerNorm("\(root)/embedding_norm", hidden) }
        for index in 0..<configuration.layerCount {
            tensors += block("\(root)/block/\(index)", configuration)
        }
        if options.hasFinalNorm { tensors += layerNorm("\(root)/final_norm", hidden) }
        if options.hasOutputTransform {
            tensors += dense("\(root)/output_transform/dense", hidden, hidden)
            tensors += layerNorm("\(root)/output_transform/norm", hidden)
        }
        if options.outputTable == .own {
            tensors.append(ExpectedTensor("\(root)/output/kernel", [hidden, vocabulary]))
        }
        if options.hasOutputBias { tensors.append(ExpectedTensor("\(root)/output/bias", [vocabulary])) }
        return tensors
    }

    private static func block(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return layerNorm("\(name)/attention_norm", hidden)
            + ["query", "key", "value", "output"].flatMap {
                dense("\(name)/attention/\($0)_dense", hidden, hidden)
            }
            + layerNorm("\(name)/feed_forward_norm", hidden)
            + dense("\(name)/intermediate_dense", hidden, intermediate)
            + dense("\(name)/output_dense", intermediate, hidden)
    }
}
