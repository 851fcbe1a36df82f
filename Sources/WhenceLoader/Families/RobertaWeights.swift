/// The weights of RoBERTa, XLM-RoBERTa and CamemBERT as transformers' TensorFlow classes name them: one set of names
/// for the three (Liu et al. 2019).
enum RobertaWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        embeddings("roberta/embeddings", configuration)
            + layerNorm("roberta/embeddings/LayerNorm", configuration.embeddingSize)
            + BertWeights.layers("roberta/encoder", configuration) + head(configuration)
    }

    private static func head(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        switch configuration.head {
        case .sequenceClassification:
            classifier(pooler: "classifier/dense", "classifier/out_proj", configuration)
        case .maskedLanguageModel:
            maskedLanguageModel(
                transform: "lm_head/dense", norm: "lm_head/layer_norm", bias: "lm_head/bias", configuration)
        case .causalLanguageModel, .encoder:
            []
        }
    }
}
