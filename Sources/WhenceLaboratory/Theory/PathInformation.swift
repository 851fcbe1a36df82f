/// What the tokens of two positions of a tree say about each other, for every way in which two positions of the tree
/// are related.
public struct PathInformation: Sendable, Hashable, Codable {
    /// A mean over kernels, with the middle one.
    public struct Estimate: Sendable, Hashable, Codable {
        /// The mean.
        public var mean: Double
        /// Its standard error.
        public var standardError: Double
        /// The median, which a few extreme kernels do not move.
        public var median: Double

        init(_ values: [Double]) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            self.mean = mean
            standardError = (squares / max(1, count - 1) / count).squareRoot()
            let sorted = values.sorted()
            median = (sorted[(values.count - 1) / 2] + sorted[values.count / 2]) / 2
        }

        static let none = Estimate([0])
    }

    /// One way in which two positions are related.
    public struct Relation: Sendable, Hashable, Codable {
        /// The way.
        public var path: TreePath
        /// The chi-squared mutual information of the two tokens.
        public var information: Estimate
        /// `g`, what the first layer's gradient at zero is made of.
        public var gradient: Estimate
    }

    /// Every relation that occurs, a position with itself included, shortest path first.
    public var relations: [Relation]
    /// Kernels that the estimates are over.
    public var kernelCount: Int
    /// Comparisons of the information along a path with that along one of its ends' edges.
    public var comparisons: Int
    /// Those in which more came out than went in, by more than rounding: the data-processing inequality allows none.
    public var violations: Int
    /// The most by which the information along a longer path exceeded that of a part of it; negative if it never did.
    public var greatestExcess: Double
    /// Gradients at another position than the parent that exceed the bound `√(I_parent · I_other)`, by more than
    /// rounding: Cauchy and Schwarz allow none.
    public var boundViolations: Int

    /// The gradient's part for a relation; 0 for positions that are independent.
    func gradient(_ path: TreePath?) -> Estimate {
        relations.first { $0.path == path }?.gradient ?? .none
    }
}

extension PathInformation {
    /// Measures a task's tree over random kernels, with exact sums over tokens.
    ///
    /// With `R` the reversed kernel, a path up `u` steps and down `v` steps has `P = R^u π^v`, so
    /// `I = tr(P* P) − 1` with `P* = R^v π^u`, and `g = tr(R · P) − 1`.
    /// - Throws: `setting` for a task that is not a tree with stationary roots, or a number that is out of range;
    ///   `CancellationError`.
    /// - Complexity: O(kernelCount · relations · vocabulary³).
    public static func measure(
        _ task: InContextTask, kernelCount: Int = 4096, seed: UInt64 = 0, in workspace: LaboratoryWorkspace
    ) throws -> PathInformation {
        let graph = try task.analysedTree()
        let greatestCount = task.greatestSample(keepingKernels: true)
        guard (1...greatestCount).contains(kernelCount) else {
            throw LaboratoryError.setting(
                name: "the number of kernels", value: "\(kernelCount)",
                expected:
                    "1 to \(greatestCount), for a task of \(task.rowCount) rows of \(task.vocabulary) tokens")
        }
        let sample = try task.sample(
            kernelCount, key: BatchKey(seed: seed, purpose: .theory), keepingKernels: true, in: workspace)
        let paths = graph.relations
        let greatest = paths.reduce(0) { max($0, $1.up, $1.down) }
        var informations = [[Double]](repeating: [], count: paths.count)
        var gradients = informations
        var report = PathInformation(
            relations: [], kernelCount: kernelCount, comparisons: 0, violations: 0,
            greatestExcess: -.infinity, boundViolations: 0)
        let edge = paths.firstIndex(of: TreePath(up: 0, down: 1))
        for number in 0..<kernelCount {
            try Task.checkCancellation()
            let kernel = MarkovKernel(rows: sample.kernels(of: number).map { $0.map(Double.init) })
            let powers = KernelPowers(kernel, greatest: greatest)
            for (index, path) in paths.enumerated() {
                let there = powers.path(up: path.up, down: path.down)
                let back = powers.path(up: path.down, down: path.up)
                informations[index].append(MarkovKernel.trace(back, there) - 1)
                gradients[index].append(MarkovKernel.trace(kernel.backward, there) - 1)
            }
            report.compare(
                paths, informations.map { $0[number] }, gradients.map { $0[number] }, edge: edge)
        }
        report.relations = paths.enumerated().map { index, path in
            Relation(
                path: path, information: Estimate(informations[index]), gradient: Estimate(gradients[index]))
        }
        return report
    }

    private static let rounding = 1e-6

    /// Holds one kernel's numbers against both inequalities.
    private mutating func compare(
        _ paths: [TreePath], _ informations: [Double], _ gradients: [Double], edge: Int?
    ) {
        for (long, path) in paths.enumerated() {
            for (short, part) in paths.enumerated()
            where part != path && part.up <= path.up && part.down <= path.down {
                let excess = informations[long] - informations[short]
                comparisons += 1
                greatestExcess = max(greatestExcess, excess)
                if excess > Self.rounding { violations += 1 }
            }
            guard let edge, path.down > 0 else { continue }
            let bound = (max(0, informations[edge]) * max(0, informations[long])).squareRoot()
            if gradients[long] > bound + Self.rounding { boundViolations += 1 }
        }
    }
}

extension LatentGraph {
    /// Every way in which a position is related to an earlier one or itself, the question left out.
    fileprivate var relations: [TreePath] {
        var found: Set<TreePath> = []
        for later in 0..<length - 1 {
            for earlier in 0...later {
                if let path = path(from: earlier, to: later) { found.insert(path) }
            }
        }
        return found.sorted()
    }
}
