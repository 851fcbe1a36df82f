import WhenceInference
import WhenceLoader
import WhenceTensor

/// A transformer of a given shape whose weights are drawn from a seeded generator: speed does not depend on them.
enum RandomModel {
    /// BERT-base: 12 layers of width 768, as in Devlin et al. 2019, §3.
    static let bertBase = ModelConfiguration(
        family: .bert, head: .sequenceClassification, vocabularySize: 30_522, embeddingSize: 768,
        hiddenSize: 768,
        intermediateSize: 3_072, layerCount: 12, groupCount: 12, innerLayerCount: 1, headCount: 12,
        positionCount: 512, tokenTypeCount: 2, activation: .gelu, layerNormEpsilon: 1e-12,
        labels: ["negative", "positive"], padTokenID: 0)

    /// Makes the model.
    static func make(
        _ configuration: ModelConfiguration, seed: UInt64, precision: Precision
    ) throws -> Transformer {
        var numbers = SplitMix64(state: seed)
        var tensors: [String: Tensor] = [:]
        for expected in configuration.expectedTensors {
            tensors[expected.name] = Tensor(shape: expected.shape) { elements in
                // As models are initialised before training: gains 1, everything else around 0 within 0.035.
                let isGain = expected.name.hasSuffix("gamma")
                for index in elements.indices {
                    elements[index] = isGain ? 1 : (numbers.nextUnit() - 0.5) * 0.07
                }
            }
        }
        return try Transformer(
            configuration: configuration, checkpoint: Checkpoint(tensors), precision: precision)
    }

    /// Ids of `count` inputs of `length` tokens.
    static func inputs(_ count: Int, length: Int, vocabularySize: Int) -> [[Int]] {
        var numbers = SplitMix64(state: 42)
        return (0..<count).map { _ in (0..<length).map { _ in Int(numbers.next() % UInt64(vocabularySize)) } }
    }
}

/// Steele, Lea and Flood 2014, *Fast Splittable Pseudorandom Number Generators*.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to 1.
    mutating func nextUnit() -> Float {
        Float(next() >> 40) / Float(1 << 24)
    }
}
