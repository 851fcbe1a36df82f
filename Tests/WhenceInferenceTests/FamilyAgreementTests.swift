import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@Suite("Agreement with the library, family by family")
struct FamilyAgreementTests {
    @Test("Logits, attention and hidden states of every input", arguments: FamilyCase.names)
    func traces(name: String) throws {
        let model = try Transformer(ModelFolder(at: FamilyCase.model(name)))
        let texts = try FamilyCase(name).texts
        #expect(texts.count == 5)
        for (index, text) in texts.enumerated() {
            let trace = try model.trace(text.ids, tokenTypes: text.tokenTypes, logitsAt: text.positions)
            let attention = try #require(text.attention)
            let difference =
                disagreement(of: trace.logits.elements, with: text.allLogits, within: Tolerance.logits)
                ?? disagreement(
                    of: trace.attention.elements, with: attention.flatMap { $0.flatMap { $0 } },
                    within: Tolerance.attention)
                ?? disagreement(
                    of: trace.hidden.elements, with: text.hidden.flatMap { $0 }, within: Tolerance.hidden)
            #expect(difference == nil, "input \(index)")
        }
    }

    @Test("Logits of a batch, which the library pads and masks", arguments: FamilyCase.names)
    func paddedBatch(name: String) throws {
        let reference = try FamilyCase(name)
        let model = try Transformer(ModelFolder(at: FamilyCase.model(name)))
        #expect((model.configuration.head == .sequenceClassification) == (reference.batch != nil))
        guard let batch = reference.batch else { return }
        let texts = batch.indices.map { reference.texts[$0] }
        let types = texts.map { $0.tokenTypes ?? $0.ids.map { _ in 0 } }
        let observed = try model.logits(texts.map(\.ids), tokenTypes: types)
        #expect(
            disagreement(
                of: observed.flatMap { $0 }, with: batch.logits.flatMap { $0 }, within: Tolerance.logits)
                == nil)
    }

    /// A case, a wrong choice, and the configuration with it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var name: String
        var choice: String
        var make: @Sendable (inout ModelConfiguration) -> Void

        init(_ name: String, _ choice: String, _ make: @escaping @Sendable (inout ModelConfiguration) -> Void)
        {
            (self.name, self.choice, self.make) = (name, choice, make)
        }

        var testDescription: String { "\(name): \(choice)" }
    }

    static let mistakes: [Mistake] = [
        Mistake("family_bert_relu_one_label", "gelu") { $0.activation = .gelu },
        Mistake("family_bert_pretraining", "the tanh form of gelu") { $0.activation = .geluNew },
        Mistake("family_bert_pretraining", "another epsilon") { $0.layerNormEpsilon = 1e-5 },
        Mistake("family_bert_pretraining", "another epsilon in the head") { $0.headLayerNormEpsilon = 1e-5 },
        Mistake("family_distilbert_deep", "tanh in the head") { $0.headActivation = .tanh },
        Mistake("family_distilbert_mlm", "gelu in the head") { $0.headActivation = .gelu },
        Mistake("family_roberta", "positions from 0") { $0.paddingPosition = nil },
        Mistake("family_roberta", "another epsilon") { $0.layerNormEpsilon = 1e-3 },
        Mistake("family_roberta_mlm", "the layers' activation in the head") { $0.headActivation = .relu },
        Mistake("family_xlmr", "relu in the head") { $0.headActivation = .relu },
        Mistake("family_electra", "tanh in the head") { $0.headActivation = .tanh },
        Mistake("family_electra", "the layers' activation in the head") { $0.headActivation = .relu },
        Mistake("family_electra_mlm", "the layers' activation in the head") { $0.headActivation = .geluNew },
        Mistake("family_debertav3", "other buckets") {
            $0.disentangledAttention?.positions?.maximumDistance = 512
        },
        Mistake("family_debertav3", "positions without norm") {
            $0.disentangledAttention?.positions?.isNormalized = false
        },
        Mistake("family_debertav3", "tanh in the head") { $0.headActivation = .tanh },
        Mistake("family_debertav2_separate", "shared projections") {
            $0.disentangledAttention?.positions?.projection = .shared
        },
        Mistake("family_debertav2_separate", "one term less") {
            $0.disentangledAttention?.terms.removeLast()
        },
        Mistake("family_debertav2_convolution", "no convolution") {
            $0.disentangledAttention?.convolution = nil
        },
        Mistake("family_debertav2_convolution", "tanh in the convolution") {
            $0.disentangledAttention?.convolution?.activation = .tanh
        },
        Mistake("family_debertav2_one_layer", "the other term") {
            $0.disentangledAttention?.terms = [.positionToContent]
        },
        Mistake("family_debertav2_absolute", "terms that do not count in the divisor") {
            $0.disentangledAttention?.terms = []
        },
        Mistake("family_gpt2", "the exact gelu") { $0.activation = .gelu },
        Mistake("family_gpt2_classifier", "another epsilon") { $0.layerNormEpsilon = 1e-5 },
    ]

    @Test("A wrong choice shows", arguments: mistakes)
    func mistakeShows(mistake: Mistake) throws {
        let folder = try ModelFolder(at: FamilyCase.model(mistake.name))
        var configuration = folder.configuration
        mistake.make(&configuration)
        let model = try Transformer(configuration: configuration, checkpoint: folder.checkpoint())
        let shows = try FamilyCase(mistake.name).texts.contains { text in
            let trace = try model.trace(text.ids, tokenTypes: text.tokenTypes, logitsAt: text.positions)
            let tolerance = 2 * Tolerance.logits
            return disagreement(of: trace.logits.elements, with: text.allLogits, within: tolerance) != nil
                || disagreement(
                    of: trace.hidden.elements, with: text.hidden.flatMap { $0 }, within: tolerance) != nil
        }
        #expect(shows)
    }

    @Test("Rows of logits come in the order asked, as often as asked; or not at all")
    func chosenPositions() throws {
        for name in ["family_gpt2", "family_debertav2_mlm"] {
            let model = try Transformer(ModelFolder(at: FamilyCase.model(name)))
            let ids = try #require(try FamilyCase(name).texts.last).ids
            let vocabulary = model.configuration.vocabularySize
            let all = try model.trace(ids).logits
            #expect(all.shape == [ids.count, vocabulary])
            let positions = [ids.count - 1, 0, 5, 5]
            let expected = positions.flatMap { row in (0..<vocabulary).map { all[row, $0] } }
            let trace = try model.trace(ids, logitsAt: positions)
            #expect(trace.logits.shape == [4, vocabulary])
            #expect(disagreement(of: trace.logits.elements, with: expected, within: 1e-5) == nil)
            let logits = try model.logits([ids, ids], at: [positions, []])
            #expect(disagreement(of: logits[0], with: expected, within: 1e-5) == nil)
            #expect(logits[1] == [])
            #expect(try model.trace(ids, logitsAt: []).logits.shape == [0, vocabulary])
            #expect(try model.logits([ids], at: [[]]) == [[]])
            #expect(throws: InferenceError.noSuchPosition(22, tokenCount: 22)) {
                try model.trace(ids, logitsAt: [0, 22])
            }
            #expect(throws: InferenceError.positionsMismatch(expected: 1, found: 2)) {
                try model.logits([ids], at: [[0], [1]])
            }
        }
    }
}
