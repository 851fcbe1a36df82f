/// What can be wrong with the input of causal discovery.
public enum DiscoveryError: Error, Sendable, Hashable {
    /// A correlation matrix of the wrong number of entries.
    case matrixSize(entries: Int, nodeCount: Int)
    /// A correlation that is infinite or not a number.
    case notFinite(row: Int, column: Int)
    /// Two mirrored correlations that differ.
    case notSymmetric(row: Int, column: Int, value: Double, mirrored: Double)
    /// A diagonal entry that is not 1.
    case diagonal(row: Int, value: Double)
    /// A correlation above 1 or below -1.
    case outOfRange(row: Int, column: Int, value: Double)
    /// A significance level outside `0 < alpha < 1`.
    case alpha(Double)
    /// A sample count that is not positive.
    case samples(Int)
    /// A limit below zero.
    case limit(name: String, value: String)
    /// A node of a DAG, of its latents or of its selection variables that does not exist, or is named twice.
    case node(Int, nodeCount: Int, role: String)
    /// A "DAG" with a directed cycle through the given node.
    case cycle(through: Int)
    /// A causal order that misses a node, names it twice, or names one that does not exist.
    case order(node: Int, nodeCount: Int)
    /// Names of variables that are missing or not each their own; the sentence says which.
    case names(String)
    /// A column of samples of another length than the first.
    case columnLength(name: String, length: Int, expected: Int)
    /// A sample that is not a finite number; rows count from 0.
    case value(name: String, row: Int, value: String)
    /// A column without two different values.
    case constantColumn(name: String, value: String?)
    /// A matrix that no data can have as its correlations; those of this row contradict the rows before it.
    case indefinite(row: Int)
    /// An attention weight that is negative or not finite.
    case attention(row: Int, column: Int, value: Double)
    /// A row of attention whose sum is not 1.
    case rowSum(row: Int, sum: Double)
    /// A setting of a test that is out of its range; the sentence says which.
    case testSetting(String)
    /// An edge that cannot be in a graph, and why.
    case illegalEdge(Edge, String)
    /// A line of a file of background knowledge that says nothing, or speaks of an unknown variable.
    case knowledgeFile(line: Int, String)
    /// Statements of background knowledge that cannot hold together, and why.
    case contradictoryKnowledge(cause: String, effect: String, reason: String)
    /// Background knowledge about another number of variables than the test's.
    case knowledgeSize(Int, nodeCount: Int)
    /// A graph that is not of the kind needed, and every reason.
    case illegalGraph(GraphKind, [GraphViolation])
    /// Two graphs that cannot be compared because their nodes differ: the names (or, without names, numbers) that only
    /// one of them has, and the names that stand for more than one node.
    case nodesDiffer(onlyInFirst: [String], onlyInSecond: [String], repeated: [String])
    /// A parameter outside its range, and the range in words.
    case parameter(name: String, value: String, expected: String)
}

extension DiscoveryError: CustomStringConvertible {
    /// What happened, where, and what to try.
    public var description: String {
        switch self {
        case .matrixSize(let entries, let nodeCount):
            "the correlation matrix has \(entries) entries, but \(nodeCount) variables need "
                + "\(nodeCount * nodeCount); give a square matrix, row after row"
        case .notFinite(let row, let column):
            "the correlation of variables \(row) and \(column) is not a finite number; "
                + "a constant variable has none, leave it out"
        case .notSymmetric(let row, let column, let value, let mirrored):
            "the correlation matrix is not symmetric: entry (\(row), \(column)) is \(value), "
                + "its mirror image \(mirrored)"
        case .diagonal(let row, let value):
            "variable \(row) has correlation \(value) with itself instead of 1; "
                + "divide a covariance by the standard deviations first"
        case .outOfRange(let row, let column, let value):
            "the correlation of variables \(row) and \(column) is \(value), outside -1 to 1"
        case .alpha(let value):
            "the significance level \(value) is not between 0 and 1; 0.01 is usual"
        case .samples(let count):
            "\(count) samples cannot support a test; give the number of samples behind the correlations"
        case .limit(let name, let value):
            "the limit on \(name) is \(value), which is below zero; leave it out for no limit"
        case .node(let node, let nodeCount, let role):
            "\(role) \(node) is named twice or is none of the \(nodeCount) nodes, counted from 0"
        case .cycle(let node):
            "the graph is not acyclic: a directed cycle runs through node \(node)"
        case .order(let node, let nodeCount):
            "the causal order misses node \(node), names it twice, or there is no such node; "
                + "name each of the nodes 0 to \(nodeCount - 1) once, causes first"
        case .names(let problem): "\(problem); give every variable a name of its own"
        case .columnLength(let name, let length, let expected):
            "the column \u{201C}\(name)\u{201D} has \(length) samples, the first column \(expected)"
        case .value(let name, let row, let value):
            "sample \(row) of \u{201C}\(name)\u{201D} is \(value); every sample has to be a finite number"
        case .constantColumn(let name, let value):
            value.map {
                "\u{201C}\(name)\u{201D} is \($0) in every sample, so nothing can depend on it; leave it out"
            }
                ?? "\u{201C}\(name)\u{201D} has no samples"
        case .indefinite(let row):
            "the correlations of variable \(row) contradict those of the variables before it: the matrix is not "
                + "positive semi-definite, so no data can have it"
        case .attention(let row, let column, let value):
            "the attention of row \(row) to column \(column) is \(value); weights are finite and not negative"
        case .rowSum(let row, let sum):
            "the attention weights of row \(row) add up to \(sum) instead of 1"
        case .testSetting(let problem): problem
        case .illegalEdge(let edge, let reason):
            "the edge \(edge.a) \(edge.marks) \(edge.b) cannot be in this graph: \(reason)"
        case .knowledgeFile(let line, let problem):
            "line \(line) of the background knowledge: \(problem)"
        case .contradictoryKnowledge(let cause, let effect, let reason):
            cause == effect
                ? "the background knowledge about \(cause) contradicts itself: \(reason)"
                : "the background knowledge about \(cause) → \(effect) contradicts itself: \(reason)"
        case .knowledgeSize(let count, let nodeCount):
            "the background knowledge is about \(count) variables, but the test has \(nodeCount)"
        case .illegalGraph(let kind, let violations):
            "this graph is not \(kind.name): \(violations.map(\.description).joined(separator: "; "))"
        case .nodesDiffer(let first, let second, let repeated):
            Self.nodesDiffer(onlyInFirst: first, onlyInSecond: second, repeated: repeated)
        case .parameter(let name, let value, let expected):
            "\(name): \(value) is out of range; give \(expected)"
        }
    }
    private static func nodesDiffer(onlyInFirst: [String], onlyInSecond: [String], repeated: [String])
        -> String
    {
        func list(_ names: [String]) -> String {
            names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
        }
        let parts = [
            ("more than one node is called", repeated), ("only the first graph has", onlyInFirst),
            ("only the second graph has", onlyInSecond),
        ].filter { !$0.1.isEmpty }.map { "\($0.0) \(list($0.1))" }
        return
            "the graphs have different nodes: \(parts.joined(separator: "; ")); compare graphs over the same nodes"
    }
}
