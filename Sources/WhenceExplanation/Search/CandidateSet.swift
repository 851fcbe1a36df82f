/// A set of nodes whose replacement may change the prediction.
struct CandidateSet: Sendable, Hashable {
    /// Ascending.
    let nodes: [Int]
    /// Sum of the nodes' distances from the target, the smallest over heads; `nil` if no graph leads here.
    var distance: Int?
    /// The heads whose graphs lead here, ascending.
    var heads: [HeadLabel]
}

extension CandidateSet: Comparable {
    /// The order of verification: sets that a graph leads to first, nearest first, then by node indices.
    static func < (left: CandidateSet, right: CandidateSet) -> Bool {
        let near = (left.distance ?? .max, right.distance ?? .max)
        if near.0 != near.1 { return near.0 < near.1 }
        return left.nodes.lexicographicallyPrecedes(right.nodes)
    }
}

/// All subsets of `size` elements in lexicographic order.
struct Combinations: Sequence, IteratorProtocol {
    private let elements: [Int]
    private var positions: [Int]?

    init(of elements: [Int], size: Int) {
        self.elements = elements
        positions = size <= elements.count ? Array(0..<size) : nil
    }

    mutating func next() -> [Int]? {
        guard var current = positions else { return nil }
        let subset = current.map { elements[$0] }
        let size = current.count
        if let last = current.indices.last(where: { current[$0] < elements.count - size + $0 }) {
            current[last] += 1
            for position in current.indices.dropFirst(last + 1) {
                current[position] = current[position - 1] + 1
            }
            positions = current
        } else {
            positions = nil
        }
        return subset
    }
}
