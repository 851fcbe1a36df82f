import Foundation
import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

/// The largest difference from the library's answers, if any is beyond the tolerance.
private func difference(
    _ model: Transformer, from text: FamilyCase.Text, logitTolerance: Float = Tolerance.logits
) throws -> String? {
    let trace = try model.trace(text.ids, tokenTypes: text.tokenTypes, logitsAt: text.positions)
    var logits = trace.logits.elements
    switch model.configuration.outputActivation {
    case .none: break
    case .softmax:
        let exponentials = logits.map { exp($0) }
        logits = exponentials.map { $0 / exponentials.reduce(0, +) }
    case .sigmoid, .sigmoidOfSecond: logits = logits.map { 1 / (1 + exp(-$0)) }
    }
    return disagreement(of: logits, with: text.allLogits, within: logitTolerance)
        ?? text.attention.flatMap { attention in
            disagreement(
                of: trace.attention.elements, with: attention.flatMap { $0.flatMap { $0 } },
                within: Tolerance.attention)
        }
        ?? disagreement(of: trace.hidden.elements, with: text.hidden.flatMap { $0 }, within: logitTolerance)
}

@Suite("Agreement with PyTorch and Keras")
struct FormatAgreementTests {
    @Test("Logits, attention and hidden states of every input", arguments: FamilyCase.foreignNames)
    func traces(name: String) throws {
        let folder = try ModelFolder(at: FamilyCase.model(name))
        let model = try Transformer(folder)
        let texts = try FamilyCase(name).texts
        #expect(texts.count >= 3)
        #expect((folder.configuration.head == .encoder) == texts.allSatisfy { $0.allLogits.isEmpty })
        for (index, text) in texts.enumerated() {
            #expect(try difference(model, from: text) == nil, "input \(index)")
        }
    }

    /// What Keras's functions make of some numbers.
    struct KerasActivations: Decodable {
        var inputs: [Double]
        var outputs: [String: [Float]]
    }

    @Test("Keras's functions of a classifier's sums", arguments: OutputFunction.allCases)
    func outputFunctions(function: OutputFunction) throws {
        let data = try Data(contentsOf: Repository.fixture("models/keras_activations.json"))
        let reference = try JSONDecoder().decode(KerasActivations.self, from: data)
        #expect(reference.outputs.count == OutputFunction.allCases.count)
        let expected = try #require(reference.outputs[function.rawValue])
        let observed = reference.inputs.map { Float(function($0)) }
        #expect(disagreement(of: observed, with: expected, within: 2e-6) == nil)
    }

    typealias Mistake = FamilyAgreementTests.Mistake

    static let mistakes: [Mistake] = [
        Mistake("keras_bert_float16", "the exact gelu") { $0.activation = .gelu },
        Mistake("keras_bert_float16", "relu in the head") { $0.headActivation = .relu },
        Mistake("keras_albert_softmax", "the exact gelu") { $0.activation = .gelu },
        Mistake("keras_albert_softmax", "logits without softmax") { $0.outputActivation = .none },
        Mistake("keras_distilbert", "the tanh form of gelu") { $0.activation = .geluNew },
        Mistake("keras_distilbert", "tanh in the head") { $0.headActivation = .tanh },
        Mistake("keras_roberta_mlm", "the layers' epsilon as BERT's") { $0.layerNormEpsilon = 1e-3 },
        Mistake("keras_roberta_mlm", "another epsilon in the head") { $0.headLayerNormEpsilon = 1e-3 },
        Mistake("keras_roberta_mlm", "the tanh form of gelu in the head") { $0.headActivation = .geluNew },
        Mistake("keras_xlmr_sharded", "the tanh form of gelu") { $0.activation = .geluNew },
        Mistake("keras_debertav3_bfloat16", "tanh in the head") { $0.headActivation = .tanh },
        Mistake("keras_debertav3_bfloat16", "one term less") { $0.disentangledAttention?.terms.removeLast() },
        Mistake("keras_bert_sigmoid", "gelu in the head") { $0.headActivation = .gelu },
        Mistake("keras_roberta_mish", "sums without function") { $0.outputFunction = nil },
        Mistake("safetensors_bert_distances", "queries alone") { $0.positionEmbedding = .relativeKey },
        Mistake("safetensors_bert_distances", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_bert_distances", "silu") { $0.activation = .silu },
        Mistake("safetensors_albert_distances", "keys too") { $0.positionEmbedding = .relativeKeyQuery },
        Mistake("safetensors_albert_distances", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_albert_distances", "no square") { $0.activation = .relu },
        Mistake("safetensors_roberta_decoder", "all tokens seen") { $0.isDecoder = false },
        Mistake("safetensors_roberta_decoder", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_roberta_decoder", "the exact gelu") { $0.activation = .gelu },
        Mistake("safetensors_distilbert_untied", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_distilbert_untied", "sigmoid") { $0.activation = .sigmoid },
        Mistake("safetensors_electra_untied", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_electra_untied", "positions added") { $0.positionEmbedding = .absolute },
        Mistake("safetensors_electra_untied", "gelu") { $0.activation = .gelu },
        Mistake("safetensors_debertav2_untied", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_debertav2_untied", "no leak") { $0.activation = .relu },
        Mistake("safetensors_debertav2_own_head", "another activation") { $0.headActivation = .tanh },
        Mistake("safetensors_gpt2_divisors", "one divisor") { $0.scoreDivisor = .headSize },
        Mistake("safetensors_gpt2_divisors", "the decoder tied") { $0.outputTable = .tied },
        Mistake("safetensors_gpt2_divisors", "silu") { $0.activation = .silu },
    ]

    @Test("A wrong choice shows", arguments: mistakes)
    func mistakeShows(mistake: Mistake) throws {
        let folder = try ModelFolder(at: FamilyCase.model(mistake.name))
        var configuration = folder.configuration
        mistake.make(&configuration)
        let model = try Transformer(configuration: configuration, checkpoint: folder.checkpoint())
        let shows = try FamilyCase(mistake.name).texts.contains {
            try difference(model, from: $0, logitTolerance: 2 * Tolerance.logits) != nil
        }
        #expect(shows)
    }
}
