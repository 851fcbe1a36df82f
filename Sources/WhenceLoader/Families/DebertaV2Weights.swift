/// The weights of DeBERTa, versions 2 and 3, as transformers' TensorFlow classes name them (He et al. 2021).
enum DebertaV2Weights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (embedding, hidden) = (configuration.embeddingSize, configuration.hiddenSize)
        let projection = ExpectedTensor("deberta/embeddings/embed_proj/kernel", [embedding, hidden])
        return embeddings("deberta/embeddings", configuration)
            + (embedding == hidden ? [] : [projection])
            + layerNorm("deberta/embeddings/LayerNorm", hidden)
            + positions(configuration)
            + (0..<configuration.layerCount).flatMap {
                layer("deberta/encoder/layer_._\($0)", configuration)
            }
            + convolution(configuration)
            + head(
                pooler: "pooler/dense", classifier: "classifier",
                transform: "cls/predictions/transform/dense", norm: "cls/predictions/transform/LayerNorm",
                bias: "cls/predictions/bias", configuration)
    }

    private static func positions(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        guard let positions = configuration.disentangledAttention?.positions else { return [] }
        let hidden = configuration.hiddenSize
        return [ExpectedTensor("deberta/encoder/rel_embeddings.weight", [2 * positions.span, hidden])]
            + (positions.isNormalized ? layerNorm("deberta/encoder/LayerNorm", hidden) : [])
    }

    private static func layer(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let hidden = configuration.hiddenSize
        let disentangled = configuration.disentangledAttention
        var projections = ["query_proj", "key_proj", "value_proj"]
        if disentangled?.positions?.projection == .separate {
            for term in disentangled?.terms ?? [] {
                projections.append(term == .contentToPosition ? "pos_proj" : "pos_q_proj")
            }
        }
        return projections.flatMap { dense("\(name)/attention/self/\($0)", hidden, hidden) }
            + BertWeights.outputs(name, configuration)
    }

    private static func convolution(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        guard let convolution = configuration.disentangledAttention?.convolution else { return [] }
        let hidden = configuration.hiddenSize
        return [
            ExpectedTensor("deberta/encoder/conv/conv/kernel", [convolution.kernelSize, hidden, hidden]),
            ExpectedTensor("deberta/encoder/conv/conv/bias", [hidden]),
        ] + layerNorm("deberta/encoder/conv/LayerNorm", hidden)
    }
}
