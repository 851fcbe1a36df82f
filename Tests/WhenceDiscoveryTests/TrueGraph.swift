import Testing

@testable import WhenceDiscovery

/// What an oracle's graphs are by definition, without any search.
struct TrueGraph {
    let oracle: SeparationOracle
    /// The maximal ancestral graph, which `RandomGraphTests` holds against `CausalTruth`.
    let maximalAncestralGraph: MixedGraph
    /// For two nodes without an edge, their ancestors and those of the selection, which separate them.
    private var separators: SeparatorTable

    init(_ oracle: SeparationOracle) {
        self.oracle = oracle
        let truth = oracle.maximalAncestralGraph()
        separators = SeparatorTable(nodeCount: truth.nodeCount)
        for b in 0..<truth.nodeCount {
            for a in 0..<b where !truth.isAdjacent(a, b) {
                let set = oracle.observedAncestors(of: [a, b]).filter { $0 != a && $0 != b }
                separators.record(SeparatingSet(a: a, b: b, set: set, pValue: 1))
            }
        }
        maximalAncestralGraph = truth
    }

    /// The rules, on the true skeleton with the true separating sets.
    func partialAncestralGraph(selectionBias: Bool) -> MixedGraph {
        var orientation = Orientation(graph: maximalAncestralGraph, separators: separators)
        orientation.orientArrowheads()
        orientation.orientTails(selectionBias: selectionBias)
        return orientation.graph
    }

    /// The rules, not yet applied.
    func orientation(endedBy interruption: Interruption) -> Orientation {
        Orientation(graph: maximalAncestralGraph, separators: separators, interruption: interruption)
    }

    /// Checks that a graph has the true adjacencies, and no mark that the true graph contradicts.
    func expectSound(_ graph: MixedGraph, sourceLocation: SourceLocation = #_sourceLocation) {
        let truth = maximalAncestralGraph
        #expect(
            graph.edges.map { [$0.a, $0.b] } == truth.edges.map { [$0.a, $0.b] },
            sourceLocation: sourceLocation)
        for edge in graph.edges {
            for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
            where mark != .circle {
                #expect(
                    mark == truth.mark(at: near, from: far), "\(edge.a) \(edge.marks) \(edge.b)",
                    sourceLocation: sourceLocation)
            }
        }
    }
}

/// A test under other names: node i of this is node `order[i]` of the other.
struct RelabelledTest: IndependenceTest {
    var test: any IndependenceTest
    var order: [Int]

    var nodeCount: Int { test.nodeCount }
    var maximumConditioningSize: Int? { test.maximumConditioningSize }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let (a, b) = (order[i], order[j])
        return test.evaluate(min(a, b), max(a, b), given: set.map { order[$0] }.sorted())
    }
}

extension MixedGraph {
    /// The graph in which node i is called `order[i]`.
    func relabelled(_ order: [Int]) throws -> MixedGraph {
        try MixedGraph(
            nodeCount: nodeCount,
            edges: edges.map { Edge(order[$0.a], $0.markAtA, $0.markAtB, order[$0.b]) })
    }
}
