import WhenceInference
import WhenceLoader
import WhenceTensor

/// Transformers of a few thousand seeded weights, made in memory.
enum SmallModel {
    static func configuration(_ family: ModelFamily, _ head: ModelHead) -> ModelConfiguration {
        ModelConfiguration(
            family: family, head: head, vocabularySize: 50, embeddingSize: family == .albert ? 16 : 32,
            hiddenSize: 32, intermediateSize: 80, layerCount: 4, groupCount: family == .albert ? 2 : 4,
            innerLayerCount: family == .albert ? 2 : 1, headCount: 4, positionCount: 160, tokenTypeCount: 2,
            activation: .geluNew, layerNormEpsilon: 1e-12,
            labels: head == .sequenceClassification ? ["no", "yes", "perhaps"] : [], padTokenID: 0)
    }

    /// The weights by name, spread over ±`range`; gains around 1.
    static func weights(_ configuration: ModelConfiguration, range: Float = 0.4) -> [String: Tensor] {
        var state: UInt32 = 12345
        var tensors: [String: Tensor] = [:]
        for expected in configuration.expectedTensors {
            tensors[expected.name] = Tensor(shape: expected.shape) { elements in
                for index in elements.indices {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    let unit = Float(state >> 8) / Float(1 << 24) * 2 - 1
                    elements[index] = unit * range + (expected.name.hasSuffix("gamma") ? 1 : 0)
                }
            }
        }
        return tensors
    }

    static func make(_ family: ModelFamily, _ head: ModelHead = .sequenceClassification) throws -> Transformer
    {
        let configuration = configuration(family, head)
        return try Transformer(
            configuration: configuration, checkpoint: Checkpoint(weights(configuration)))
    }

    /// Inputs of many lengths, one of them a single token, one of them as long as the model reads.
    static let inputs: [[Int]] = [12, 1, 160, 7, 7, 33, 64, 2].enumerated().map { index, length in
        (0..<length).map { ($0 * 7 + index * 13) % 50 }
    }
}
