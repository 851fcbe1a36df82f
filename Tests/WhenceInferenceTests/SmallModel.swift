import WhenceInference
import WhenceLoader
import WhenceTensor

/// Transformers of a few thousand seeded weights, made in memory.
enum SmallModel {
    static func configuration(_ family: ModelFamily, _ head: ModelHead) -> ModelConfiguration {
        ModelConfiguration(
            family: family, head: head, vocabularySize: 50,
            embeddingSize: [.albert, .electra, .debertaV2].contains(family) ? 16 : 32, hiddenSize: 32,
            intermediateSize: 80, layerCount: 4, groupCount: family == .albert ? 2 : 4,
            innerLayerCount: family == .albert ? 2 : 1, headCount: 4, positionCount: 162,
            tokenTypeCount: [.distilBert, .debertaV2, .gpt2].contains(family) ? 0 : 2,
            activation: .geluNew, layerNormEpsilon: 1e-12,
            labels: head == .sequenceClassification ? ["no", "yes", "perhaps"] : [],
            padTokenID: family == .gpt2 ? nil : 0,
            paddingPosition: [.roberta, .xlmRoberta, .camembert].contains(family) ? 1 : nil,
            disentangledAttention: family == .debertaV2 ? disentangled : nil)
    }

    private static let disentangled = DisentangledAttention(
        terms: [.contentToPosition, .positionToContent],
        positions: RelativePositions(
            maximumDistance: 162, bucketCount: 24, projection: .shared, isNormalized: true),
        hasAbsolutePositions: false,
        convolution: DisentangledAttention.Convolution(kernelSize: 3, activation: .tanh))

    /// A family of every architecture; RoBERTa stands for those that share its own.
    static let families: [ModelFamily] = [.albert, .bert, .distilBert, .roberta, .electra, .debertaV2, .gpt2]

    /// The heads that a family has.
    static func heads(_ family: ModelFamily) -> [ModelHead] {
        [.sequenceClassification, family == .gpt2 ? .causalLanguageModel : .maskedLanguageModel]
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

    static func make(
        _ family: ModelFamily, _ head: ModelHead = .sequenceClassification, precision: Precision = .float32
    ) throws -> Transformer {
        let configuration = configuration(family, head)
        return try Transformer(
            configuration: configuration, checkpoint: Checkpoint(weights(configuration)),
            precision: precision)
    }

    /// Inputs of many lengths, one of them a single token, one of them as long as the model reads.
    static let inputs: [[Int]] = [12, 1, 160, 7, 7, 33, 64, 2].enumerated().map { index, length in
        (0..<length).map { ($0 * 7 + index * 13) % 50 }
    }
}
