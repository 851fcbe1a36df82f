/// A weight that a configuration calls for.
public struct ExpectedTensor: Sendable, Hashable, Codable {
    /// Its key, such as `bert/pooler/dense/kernel`.
    public var name: String
    /// The extent of each axis.
    public var shape: [Int]

    /// Makes an expectation.
    public init(_ name: String, _ shape: [Int]) {
        self.name = name
        self.shape = shape
    }
}

extension ModelConfiguration {
    /// Every weight that the model reads, in the order of its forward pass.
    ///
    /// Products are `y = x·kernel + bias`, so a kernel's shape is `[in, out]`.
    public var expectedTensors: [ExpectedTensor] {
        switch family {
        case .albert: AlbertWeights.tensors(self)
        case .bert: BertWeights.tensors(self)
        }
    }
}

/// The two weights of a fully connected layer.
func dense(_ name: String, _ input: Int, _ output: Int) -> [ExpectedTensor] {
    [ExpectedTensor("\(name)/kernel", [input, output]), ExpectedTensor("\(name)/bias", [output])]
}

/// The two weights of a layer norm.
func layerNorm(_ name: String, _ width: Int) -> [ExpectedTensor] {
    [ExpectedTensor("\(name)/gamma", [width]), ExpectedTensor("\(name)/beta", [width])]
}

/// Word, position and token-type tables and the norm over their sum, which BERT and ALBERT have in common.
func embeddings(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
    let width = configuration.embeddingSize
    return [
        ExpectedTensor("\(name)/word_embeddings/weight", [configuration.vocabularySize, width]),
        ExpectedTensor("\(name)/position_embeddings/embeddings", [configuration.positionCount, width]),
        ExpectedTensor("\(name)/token_type_embeddings/embeddings", [configuration.tokenTypeCount, width]),
    ] + layerNorm("\(name)/LayerNorm", width)
}
