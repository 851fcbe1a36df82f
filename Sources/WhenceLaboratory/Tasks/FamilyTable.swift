internal import Foundation

/// What sequences say about several graphs if their kernels are known.
///
/// Graphs share most of their *families*, a position with its parents; of each the probability is looked up once a
/// sequence.
struct FamilyTable {
    private let positions: [Int]
    private let families: [[Int]]
    /// For each graph the families of its positions, that of the predicted one last.
    private let graphs: [[Int]]
    private let kernels: FixedKernels

    /// - Parameter parents: for each graph those of every position and of the predicted one.
    init(_ kernels: FixedKernels, parents: [[[Int]]]) {
        struct Family: Hashable {
            var position: Int
            var parents: [Int]
        }
        var numbers: [Family: Int] = [:]
        var (positions, families) = ([Int](), [[Int]]())
        graphs = parents.map { graph in
            graph.enumerated().map { position, list in
                let family = Family(position: position, parents: list)
                if let number = numbers[family] { return number }
                numbers[family] = families.count
                positions.append(position)
                families.append(list)
                return families.count - 1
            }
        }
        (self.positions, self.families, self.kernels) = (positions, families, kernels)
    }

    /// For each graph the logarithm of the sequence's probability, and the law of what comes next.
    func evidence(_ tokens: [Int]) -> [(logLikelihood: Double, law: [Double])] {
        let logarithms = zip(positions, families).map { position, parents -> Double in
            guard position < tokens.count else { return 0 }
            return log(kernels.law(position, given: parents.map { tokens[$0] })[tokens[position]])
        }
        return graphs.map { graph in
            let predicted = families[graph[graph.count - 1]]
            return (
                graph.reduce(0) { $0 + logarithms[$1] },
                kernels.law(tokens.count, given: predicted.map { tokens[$0] })
            )
        }
    }
}

/// Kernels that are the same for every sequence, with the law of roots that follows from them.
struct FixedKernels {
    private let vocabulary: Int
    private let rows: [[Double]]
    /// Where the rows of a number of parents begin.
    private var starts: [Int: Int] = [:]
    private let roots: [Double]
    private let uniform: [Double]
    /// Positions without parents that are uniform whatever the law of roots: a question, and the predicted one.
    private let uniformPositions: [Int]

    init(_ task: InContextTask, rows: [[Double]]) {
        vocabulary = task.vocabulary
        self.rows = rows
        uniform = [Double](repeating: 1 / Double(vocabulary), count: vocabulary)
        var next = 0
        for arity in task.arities {
            starts[arity] = next
            next += task.rowCount(arity: arity)
        }
        if task.roots == .stationary, let first = starts[1] {
            roots = MarkovKernel(rows: Array(rows[first..<first + vocabulary])).stationary
        } else {
            roots = uniform
        }
        uniformPositions = (task.graphs[0].lastIsQuestion ? [task.length - 1] : []) + [task.length]
    }

    /// The law of a position given its parents' tokens.
    func law(_ position: Int, given tokens: [Int]) -> [Double] {
        if tokens.isEmpty { return uniformPositions.contains(position) ? uniform : roots }
        // A predictor that leaves parents out may ask for a number of parents that has no kernel.
        guard let start = starts[tokens.count] else { return uniform }
        return rows[start + tokens.reduce(0) { $0 * vocabulary + $1 }]
    }
}
