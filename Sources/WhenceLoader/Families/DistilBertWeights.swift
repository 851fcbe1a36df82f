/// The weights of DistilBERT as transformers' TensorFlow classes name them (Sanh et al. 2019).
enum DistilBertWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        embeddings("distilbert/embeddings", configuration)
            + layerNorm("distilbert/embeddings/LayerNorm", configuration.embeddingSize)
            + (0..<configuration.layerCount).flatMap {
                layer("distilbert/transformer/layer_._\($0)", configuration)
            }
            + head(
                pooler: "pre_classifier", classifier: "classifier", transform: "vocab_transform",
                norm: "vocab_layer_norm", bias: "vocab_projector/bias", configuration)
    }

    private static func layer(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return ["q_lin", "k_lin", "v_lin", "out_lin"].flatMap {
            dense("\(name)/attention/\($0)", hidden, hidden)
        }
            + layerNorm("\(name)/sa_layer_norm", hidden)
            + dense("\(name)/ffn/lin1", hidden, intermediate)
            + dense("\(name)/ffn/lin2", intermediate, hidden)
            + layerNorm("\(name)/output_layer_norm", hidden)
    }
}
