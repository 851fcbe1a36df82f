/// Sets of nodes in the order in which a method tries them.
enum CandidateOrder {
    /// Most items that subsets are formed of by attention: 696 sets up to size 3.
    static let subsetPool = 16

    /// The first node, the first two, and so on.
    static func growing(_ ranked: [Int], upTo size: Int) -> [[Int]] {
        stride(from: 1, through: min(size, ranked.count), by: 1).map { ranked.prefix($0).sorted() }
    }

    /// All sets of the first nodes, by size, then by the sum of their weights, the largest first.
    ///
    /// - Parameter weights: one a node.
    static func subsets(_ ranked: [Int], weights: [Double], upTo size: Int) -> [[Int]] {
        let pool = ranked.prefix(subsetPool).sorted()
        return stride(from: 1, through: min(size, pool.count), by: 1).flatMap { size in
            Combinations(of: pool, size: size)
                .map { (nodes: $0, weight: $0.reduce(0) { $0 + weights[$1] }) }
                .sorted {
                    $0.weight != $1.weight
                        ? $0.weight > $1.weight : $0.nodes.lexicographicallyPrecedes($1.nodes)
                }
                .map(\.nodes)
        }
    }

    /// Every set, by size; of one size those of the latest items first.
    static func all(of nodes: [Int], upTo size: Int) -> some Sequence<[Int]> {
        stride(from: 1, through: min(size, nodes.count), by: 1).lazy.flatMap {
            Combinations(of: nodes.reversed(), size: $0).lazy.map { $0.reversed() }
        }
    }

    /// Nodes by their weights, the heaviest first; of equal ones the first.
    static func ranked(_ nodes: [Int], by weights: [Double]) -> [Int] {
        nodes.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
    }
}
