public import WhenceTensor

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
        case .distilBert: DistilBertWeights.tensors(self)
        case .roberta, .xlmRoberta, .camembert: RobertaWeights.tensors(self)
        case .electra: ElectraWeights.tensors(self)
        case .debertaV2: DebertaV2Weights.tensors(self)
        case .gpt2: Gpt2Weights.tensors(self)
        case .bert4Rec, .sasRec: RecommenderWeights.tensors(self)
        }
    }

    /// Bytes that the weights take in memory; with 8 bits an element, those of dense layers, without their scales.
    public func weightByteCount(in precision: Precision) -> Int {
        expectedTensors.reduce(0) { total, tensor in
            let isDense =
                tensor.name.hasSuffix("/kernel") || family == .gpt2 && tensor.name.hasSuffix("/weight")
            let size = isDense && precision == .int8 ? 1 : MemoryLayout<Float>.size
            return Listed.sum(total, tensor.shape.reduce(size, *))
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

/// Word, position and token-type tables and the norm over their sum, named as BERT names them; without the tables
/// that a family does not have.
func embeddings(_ name: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
    let width = configuration.embeddingSize
    let words = ExpectedTensor("\(name)/word_embeddings/weight", [configuration.vocabularySize, width])
    let positions = ExpectedTensor(
        "\(name)/position_embeddings/embeddings", [configuration.positionCount, width])
    let types = ExpectedTensor(
        "\(name)/token_type_embeddings/embeddings", [configuration.tokenTypeCount, width])
    return [words] + (configuration.hasPositionTable ? [positions] : [])
        + (configuration.tokenTypeCount > 0 ? [types] : [])
}

/// The weights of a head that is named so: `pooler` and `classifier` are a classifier's two dense layers, the others
/// stand before the table that predicts tokens.
func head(
    pooler: String, classifier: String, transform: String, norm: String, bias: String,
    _ configuration: ModelConfiguration
) -> [ExpectedTensor] {
    switch configuration.head {
    case .sequenceClassification:
        dense(pooler, configuration.hiddenSize, configuration.pooledSize)
            + dense(classifier, configuration.pooledSize, configuration.logitCount)
    case .maskedLanguageModel, .causalLanguageModel:
        dense(transform, configuration.hiddenSize, configuration.embeddingSize)
            + layerNorm(norm, configuration.embeddingSize)
            + decoderTable(configuration) + [ExpectedTensor(bias, [configuration.vocabularySize])]
    case .encoder:
        []
    }
}

/// The table of distances of an attention, where positions are not in the embedding.
func distances(_ attention: String, _ configuration: ModelConfiguration) -> [ExpectedTensor] {
    guard configuration.positionEmbedding != .absolute else { return [] }
    let shape = [2 * configuration.positionCount - 1, configuration.headSize]
    return [ExpectedTensor("\(attention)/distance_embedding/weight", shape)]
}

/// The table that a language model predicts tokens with, where it is not the word embedding.
func decoderTable(_ configuration: ModelConfiguration) -> [ExpectedTensor] {
    guard configuration.outputTable == .own else { return [] }
    let shape = [configuration.vocabularySize, configuration.embeddingSize]
    return [ExpectedTensor("\(configuration.family.decoder)/weight", shape)]
}
