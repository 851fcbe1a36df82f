internal import Foundation

/// What sequences say about several graphs if their kernels are not known: how likely each graph makes a sequence,
/// kernels from a Dirichlet law integrated out, and what comes next.
///
/// Each token in turn is predicted by the counts before it, whose product is the Dirichlet-multinomial probability of
/// the sequence; roots count as uniform. Counts are kept from sequence to sequence, and taken back after each.
struct GraphEvidence {
    private let vocabulary: Int
    private let length: Int
    private let alpha: Double
    /// For each graph and position, the predicted one last, where its parents begin in `parents`; one more at the end.
    private let starts: [Int]
    private let parents: [Int]
    /// Where the rows of a number of parents begin.
    private let rowStarts: [Int]
    /// `[rows, vocabulary]`, and the sum of each row.
    private var counts: [Int]
    private var totals: [Int]
    /// The logarithms of what counts and their sums are worth with the prior.
    private let countLogarithms: [Double]
    private let totalLogarithms: [Double]

    /// - Parameter parents: for each graph those of every position and of the predicted one.
    init(vocabulary: Int, alpha: Double, parents graphs: [[[Int]]]) {
        self.vocabulary = vocabulary
        self.alpha = alpha
        length = (graphs.first?.count ?? 1) - 1
        var (starts, parents) = ([Int](), [Int]())
        for list in graphs.joined() {
            starts.append(parents.count)
            parents += list
        }
        self.starts = starts + [parents.count]
        self.parents = parents
        let arities = Set(graphs.joined().map(\.count))
        var (rowStarts, rows, rowCount) = ([Int](), 0, 1)
        for arity in 0...(arities.max() ?? 0) {
            rowStarts.append(rows)
            if arity > 0, arities.contains(arity) { rows += rowCount * vocabulary }
            // Beyond the arities of a task, whose kernels fit into memory, nothing is counted.
            rowCount = rowCount.multipliedReportingOverflow(by: vocabulary).partialValue
        }
        self.rowStarts = rowStarts
        counts = [Int](repeating: 0, count: rows * vocabulary)
        totals = [Int](repeating: 0, count: rows)
        let tokens = 0...length
        countLogarithms = tokens.map { log(alpha + Double($0)) }
        totalLogarithms = tokens.map { log(alpha * Double(vocabulary) + Double($0)) }
    }

    /// For each graph the logarithm of the sequence's probability, and the law of what comes next.
    mutating func evidence(_ tokens: [Int]) -> [(logLikelihood: Double, law: [Double])] {
        let graphCount = (starts.count - 1) / (length + 1)
        return (0..<graphCount).map { graph in
            let first = graph * (length + 1)
            let logLikelihood = count(tokens, first: first)
            let law = predicted(tokens, element: first + length)
            forget(tokens, first: first)
            return (logLikelihood, law)
        }
    }

    /// The row that a position's parents choose; nil without parents.
    private func row(_ element: Int, _ tokens: [Int]) -> Int? {
        let (start, end) = (starts[element], starts[element + 1])
        guard end > start else { return nil }
        var row = 0
        for index in start..<end { row = row * vocabulary + tokens[parents[index]] }
        return rowStarts[end - start] + row
    }

    private mutating func count(_ tokens: [Int], first: Int) -> Double {
        var logLikelihood = 0.0
        let rootLogarithm = log(Double(vocabulary))
        for position in 0..<length {
            guard let row = row(first + position, tokens) else {
                logLikelihood -= rootLogarithm
                continue
            }
            let entry = row * vocabulary + tokens[position]
            logLikelihood += countLogarithms[counts[entry]] - totalLogarithms[totals[row]]
            counts[entry] += 1
            totals[row] += 1
        }
        return logLikelihood
    }

    private mutating func forget(_ tokens: [Int], first: Int) {
        for position in 0..<length {
            guard let row = row(first + position, tokens) else { continue }
            counts[row * vocabulary + tokens[position]] = 0
            totals[row] = 0
        }
    }

    private func predicted(_ tokens: [Int], element: Int) -> [Double] {
        guard let row = row(element, tokens) else {
            return [Double](repeating: 1 / Double(vocabulary), count: vocabulary)
        }
        let total = alpha * Double(vocabulary) + Double(totals[row])
        return (0..<vocabulary).map { (alpha + Double(counts[row * vocabulary + $0])) / total }
    }
}
