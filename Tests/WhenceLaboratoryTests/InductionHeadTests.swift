import Foundation
import Testing
import WhenceLaboratory

@Suite("Induction heads")
struct InductionHeadTests {
    /// Layer 1 looks at each position's parent with a weight of nearly 1; layer 2 compares the last token with the
    /// tokens that layer 1 copied.
    private func hand(_ graph: LatentGraph, strength: Float) throws -> DisentangledTransformer {
        let shape = try DisentangledShape(vocabulary: 3, length: graph.length, heads: [1, 2])
        var parameters = [Float](repeating: 0, count: shape.parameterCount)
        let width = shape.blockWidth
        for edge in graph.edges { parameters[(3 + edge.child) * width + 3 + edge.parent] = 40 }
        let second = shape.width(enteringLayer: 1)
        // Head 2 of layer 2; head 1 stays even.
        let start = width * width + second * second
        for token in 0..<3 { parameters[start + token * second + width + token] = strength }
        return try DisentangledTransformer(shape, parameters: parameters)
    }

    @Test(
        "A head made by hand is found, and its weight is the softmax over answers",
        arguments: [Float(1), 5, 30])
    func handMade(strength: Float) throws {
        let graph = try LatentGraph.chain(length: 10)
        let task = try InContextTask(vocabulary: 3, graph: graph, kernels: .dirichlet(alpha: 1))
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let found = try #require(
            try hand(graph, strength: strength).inductionHead(on: task, count: 200, seed: 4, in: workspace))
        #expect(found.head == 1)
        // Counted from the sequences themselves: position 0 has no parent, so layer 1 copies its own token there, and
        // the last position, which is in no row of the graph, averages all tokens.
        let sample = try task.sample(200, key: BatchKey(seed: 4, purpose: .theory), in: workspace).complete
        var (weight, even, count) = (0.0, 0.0, 0)
        for sequence in 0..<200 {
            let tokens = sample.tokens(of: sequence)
            let last = tokens[9]
            let answers = (1..<9).filter { tokens[$0 - 1] == last }
            guard !answers.isEmpty else { continue }
            let mean = Double(tokens.count { $0 == last }) / 10
            var copied: [Double] = tokens.prefix(9).indices.map { position in
                tokens[max(0, position - 1)] == last ? 1 : 0
            }
            copied.append(mean)
            let scores: [Double] = copied.map { exp(Double(strength) * ($0 - 1)) }
            let onAnswers: Double = answers.reduce(0.0) { $0 + scores[$1] }
            weight += onAnswers / scores.reduce(0.0, +)
            even += Double(answers.count) / 10
            count += 1
        }
        #expect(found.sequenceCount == count)
        #expect(abs(found.weight - weight / Double(count)) < 1e-4, "\(found.weight)")
        #expect(abs(found.evenWeight - even / Double(count)) < 1e-9)
    }

    @Test("Without training attention is even")
    func untrained() throws {
        let task = try InContextTask(vocabulary: 4, graph: .pairs(length: 11))
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let shape = try DisentangledShape(for: task, heads: [1, 1])
        let found = try #require(
            try DisentangledTransformer(shape).inductionHead(on: task, count: 100, in: workspace))
        #expect(abs(found.weight - found.evenWeight) < 1e-6 && found.sequenceCount > 20)
    }

    @Test("Where there is no question, or a single layer, there is nothing to measure")
    func nothing() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let parents = try InContextTask(vocabulary: 3, graph: .twoParents(length: 8))
        let shape = try DisentangledShape(for: parents, heads: [2, 1])
        #expect(try DisentangledTransformer(shape).inductionHead(on: parents, in: workspace) == nil)
        let chain = try InContextTask(vocabulary: 3, graph: .chain(length: 8))
        let single = try DisentangledShape(for: chain, heads: [1])
        #expect(try DisentangledTransformer(single).inductionHead(on: chain, in: workspace) == nil)
        let lags = try InContextTask.laggedChains(
            vocabulary: 3, length: 8, lags: [1, 2], kernels: .dirichlet(alpha: 1))
        let both = try DisentangledShape(for: lags, heads: [1, 1])
        #expect(try DisentangledTransformer(both).inductionHead(on: lags, in: workspace) == nil)
    }
}
