/// The chi-squared mutual information of two variables, `Σ P(x, y)² / (P(x) P(y)) − 1`.
///
/// 0 if they are independent, at most one less than the smaller number of values.
/// - Parameter joint: `joint[x][y]`, not negative, with sum 1; rows of one length.
/// - Note: Nichani, Damian and Lee 2024, the chi-squared mutual information, https://arxiv.org/abs/2402.14735.
public func chiSquaredInformation(joint: [[Double]]) -> Double {
    guard let width = joint.first?.count else { return 0 }
    let rows = joint.map { $0.reduce(0, +) }
    let columns = (0..<width).map { column in joint.reduce(0) { $0 + $1[column] } }
    var sum = 0.0
    for (x, row) in joint.enumerated() {
        for (y, probability) in row.enumerated() where probability > 0 {
            // A ratio first: the square of a small probability may be none.
            sum += probability / rows[x] * (probability / columns[y])
        }
    }
    return sum - 1
}

/// How two positions of a tree are related: steps up from the earlier one to their nearest common ancestor, and down
/// from it to the later one.
public struct TreePath: Sendable, Hashable, Codable, Comparable {
    /// Steps up.
    public var up: Int
    /// Steps down.
    public var down: Int

    /// Makes a path.
    public init(up: Int, down: Int) {
        self.up = up
        self.down = down
    }

    /// By length, then by steps up.
    public static func < (first: TreePath, second: TreePath) -> Bool {
        (first.up + first.down, first.up) < (second.up + second.down, second.up)
    }
}

extension LatentGraph {
    /// How two positions are related; nil if they have no ancestor in common, and so are independent.
    ///
    /// - Precondition: no position has more than one parent.
    public func path(from earlier: Int, to later: Int) -> TreePath? {
        func ancestors(_ position: Int) -> [Int] {
            var line = [position]
            while let parent = parents[line[line.count - 1]].first { line.append(parent) }
            return line
        }
        let below = ancestors(earlier)
        for (down, ancestor) in ancestors(later).enumerated() {
            if let up = below.firstIndex(of: ancestor) { return TreePath(up: up, down: down) }
        }
        return nil
    }
}
