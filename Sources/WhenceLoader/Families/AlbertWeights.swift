/// The weights of ALBERT as transformers' TensorFlow classes name them (Lan et al. 2020).
enum AlbertWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let mapping = "albert/encoder/embedding_hidden_mapping_in"
        return embeddings("albert/embeddings", configuration)
            + layerNorm("albert/embeddings/LayerNorm", configuration.embeddingSize)
            + dense(mapping, configuration.embeddingSize, configuration.hiddenSize)
            + (0..<configuration.groupCount).flatMap { group in
                (0..<configuration.innerLayerCount).flatMap { inner in
                    layer(
                        "albert/encoder/albert_layer_groups_._\(group)/albert_layers_._\(inner)",
                        configuration)
                }
            }
            // Of the two biases that the files hold, the library adds the decoder's.
            + head(
                pooler: "albert/pooler", classifier: "classifier", transform: "predictions/dense",
                norm: "predictions/LayerNorm", bias: "predictions/decoder/bias", configuration)
    }

    private static func layer(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return ["query", "key", "value", "dense"].flatMap { dense("\(name)/attention/\($0)", hidden, hidden) }
            + distances("\(name)/attention", configuration)
            + layerNorm("\(name)/attention/LayerNorm", hidden)
            + dense("\(name)/ffn", hidden, intermediate)
            + dense("\(name)/ffn_output", intermediate, hidden)
            + layerNorm("\(name)/full_layer_layer_norm", hidden)
    }
}
