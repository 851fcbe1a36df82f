/// The weights of RoBERTa, XLM-RoBERTa and CamemBERT as transformers' TensorFlow classes name them: one set of names
/// for the three (Liu et al. 2019).
enum RobertaWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        embeddings("roberta/embeddings", configuration)
            + layerNorm("roberta/embeddings/LayerNorm", configuration.embeddingSize)
            + BertWeights.layers("roberta/encoder", configuration)
            + head(
                pooler: "classifier/dense", classifier: "classifier/out_proj", transform: "lm_head/dense",
                norm: "lm_head/layer_norm", bias: "lm_head/bias", configuration)
    }
}
