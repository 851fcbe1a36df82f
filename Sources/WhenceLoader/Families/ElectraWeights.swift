/// The weights of ELECTRA as transformers' TensorFlow classes name them (Clark et al. 2020).
enum ElectraWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (embedding, hidden) = (configuration.embeddingSize, configuration.hiddenSize)
        return embeddings("electra/embeddings", configuration)
            + layerNorm("electra/embeddings/LayerNorm", embedding)
            + (embedding == hidden ? [] : dense("electra/embeddings_project", embedding, hidden))
            + BertWeights.layers("electra/encoder", configuration)
            + head(
                pooler: "classifier/dense", classifier: "classifier/out_proj",
                transform: "generator_predictions/dense", norm: "generator_predictions/LayerNorm",
                bias: "generator_lm_head/bias", configuration)
    }
}
