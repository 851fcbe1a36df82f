extension LatentGraph {
    /// A random tree: a position's parent is uniform over those before it.
    ///
    /// - Parameters:
    ///   - length: positions, the question included.
    ///   - rootProbability: how likely a position has no parent, or nil to count "none" as one of the candidates, so
    ///     that position `i` is a root with probability `1/(i + 1)`.
    ///   - generator: the source of chance.
    /// - Throws: `setting` for a probability outside 0 to 1 or a length below 2.
    public static func randomTree(
        length: Int, rootProbability: Double? = 0.5, using generator: inout some RandomNumberGenerator
    ) throws(LaboratoryError) -> LatentGraph {
        if let rootProbability, !(0...1).contains(rootProbability) {
            throw .setting(
                name: "the root probability", value: "\(rootProbability)", expected: "a number from 0 to 1")
        }
        let parents = (0..<max(0, length - 1)).map { position -> Int? in
            guard position > 0 else { return nil }
            guard let rootProbability else {
                let drawn = Int.random(in: 0...position, using: &generator)
                return drawn == position ? nil : drawn
            }
            // Both are drawn, so that the same seed gives nested trees for different probabilities.
            let isRoot = Double.random(in: 0..<1, using: &generator) < rootProbability
            let parent = Int.random(in: 0..<position, using: &generator)
            return isRoot ? nil : parent
        }
        return try tree(parents)
    }

    /// A random graph in which every position from `parentCount` on has that many parents, uniform over the sets of
    /// earlier positions; positions before it have none.
    ///
    /// - Throws: `setting` for less than one parent, or no fewer parents than positions.
    public static func randomGraph(
        length: Int, parentCount: Int, using generator: inout some RandomNumberGenerator
    ) throws(LaboratoryError) -> LatentGraph {
        guard parentCount >= 1, parentCount < length else {
            throw .setting(
                name: "the number of parents", value: "\(parentCount)",
                expected: "1 or more, and less than the length, \(length)")
        }
        return try LatentGraph(
            parents: (0...length).map { position in
                position < parentCount
                    ? [] : (0..<position).shuffled(using: &generator).prefix(parentCount).sorted()
            })
    }
}
