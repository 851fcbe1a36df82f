import Testing
import WhenceDiscovery

@testable import WhenceExplanation

/// A search over trees of the given graphs, all with the target 0.
private func search(
    _ graphs: [MixedGraph], maximumSetSize: Int = 3, exhaustive: Int = 0, allSizes: Bool = false,
    budget: Int = 10_000
) -> ExplanationSearch<Int> {
    ExplanationSearch(
        roots: graphs.enumerated().map {
            .init(head: .head($0.offset), tree: PossibleDSepTree($0.element, root: 0))
        },
        replaceable: Array(1..<graphs[0].nodeCount), maximumSetSize: maximumSetSize,
        exhaustiveSetSize: exhaustive, allSizes: allSizes, maximumVerifications: budget)
}

extension ExplanationSearch {
    /// Hands out sets until the search is over.
    fileprivate func run(
        batchSize: Int = 4, isOutOfTime: Bool = false, verify: ([CandidateSet]) -> [Outcome?]
    ) -> Report {
        var search = self
        while true {
            let sets = search.next(atMost: batchSize, isOutOfTime: isOutOfTime)
            guard !sets.isEmpty else { return search.report }
            search.take(verify(Array(sets)), of: sets)
        }
    }
}

/// A verifier that calls a set an explanation when `flips` says so, and notes what it was asked.
private final class Verifier {
    var asked: [[Int]] = []
    let flips: ([Int]) -> Bool
    init(_ flips: @escaping ([Int]) -> Bool) { self.flips = flips }

    func verify(_ sets: [CandidateSet]) -> [Int?] {
        asked += sets.map(\.nodes)
        return sets.map { flips($0.nodes) ? 1 : nil }
    }
}

/// The chain `0 o-o 1 o-o 2 o-o …`, which no walk passes: no middle node is a collider or in a triangle.
private func chain(_ count: Int) throws -> MixedGraph {
    try MixedGraph(nodeCount: count, edges: (1..<count).map { Edge($0 - 1, .circle, .circle, $0) })
}

@Suite("The search for explanations")
struct ExplanationSearchTests {
    @Test("Sets are tried by size, then distance, then index, each once")
    func order() throws {
        // 0 *-> 1 <-* 2 lets the walk pass 1; 3 hangs on 0 alone.
        let graph = try MixedGraph(
            nodeCount: 4,
            edges: [Edge(0, .circle, .arrow, 1), Edge(1, .arrow, .circle, 2), Edge(0, .circle, .circle, 3)])
        let verifier = Verifier { _ in false }
        let report = search([graph, graph]).run(verify: verifier.verify)
        // 2 is legal only together with 1, through which the target reaches it.
        #expect(verifier.asked == [[1], [3], [1, 3], [1, 2], [1, 2, 3]])
        #expect(report.found.isEmpty)
        #expect(report.budget == nil)
        #expect(report.testedSizes == 3)
        #expect(report.verifications == 5)
    }

    @Test("All explanations of the smallest size are found, with the heads that lead to them")
    func smallestSize() throws {
        let left = try MixedGraph(
            nodeCount: 4, edges: [Edge(0, .circle, .circle, 1), Edge(0, .circle, .circle, 2)])
        let right = try MixedGraph(
            nodeCount: 4, edges: [Edge(0, .circle, .circle, 2), Edge(0, .circle, .circle, 3)])
        let report = search([left, right]).run(
            verify: Verifier { $0 == [2] || $0 == [3] || $0.count == 2 }.verify)
        #expect(report.found.map(\.candidate.nodes) == [[2], [3]])
        #expect(report.found.map(\.candidate.heads) == [[.head(0), .head(1)], [.head(1)]])
        #expect(report.testedSizes == 1)
    }

    @Test("All sizes go on past the smallest")
    func allSizes() throws {
        let graph = try MixedGraph(
            nodeCount: 3, edges: [Edge(0, .circle, .circle, 1), Edge(0, .circle, .circle, 2)])
        let report = search([graph], allSizes: true).run(verify: Verifier { $0.contains(2) }.verify)
        #expect(report.found.map(\.candidate.nodes) == [[2], [1, 2]])
        #expect(report.testedSizes == 2, "there are no sets of three")
    }

    @Test("Nothing flips: the budget ends the search, and the report says so")
    func budget() throws {
        let star = try MixedGraph(nodeCount: 9, edges: (1..<9).map { Edge(0, .circle, .circle, $0) })
        let verifier = Verifier { _ in false }
        let report = search([star], budget: 20).run(verify: verifier.verify)
        #expect(verifier.asked.count == 20)
        #expect(report.testedSizes == 1)
        #expect(report.budget == "the budget of 21 forward passes")
    }

    @Test("However many sets are handed out at once, the report is the same", arguments: [1, 2, 3, 100])
    func batchSize(_ size: Int) throws {
        let star = try MixedGraph(nodeCount: 9, edges: (1..<9).map { Edge(0, .circle, .circle, $0) })
        let verifier = Verifier { $0 == [2, 5, 7] || $0 == [1, 2, 3] }
        let report = search([star, try chain(9)], maximumSetSize: 4, allSizes: true, budget: 100).run(
            batchSize: size, verify: verifier.verify)
        #expect(verifier.asked.count == 100)
        #expect(report.found.map(\.candidate.nodes) == [[1, 2, 3], [2, 5, 7]])
        #expect(report.testedSizes == 3)
        #expect(report.budget == "the budget of 101 forward passes")
    }

    @Test("A budget that exactly suffices is no budget met")
    func exactBudget() throws {
        let star = try MixedGraph(nodeCount: 4, edges: (1..<4).map { Edge(0, .circle, .circle, $0) })
        let report = search([star], maximumSetSize: 2, budget: 6).run(
            verify: Verifier { _ in false }.verify)
        #expect(report.budget == nil)
        #expect(report.testedSizes == 2)
    }

    @Test("A search whose time is up hands nothing out")
    func timeLimit() throws {
        let star = try MixedGraph(nodeCount: 9, edges: (1..<9).map { Edge(0, .circle, .circle, $0) })
        let verifier = Verifier { _ in false }
        let report = search([star]).run(isOutOfTime: true, verify: verifier.verify)
        #expect(verifier.asked.isEmpty)
        #expect(report.budget == "the time limit")
        #expect(report.testedSizes == 0)
    }

    @Test("Exhaustive search also tries what no graph leads to, and certifies the size")
    func exhaustive() throws {
        let verifier = Verifier { $0 == [2, 3] }
        let report = try search([chain(4)], exhaustive: 2).run(verify: verifier.verify)
        #expect(verifier.asked == [[1], [2], [3], [1, 2], [1, 3], [2, 3]])
        #expect(report.found.map(\.candidate.nodes) == [[2, 3]])
        #expect(report.found[0].candidate.heads.isEmpty)
        #expect(report.found[0].candidate.distance == nil)
        #expect(report.certifiedSizes == 2)
    }

    @Test("Without edges at the target there is nothing to try")
    func isolatedTarget() throws {
        let graph = try MixedGraph(nodeCount: 3, edges: [Edge(1, .circle, .circle, 2)])
        let report = search([graph]).run(verify: Verifier { _ in true }.verify)
        #expect(report.found.isEmpty)
        #expect(report.verifications == 0)
        #expect(report.budget == nil)
    }
}

@Suite("Combinations")
struct CombinationsTests {
    @Test("Every subset comes once, in lexicographic order")
    func subsets() {
        #expect(Array(Combinations(of: [2, 5, 7], size: 2)) == [[2, 5], [2, 7], [5, 7]])
        #expect(Array(Combinations(of: Array(0..<9), size: 4)).count == 126)
        #expect(Array(Combinations(of: [1, 2], size: 3)).isEmpty)
    }
}
