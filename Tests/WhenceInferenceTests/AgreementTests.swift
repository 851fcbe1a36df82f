import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@Suite("Agreement with the library that saved the model")
struct AgreementTests {
    @Test("Logits of every text, token types of pairs included", arguments: ClassifierCase.names)
    func logits(name: String) throws {
        let reference = try ClassifierCase(name)
        let model = try Transformer(ModelFolder(at: ClassifierCase.model(name)))
        #expect(reference.texts.contains { $0.tokenTypes?.contains(1) == true }, "no pair among the texts")
        for (index, text) in reference.texts.enumerated() {
            let trace = try model.trace(text.ids, tokenTypes: text.tokenTypes)
            #expect(
                disagreement(of: trace.logits.elements, with: text.logits, within: Tolerance.logits) == nil,
                "text \(index)")
        }
    }

    @Test("Attention and hidden states of the deepest layer", arguments: ClassifierCase.names)
    func deepestLayer(name: String) throws {
        let model = try Transformer(ModelFolder(at: ClassifierCase.model(name)))
        var compared = 0
        for (index, text) in try ClassifierCase(name).texts.enumerated() {
            guard let attention = text.attention, let hidden = text.hidden else { continue }
            compared += 1
            let trace = try model.trace(text.ids, tokenTypes: text.tokenTypes)
            #expect(
                trace.attention.shape == [model.configuration.headCount, text.ids.count, text.ids.count])
            #expect(
                disagreement(
                    of: trace.attention.elements, with: attention.flatMap { $0.flatMap { $0 } },
                    within: Tolerance.attention) == nil, "text \(index)")
            #expect(
                disagreement(
                    of: trace.hidden.elements, with: hidden.flatMap { $0 }, within: Tolerance.hidden) == nil,
                "text \(index)")
        }
        #expect(compared >= 4)
    }

    @Test("Logits of a batch, which the library pads and masks", arguments: ClassifierCase.names)
    func paddedBatch(name: String) throws {
        let reference = try ClassifierCase(name)
        let model = try Transformer(ModelFolder(at: ClassifierCase.model(name)))
        let texts = reference.batch.indices.map { reference.texts[$0] }
        let types = texts.map { $0.tokenTypes ?? $0.ids.map { _ in 0 } }
        let observed = try model.logits(texts.map(\.ids), tokenTypes: types)
        #expect(
            disagreement(
                of: observed.flatMap { $0 }, with: reference.batch.logits.flatMap { $0 },
                within: Tolerance.logits)
                == nil)
    }

    @Test(
        "A masked-language model scores the vocabulary at every position", arguments: MaskedLanguageText.names
    )
    func maskedLanguage(name: String) throws {
        let model = try Transformer(ModelFolder(at: MaskedLanguageText.model(name)))
        for text in try MaskedLanguageText.all(name) {
            let trace = try model.trace(text.ids)
            #expect(trace.logits.shape == [text.ids.count, model.configuration.vocabularySize])
            #expect(
                disagreement(of: trace.logits.elements, with: text.logits, within: Tolerance.logits) == nil)
            #expect(
                disagreement(of: trace.attention.elements, with: text.attention, within: Tolerance.attention)
                    == nil)
            #expect(
                disagreement(of: trace.hidden.elements, with: text.hidden, within: Tolerance.hidden) == nil)
            #expect(try model.logits([text.ids]) == [trace.logits.elements])
        }
    }
}
