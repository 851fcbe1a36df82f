/// The causal graph behind the sequences of a task: which earlier positions each position's token depends on.
///
/// Positions count from 0. Beyond the `length` positions of a sequence there is one more, the *predicted* one, whose
/// law is what a model is asked for.
/// - Note: Nichani, Damian and Lee 2024, random sequences with causal structure, and causal graphs with several
///   parents, https://arxiv.org/abs/2402.14735.
public struct LatentGraph: Sendable, Hashable {
    /// The parents of each position, in the order in which their tokens choose a row of the transition kernel; the
    /// last entry is that of the predicted position. `length + 1` lists.
    public let parents: [[Int]]
    /// Whether the last position is no part of the graph but a question: its token is uniform, whatever came before,
    /// so that every row of the kernel is asked for equally often.
    public let lastIsQuestion: Bool

    /// Positions of a sequence, without the predicted one.
    public var length: Int { parents.count - 1 }

    /// Makes a graph from the parents of every position and, last, of the predicted position.
    ///
    /// - Throws: `parentAfterChild` or `repeatedParent`; `setting` for fewer than two positions, and for a question
    ///   that has parents.
    public init(parents: [[Int]], lastIsQuestion: Bool = false) throws(LaboratoryError) {
        guard (2...LaboratoryLimits.length).contains(parents.count - 1) else {
            throw .setting(
                name: "the length of a sequence", value: "\(max(0, parents.count - 1))",
                expected: "2 to \(LaboratoryLimits.length) positions")
        }
        for (child, list) in parents.enumerated() {
            for (index, parent) in list.enumerated() {
                guard parent >= 0, parent < child else {
                    throw .parentAfterChild(parent: parent, child: child)
                }
                guard !list[..<index].contains(parent) else {
                    throw .repeatedParent(parent: parent, child: child)
                }
            }
        }
        if lastIsQuestion, !parents[parents.count - 2].isEmpty {
            throw .setting(
                name: "the parents of the last position, which is a question",
                value: "\(parents[parents.count - 2])", expected: "none")
        }
        self.parents = parents
        self.lastIsQuestion = lastIsQuestion
    }

    /// An in-context tree: the parents of all positions but the last, which asks.
    ///
    /// - Parameter parents: at most one parent for each position but the last: the sequence has one position more.
    /// - Throws: as `init(parents:lastIsQuestion:)`.
    public static func tree(_ parents: [Int?]) throws(LaboratoryError) -> LatentGraph {
        try LatentGraph(
            parents: parents.map { $0.map { [$0] } ?? [] } + [[], [parents.count]], lastIsQuestion: true)
    }

    /// The tree of a Markov chain: `p(i) = i − 1`.
    ///
    /// - Parameter length: positions, the question included.
    public static func chain(length: Int) throws(LaboratoryError) -> LatentGraph {
        try tree((0..<max(0, length - 1)).map { $0 == 0 ? nil : $0 - 1 })
    }

    /// The tree of in-context learning: pairs of a word and its answer, `p(2k + 1) = 2k`.
    ///
    /// - Parameter length: positions, the question included.
    public static func pairs(length: Int) throws(LaboratoryError) -> LatentGraph {
        try tree((0..<max(0, length - 1)).map { $0 % 2 == 1 ? $0 - 1 : nil })
    }

    /// Two parents a position: `p(i) = {⌊(i − 1)/2⌋, i − 1}`, as in the paper's Figure 5; the first two have none.
    public static func twoParents(length: Int) throws(LaboratoryError) -> LatentGraph {
        try LatentGraph(parents: (0...max(0, length)).map { $0 < 2 ? [] : [($0 - 1) / 2, $0 - 1] })
    }

    /// Every position depends on the one `lag` before it: `lag` chains, interleaved.
    ///
    /// - Parameters:
    ///   - lag: 1 to `length`.
    ///   - length: positions.
    public static func interleavedChains(lag: Int, length: Int) throws(LaboratoryError) -> LatentGraph {
        guard lag >= 1, lag <= length else {
            throw .setting(name: "the lag", value: "\(lag)", expected: "1 to the length, \(length)")
        }
        return try LatentGraph(parents: (0...length).map { $0 < lag ? [] : [$0 - lag] })
    }

    /// Every edge but those of the predicted position, by child, then by place among its parents.
    public var edges: [(parent: Int, child: Int)] {
        parents.dropLast().enumerated().flatMap { child, list in list.map { ($0, child) } }
    }

    /// Positions without parents, a question not included.
    public var roots: [Int] {
        (0..<(lastIsQuestion ? length - 1 : length)).filter { parents[$0].isEmpty }
    }

    /// Numbers of parents that occur, ascending, without 0.
    var arities: [Int] { Set(parents.map(\.count)).subtracting([0]).sorted() }
}

extension LatentGraph: Codable {
    private enum CodingKeys: String, CodingKey { case parents, lastIsQuestion }

    /// Reads a graph, which is checked as in `init(parents:lastIsQuestion:)`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            parents: container.decode([[Int]].self, forKey: .parents),
            lastIsQuestion: container.decode(Bool.self, forKey: .lastIsQuestion))
    }
}
