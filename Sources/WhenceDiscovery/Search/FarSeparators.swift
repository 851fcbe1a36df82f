/// The conditioning sets of ICD with a member that is no neighbour of their root.
///
/// They are built block by block, so that memory is bounded whatever the graph. Within a block they come by the sum
/// of distances from the root, then by side, then lexicographic. Nearly always one block holds all.
struct FarSeparators {
    private let graph: MixedGraph
    private let size: Int
    private let block: SeparatorBlock

    init(_ graph: MixedGraph, size: Int) {
        self.graph = graph
        self.size = size
        block = SeparatorBlock(size: size)
    }

    /// Tests an edge given each of the sets, each once; false when there is none.
    ///
    /// - Parameter pools: For each side the neighbours whose subsets were offered before.
    func offer(
        _ sides: [SeparatorSide], besides pools: [NodeSet], to search: inout SeparatorSearch,
        _ session: TestSession
    ) throws(BoundReached) -> Bool {
        var hadSets = false
        var fullBlocks = 0
        block.removeAll()
        for (place, side) in sides.enumerated() {
            let other = sides.count > 1 ? 1 - place : nil
            // Made where a full block no longer knows what the first side gave: hardly ever.
            var firstWalk: PossibleDSepWalk?
            var sets = legalSets(side)
            let checkpoint = { () throws(BoundReached) in try session.checkInterruption() }
            try sets.forEach(checkpoint: checkpoint) { (set) throws(BoundReached) in
                hadSets = true
                if let other, set.isSubset(of: pools[other]) { return true }
                if fullBlocks > 0, place > 0 {
                    if firstWalk == nil { firstWalk = PossibleDSepWalk(graph, root: sides[0].root) }
                    if firstWalk?.reachesAll(of: set) ?? false {
                        try session.passOver()
                        return true
                    }
                }
                block.append(set, side: place)
                if block.isFull {
                    fullBlocks += 1
                    try test(sides, &search, session)
                }
                return !search.isOver
            }
        }
        try test(sides, &search, session)
        return hadSets
    }

    /// Whether a root has any set.
    func exist(_ side: SeparatorSide, _ session: TestSession) throws(BoundReached) -> Bool {
        var isFound = false
        var sets = legalSets(side)
        let checkpoint = { () throws(BoundReached) in try session.checkInterruption() }
        try sets.forEach(checkpoint: checkpoint) { (_) throws(BoundReached) in
            isFound = true
            return false
        }
        return isFound
    }

    /// Tests the sets of the block in their order, and empties it.
    private func test(
        _ sides: [SeparatorSide], _ search: inout SeparatorSearch, _ session: TestSession
    ) throws(BoundReached) {
        guard !block.isEmpty, !search.isOver else { return }
        for (place, side) in sides.enumerated() {
            guard let members = block.members(ofSide: place, capacity: graph.nodeCount) else { continue }
            var walk = PossibleDSepWalk(graph, root: side.root)
            walk.explorePaths(within: side.region, wanted: members)
            block.measure(side: place, walk.distances)
        }
        try session.checkInterruption()
        block.sort()
        var set = [Int](repeating: 0, count: size)
        for place in 0..<block.count {
            block.copy(place, to: &set)
            try search.offer(set, session)
            if search.isOver { break }
        }
        block.removeAll()
    }

    private func legalSets(_ side: SeparatorSide) -> LegalSetSearch {
        LegalSetSearch(
            graph, root: side.root, allowed: side.allowed, size: size, isBeyondNeighbours: true)
    }
}
