/// The recorded separating set of every two nodes that have one.
struct SeparatorTable: Sendable {
    private let nodeCount: Int
    /// Position in `sets`, or −1, at `a · nodeCount + b` for both orders of a pair.
    private var positions: [Int32]
    private var sets: [SeparatingSet] = []

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        positions = [Int32](repeating: -1, count: nodeCount * nodeCount)
    }

    /// Records a set; a second one for the same pair replaces the first.
    mutating func record(_ set: SeparatingSet) {
        let known = positions[set.a * nodeCount + set.b]
        if known >= 0 {
            sets[Int(known)] = set
            return
        }
        positions[set.a * nodeCount + set.b] = Int32(sets.count)
        positions[set.b * nodeCount + set.a] = Int32(sets.count)
        sets.append(set)
    }

    /// Whether the recorded set of two nodes holds a third; `nil` when none is recorded.
    @inline(__always)
    func separator(of a: Int, _ b: Int, contains node: Int) -> Bool? {
        let position = positions[a * nodeCount + b]
        return position < 0 ? nil : sets[Int(position)].set.contains(node)
    }

    /// The recorded set of two nodes.
    func set(of a: Int, _ b: Int) -> [Int]? {
        let position = positions[a * nodeCount + b]
        return position < 0 ? nil : sets[Int(position)].set
    }

    /// All sets by `(a, b)`.
    var sorted: [SeparatingSet] { sets.sorted { ($0.a, $0.b) < ($1.a, $1.b) } }
}
