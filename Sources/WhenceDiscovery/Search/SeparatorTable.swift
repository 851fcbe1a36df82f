/// The recorded separating set of every two nodes that have one.
struct SeparatorTable: Sendable {
    private let nodeCount: Int
    /// Position in `sets`, or −1, at `a · nodeCount + b` for both orders of a pair.
    private var positions: [Int32]
    private var sets: [SeparatingSet] = []
    /// By position, the nodes that some of a pair's separating sets hold and others lack.
    private var disputed: [Int: [Int]] = [:]

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        positions = [Int32](repeating: -1, count: nodeCount * nodeCount)
    }

    /// Records a set; a second one for the same pair replaces the first.
    ///
    /// - Parameter nodes: Those that the pair's separating sets do not agree about.
    mutating func record(_ set: SeparatingSet, disputed nodes: [Int] = []) {
        let known = positions[set.a * nodeCount + set.b]
        let position = known >= 0 ? Int(known) : sets.count
        if known >= 0 {
            sets[position] = set
        } else {
            positions[set.a * nodeCount + set.b] = Int32(position)
            positions[set.b * nodeCount + set.a] = Int32(position)
            sets.append(set)
        }
        disputed[position] = nodes.isEmpty ? nil : nodes
    }

    /// The recorded set of two nodes.
    @inline(__always)
    subscript(_ a: Int, _ b: Int) -> SeparatingSet? {
        let position = positions[a * nodeCount + b]
        return position < 0 ? nil : sets[Int(position)]
    }

    /// The nodes that the separating sets of two nodes do not agree about, ascending.
    func disputed(_ a: Int, _ b: Int) -> [Int] {
        guard !disputed.isEmpty else { return [] }
        return disputed[Int(positions[a * nodeCount + b])] ?? []
    }

    /// Whether the separating sets of two nodes hold a third; `nil` when none is recorded, or they do not agree.
    @inline(__always)
    func separator(of a: Int, _ b: Int, contains node: Int) -> Bool? {
        let position = Int(positions[a * nodeCount + b])
        guard position >= 0 else { return nil }
        if !disputed.isEmpty, disputed[position]?.contains(node) ?? false { return nil }
        return sets[position].set.contains(node)
    }

    /// The recorded set of two nodes.
    func set(of a: Int, _ b: Int) -> [Int]? {
        let position = positions[a * nodeCount + b]
        return position < 0 ? nil : sets[Int(position)].set
    }

    /// All sets by `(a, b)`.
    var sorted: [SeparatingSet] { sets.sorted { ($0.a, $0.b) < ($1.a, $1.b) } }

    /// Every pair whose separating sets do not agree about some nodes, and those.
    var disputes: [(a: Int, b: Int, nodes: [Int])] {
        guard !disputed.isEmpty else { return [] }
        return sets.indices.compactMap { position in
            disputed[position].map { (sets[position].a, sets[position].b, $0) }
        }
    }
}
