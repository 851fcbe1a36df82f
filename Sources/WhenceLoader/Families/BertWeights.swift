/// The weights of BERT as transformers' TensorFlow classes name them (Devlin et al. 2019).
enum BertWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        embeddings("bert/embeddings", configuration)
            + layerNorm("bert/embeddings/LayerNorm", configuration.embeddingSize)
            + layers("bert/encoder", configuration)
            + head(
                pooler: "bert/pooler/dense", classifier: "classifier",
                transform: "mlm___cls/predictions/transform/dense",
                norm: "mlm___cls/predictions/transform/LayerNorm", bias: "mlm___cls/predictions/bias",
                configuration)
    }

    /// The layers below `encoder`, which BERT's descendants name alike.
    static func layers(_ encoder: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let hidden = configuration.hiddenSize
        return (0..<configuration.layerCount).flatMap { index in
            let name = "\(encoder)/layer_._\(index)"
            return ["query", "key", "value"].flatMap { dense("\(name)/attention/self/\($0)", hidden, hidden) }
                + distances("\(name)/attention/self", configuration) + outputs(name, configuration)
        }
    }

    /// What follows the attention of a layer.
    static func outputs(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return dense("\(name)/attention/output/dense", hidden, hidden)
            + layerNorm("\(name)/attention/output/LayerNorm", hidden)
            + dense("\(name)/intermediate/dense", hidden, intermediate)
            + dense("\(name)/output/dense", intermediate, hidden)
            + layerNorm("\(name)/output/LayerNorm", hidden)
    }
}
