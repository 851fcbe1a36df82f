import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@Suite("What a forward pass keeps")
struct InvariantTests {
    private func bytes(_ trace: AttentionTrace) -> [[Float]] {
        [trace.logits, trace.attention, trace.values, trace.context, trace.hidden].map(\.elements)
    }

    @Test("An input's bytes are the same alone and among others", arguments: SmallModel.families)
    func batchesChangeNothing(family: ModelFamily) throws {
        let model = try SmallModel.make(family)
        // Beyond the rows of one batch, so that the inputs are cut into several.
        let inputs = (0..<4).flatMap { _ in SmallModel.inputs }
        let alone = try SmallModel.inputs.map { try model.trace($0) }
        let together = try model.traces(inputs)
        #expect(together.count == inputs.count)
        for (index, trace) in together.enumerated() {
            let difference = zip(bytes(trace), bytes(alone[index % alone.count])).lazy
                .compactMap { disagreement(of: $0, with: $1, within: 0) }.first
            #expect(difference == nil, "input \(index)")
        }
    }

    @Test("With 8-bit weights too an input's bytes depend on no other, and its logits are near")
    func integers() throws {
        let (exact, model) = (try SmallModel.make(.bert), try SmallModel.make(.bert, precision: .int8))
        let traces = try model.traces(SmallModel.inputs)
        for (input, trace) in zip(SmallModel.inputs, traces) {
            #expect(bytes(try model.trace(input, in: Workspace(threads: 1))) == bytes(trace))
            let expected = try exact.trace(input).logits.elements
            #expect(disagreement(of: trace.logits.elements, with: expected, within: 0.15) == nil)
            #expect(trace.logits.elements != expected, "rounded weights round results")
        }
    }

    @Test("Logits alone are the bytes that a trace has", arguments: SmallModel.families)
    func logitsAlone(family: ModelFamily) throws {
        for head in SmallModel.heads(family) {
            for precision in [Precision.float32, .int8] {
                let model = try SmallModel.make(family, head, precision: precision)
                let traces = try model.traces(SmallModel.inputs)
                for (logits, trace) in zip(try model.logits(SmallModel.inputs), traces) {
                    #expect(disagreement(of: logits, with: trace.logits.elements, within: 0) == nil)
                }
            }
        }
    }

    @Test(
        "A trace up to the attention is the whole trace without hidden states", arguments: SmallModel.families
    )
    func upToAttention(family: ModelFamily) throws {
        for head in SmallModel.heads(family) + [.encoder] {
            let model = try SmallModel.make(family, head)
            for positions in [nil, SmallModel.inputs.map { [$0.count - 1] }] {
                let whole = try model.traces(SmallModel.inputs, logitsAt: positions)
                let traces = try model.traces(SmallModel.inputs, logitsAt: positions, upTo: .attention)
                for (trace, whole) in zip(traces, whole) {
                    #expect(bytes(trace).dropLast() == bytes(whole).dropLast())
                    #expect(trace.hidden.shape == [0, 32] && whole.hidden.count > 0)
                }
            }
        }
    }

    @Test(
        "Inputs that differ in a few tokens have the bytes that they have alone",
        arguments: SmallModel.families)
    func repeatedRows(family: ModelFamily) throws {
        let original = (0..<40).map { $0 * 11 % 47 + 2 }
        // Each token replaced, and each left out, so that the others move up.
        var inputs = original.indices.map { original.replacing(at: $0, with: [1]) }
        inputs += original.indices.map { original.replacing(at: $0, with: []) }
        let types = inputs.map { $0.indices.map { $0 / 20 } }
        for precision in [Precision.float32, .int8] {
            let model = try SmallModel.make(family, precision: precision)
            let alone = try zip(inputs, types).map { try model.logits([$0], tokenTypes: [$1])[0] }
            #expect(try model.logits(inputs, tokenTypes: types) == alone)
            #expect(Set(alone).count > 40, "the replaced tokens matter")
        }
    }

    @Test("The bytes are the same for any number of threads", arguments: SmallModel.families)
    func threads(family: ModelFamily) throws {
        let model = try SmallModel.make(family)
        let inputs = (0..<4).flatMap { _ in SmallModel.inputs }
        let expected = try model.traces(inputs, in: Workspace(threads: 1)).map(bytes)
        for count in [2, 3, 8] {
            #expect(try model.traces(inputs, in: Workspace(threads: count)).map(bytes) == expected)
        }
    }

    @Test("Tasks share a model, each with a workspace of its own")
    func sharedModel() async throws {
        let model = try SmallModel.make(.albert)
        let expected = try model.logits(SmallModel.inputs)
        try await withThrowingTaskGroup(of: [[Float]].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let workspace = try Workspace(threads: 1)
                    _ = try model.logits(SmallModel.inputs.reversed(), in: workspace)
                    return try model.logits(SmallModel.inputs, in: workspace)
                }
            }
            for try await observed in group { #expect(observed == expected) }
        }
    }

    @Test(
        "Attention rows sum to 1, and the context is attention times values", arguments: SmallModel.families)
    func attentionIsDeclared(family: ModelFamily) throws {
        let model = try SmallModel.make(family)
        for ids in SmallModel.inputs where ids.count < 50 {
            let trace = try model.trace(ids)
            let (attention, values) = (trace.attention.elements, trace.values.elements)
            let (heads, size, count) = (
                model.configuration.headCount, model.configuration.headSize, ids.count
            )
            var context = [Float](repeating: 0, count: count * heads * size)
            for head in 0..<heads {
                for query in 0..<count {
                    let start = (head * count + query) * count
                    let row = Array(attention[start..<start + count])
                    #expect(abs(row.reduce(0, +) - 1) < 1e-5)
                    for k in head * size..<(head + 1) * size {
                        context[query * heads * size + k] = (0..<count).reduce(0) {
                            $0 + row[$1] * values[$1 * heads * size + k]
                        }
                    }
                }
            }
            #expect(disagreement(of: trace.context.elements, with: context, within: 1e-5) == nil)
        }
    }

    @Test("A bare encoder has hidden states and no logits", arguments: SmallModel.families)
    func bareEncoder(family: ModelFamily) throws {
        let model = try SmallModel.make(family, .encoder)
        let trace = try model.trace([3, 4, 5])
        #expect(trace.logits.count == 0)
        #expect(trace.hidden.shape == [3, 32])
        #expect(try model.logits([[3, 4, 5], [6]]) == [[], []])
    }

    @Test("ALBERT's layers are the groups that the reference's arithmetic makes them, rounding included")
    func groups() throws {
        var shared = SmallModel.configuration(.albert, .sequenceClassification)
        (shared.layerCount, shared.groupCount, shared.innerLayerCount) = (18, 14, 1)
        var apart = shared
        apart.groupCount = 18
        // `int(i / (18 / 14))` of Python.
        let group = [0, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 10, 10, 11, 12, 13]
        let weights = SmallModel.weights(shared)
        func place(_ group: Int) -> String { "albert_layer_groups_._\(group)/" }
        var copies = weights.filter { !$0.key.contains("albert_layer_groups") }
        for layer in group.indices {
            for (name, tensor) in weights where name.contains(place(group[layer])) {
                copies[name.replacing(place(group[layer]), with: place(layer))] = tensor
            }
        }
        #expect(copies.count == apart.expectedTensors.count)
        let logits = try [(shared, weights), (apart, copies)].map { configuration, weights in
            try Transformer(configuration: configuration, checkpoint: Checkpoint(weights)).logits([[3, 4, 5]])
        }
        #expect(logits[0] == logits[1])
    }

    @Test("No inputs, no results")
    func nothing() throws {
        let model = try SmallModel.make(.bert)
        #expect(try model.logits([]) == [])
        #expect(try model.traces([]).isEmpty)
    }
}

extension [Int] {
    fileprivate func replacing(at position: Int, with tokens: [Int]) -> [Int] {
        var copy = self
        copy.replaceSubrange(position...position, with: tokens)
        return copy
    }
}
