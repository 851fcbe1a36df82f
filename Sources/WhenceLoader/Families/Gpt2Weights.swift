/// The weights of GPT-2 as transformers' TensorFlow classes name them (Radford et al. 2019).
enum Gpt2Weights {
    static func tensors(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let hidden = configuration.hiddenSize
        return [
            ExpectedTensor("transformer/wte/embeddings", [configuration.vocabularySize, hidden]),
            ExpectedTensor("transformer/wpe/embeddings", [configuration.positionCount, hidden]),
        ]
            + (0..<configuration.layerCount).flatMap { layer("transformer/h_._\($0)", configuration) }
            + layerNorm("transformer/ln_f", hidden) + head(configuration)
    }

    private static func layer(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        return layerNorm("\(name)/ln_1", hidden) + convolution("\(name)/attn/c_attn", hidden, 3 * hidden)
            + convolution("\(name)/attn/c_proj", hidden, hidden)
            + layerNorm("\(name)/ln_2", hidden) + convolution("\(name)/mlp/c_fc", hidden, intermediate)
            + convolution("\(name)/mlp/c_proj", intermediate, hidden)
    }

    /// A dense layer, which OpenAI's code wrote as a convolution over one token.
    private static func convolution(_ name: String, _ input: Int, _ output: Int) -> [ExpectedTensor] {
        [ExpectedTensor("\(name)/weight", [input, output]), ExpectedTensor("\(name)/bias", [1, output])]
    }

    private static func head(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
        switch configuration.head {
        case .sequenceClassification:
            [ExpectedTensor("score/kernel", [configuration.hiddenSize, configuration.logitCount])]
        // Most often the word embedding, transposed.
        case .causalLanguageModel: decoderTable(configuration)
        case .maskedLanguageModel, .encoder: []
        }
    }
}
