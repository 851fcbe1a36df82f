import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor

@Suite("Inputs and weights that a transformer refuses")
struct InferenceErrorTests {
    @Test("An input without tokens is named by its number")
    func empty() throws {
        let model = try SmallModel.make(.bert)
        #expect(throws: InferenceError.emptyInput(input: 0)) { try model.trace([]) }
        #expect(throws: InferenceError.emptyInput(input: 2)) { try model.logits([[1], [2], []]) }
        let many = Array(repeating: Array(repeating: 1, count: 160), count: 9)
        #expect(throws: InferenceError.emptyInput(input: 9)) { try model.logits(many + [[]]) }
    }

    @Test("An id outside the vocabulary", arguments: [-1, 50, Int.max])
    func unknownToken(id: Int) throws {
        let model = try SmallModel.make(.albert)
        #expect(throws: InferenceError.unknownToken(id: id, position: 1, vocabularySize: 50)) {
            try model.trace([3, id, 4])
        }
    }

    @Test("More tokens than positions")
    func tooLong() throws {
        let model = try SmallModel.make(.bert)
        #expect(throws: InferenceError.tooLong(tokenCount: 163, limit: 162)) {
            try model.logits([Array(repeating: 1, count: 163)])
        }
    }

    @Test("Token types that do not fit the tokens or the model")
    func tokenTypes() throws {
        let model = try SmallModel.make(.bert)
        #expect(throws: InferenceError.tokenTypesMismatch(expected: 3, found: 2)) {
            try model.trace([1, 2, 3], tokenTypes: [0, 1])
        }
        #expect(throws: InferenceError.unknownTokenType(type: 2, position: 1, typeCount: 2)) {
            try model.trace([1, 2, 3], tokenTypes: [0, 2, 1])
        }
        #expect(throws: InferenceError.tokenTypesMismatch(expected: 2, found: 1)) {
            try model.logits([[1], [2]], tokenTypes: [[0]])
        }
    }

    @Test("Weights that overflow: the error names the layer")
    func overflow() throws {
        let configuration = SmallModel.configuration(.bert, .sequenceClassification)
        var weights = SmallModel.weights(configuration)
        let name = "bert/encoder/layer_._2/output/dense/kernel"
        let shape = try #require(weights[name]?.shape)
        weights[name] = Tensor(shape: shape, elements: Array(repeating: 3e38, count: shape.reduce(1, *)))
        let model = try Transformer(configuration: configuration, checkpoint: Checkpoint(weights))
        #expect(throws: InferenceError.notFinite(place: "layer 2's feed-forward network")) {
            try model.trace([1, 2, 3])
        }
    }

    @Test("A model larger than memory is refused before its weights are read", arguments: Precision.allCases)
    func modelTooLarge(precision: Precision) throws {
        var configuration = SmallModel.configuration(.bert, .sequenceClassification)
        configuration.intermediateSize = 1 << 48
        let checkpoint = Checkpoint([:])
        let error = #expect(throws: InferenceError.self) {
            try Transformer(configuration: configuration, checkpoint: checkpoint, precision: precision)
        }
        guard case .modelTooLarge(let bytes, let memory) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // Two kernels of [32, 2⁴⁸] and a bias in each of four layers, and 25,000 others.
        #expect(bytes >> 50 == (precision == .int8 ? 64 + 4 : 256 + 4))
        #expect(memory > 0 && memory < bytes)
    }

    @Test("Weights of another shape: the error is the loader's")
    func wrongShape() throws {
        let configuration = SmallModel.configuration(.albert, .maskedLanguageModel)
        var weights = SmallModel.weights(configuration)
        weights["predictions/decoder/bias"] = Tensor(shape: [49], elements: Array(repeating: 0, count: 49))
        #expect(throws: LoaderError.self) {
            try Transformer(configuration: configuration, checkpoint: Checkpoint(weights))
        }
    }

    @Test("A cancelled task stops between layers")
    func cancellation() async throws {
        let model = try SmallModel.make(.bert)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try model.logits([[1, 2, 3]])
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Errors say what happened, where, and what to try")
    func texts() {
        #expect(
            InferenceError.unknownToken(id: 7, position: 2, vocabularySize: 5).description
                == "Token 2 has id 7, but the vocabulary ends at 4. The tokenizer does not belong to this model."
        )
        #expect(
            InferenceError.tooLong(tokenCount: 9, limit: 8).description
                == "The input has 9 tokens, but the model reads at most 8. Shorten it or split it.")
        #expect(
            InferenceError.notFinite(place: "the head").description
                == "The result of the head is not finite. The model's weights are damaged, or its training diverged."
        )
    }
}
