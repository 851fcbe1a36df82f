import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Sets of one node")
struct NeighbourSetTests {
    /// The sets as the definition has them: the neighbours of the smaller node, then those of the other that came not yet;
    /// with an order those of the later node that stand before it.
    private func expected(_ x: Int, _ y: Int, in graph: MixedGraph, _ order: [Int]?) -> [[Int]] {
        func neighbours(_ node: Int, but other: Int) -> [Int] {
            (0..<graph.nodeCount).filter { $0 != other && graph.isAdjacent(node, $0) }
        }
        if let order {
            let places = order.indices.sorted { order[$0] < order[$1] }
            let (earlier, later) = places[x] < places[y] ? (x, y) : (y, x)
            return neighbours(later, but: earlier).filter { places[$0] < places[later] }.map { [$0] }
        }
        let first = neighbours(x, but: y)
        return (first + neighbours(y, but: x).filter { !first.contains($0) }).map { [$0] }
    }

    @Test(
        "They are tested in the order of the definition, up to the first that separates",
        arguments: [5, 9, 70], [false, true])
    func asDefined(nodeCount: Int, isOrdered: Bool) throws {
        var generator = SplitMix64(seed: UInt64(nodeCount))
        for density in [0.1, 0.5, 1] {
            var graph = MixedGraph(nodeCount: nodeCount)
            for a in 0..<nodeCount {
                for b in a + 1..<nodeCount where Double.random(in: 0..<1, using: &generator) < density {
                    graph.connect(Edge(a, .circle, .circle, b))
                }
            }
            let order = isOrdered ? (0..<nodeCount).shuffled(using: &generator) : nil
            for edge in graph.edges.shuffled(using: &generator).prefix(40) {
                let all = expected(edge.a, edge.b, in: graph, order)
                for last in [all.count, all.count / 2] {
                    let test = AskedSets(nodeCount: nodeCount, independentAt: last)
                    let session = try TestSession(test, limits: DiscoveryLimits())
                    let separators = try ICDSeparators(
                        graph, size: 1, order: order.map { try CausalOrder($0, nodeCount: nodeCount) },
                        session)
                    var search = SeparatorSearch(edge.a, edge.b, rule: .firstFound)
                    let hadSets = try separators.offer(edge.a, edge.b, to: &search, session)
                    #expect(hadSets == !all.isEmpty)
                    #expect(test.sets == Array(all.prefix(last + 1)), "\(edge)")
                    #expect(search.separator(session)?.set == (last < all.count ? all[last] : nil))
                }
            }
        }
    }

    @Test("With the rule of the largest p-value all of them are tested, and the best is kept")
    func allTested() throws {
        let test = AskedSets(nodeCount: 6, independentAt: 1)
        let session = try TestSession(test, limits: DiscoveryLimits())
        let separators = try ICDSeparators(MixedGraph(completeOver: 6), size: 1, session)
        var search = SeparatorSearch(1, 4, rule: .maximumPValue)
        #expect(try separators.offer(1, 4, to: &search, session))
        #expect(test.sets == [[0], [2], [3], [5]])
        #expect(search.separator(session)?.set == [2])
    }
}

/// Remembers the sets that it is asked about; one of its answers, counted from 0, is "independent".
private final class AskedSets: IndependenceTest, @unchecked Sendable {
    // The lock guards the list: that makes the class safe to share.
    private let lock = NSLock()
    private var asked: [[Int]] = []
    let nodeCount: Int
    private let independentAt: Int

    init(nodeCount: Int, independentAt: Int) {
        (self.nodeCount, self.independentAt) = (nodeCount, independentAt)
    }

    var maximumConditioningSize: Int? { nil }
    var sets: [[Int]] { lock.withLock { asked } }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        lock.withLock {
            asked.append(set)
            let isIndependent = asked.count == independentAt + 1
            return IndependenceOutcome(pValue: isIndependent ? 0.5 : 0, isIndependent: isIndependent)
        }
    }
}
