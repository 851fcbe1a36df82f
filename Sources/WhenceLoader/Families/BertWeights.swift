/// The weights of BERT as transformers' TensorFlow classes name them (Devlin et al. 2019).
enum BertWeights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        embeddings("bert/embeddings", configuration)
            + (0..<configuration.layerCount).flatMap { layer("bert/encoder/layer_._\($0)", configuration) }
            + head(configuration)
    }

    private static func layer(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return ["query", "key", "value"].flatMap { dense("\(name)/attention/self/\($0)", hidden, hidden) }
            + dense("\(name)/attention/output/dense", hidden, hidden)
            + layerNorm("\(name)/attention/output/LayerNorm", hidden)
            + dense("\(name)/intermediate/dense", hidden, intermediate)
            + dense("\(name)/output/dense", intermediate, hidden)
            + layerNorm("\(name)/output/LayerNorm", hidden)
    }

    private static func head(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let hidden = configuration.hiddenSize
        switch configuration.head {
        case .sequenceClassification:
            return dense("bert/pooler/dense", hidden, hidden)
                + dense("classifier", hidden, configuration.labels.count)
        case .maskedLanguageModel:
            // The projection to the vocabulary is the word embedding, transposed.
            return dense("mlm___cls/predictions/transform/dense", hidden, hidden)
                + layerNorm("mlm___cls/predictions/transform/LayerNorm", hidden)
                + [ExpectedTensor("mlm___cls/predictions/bias", [configuration.vocabularySize])]
        case .encoder:
            return []
        }
    }
}
