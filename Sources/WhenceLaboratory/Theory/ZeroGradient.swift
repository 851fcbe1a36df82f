/// The gradient that the first layer starts with, against the closed form that the paper derives for it.
///
/// Where the analysis starts (`ParameterStart.analysed`), attention of the first layer is uniform, and
/// `−∂L/∂A[i, j] ≈ strength / (length · vocabulary · (i + 1)) · (g_ij − mean over k ≤ i of g_ik)` with
/// `g_ij = E_π Σ_{s,s'} μ(s) π(s'|s)/μ(s') P_π(s_i = s' | s_j = s) − 1`: at the true parent the chi-squared mutual
/// information of child and parent. The approximation replaces the frequencies of tokens in a sequence by `μ`, which
/// is right for long sequences.
/// - Note: Nichani, Damian and Lee 2024, the key insight of the proof.
public struct ZeroGradient: Sendable, Hashable, Codable {
    /// A position and one that it may look at.
    public struct Pair: Sendable, Hashable, Codable {
        /// The position that looks.
        public var child: Int
        /// The one looked at, at most `child`.
        public var candidate: Int
        /// Whether it is the child's parent.
        public var isParent: Bool
        /// `g`, the mean over kernels.
        public var closedForm: Double
        /// The standard error of that mean.
        public var standardError: Double
        /// `−∂L/∂A` as the closed form has it, for the whole population.
        public var predicted: Double
        /// `−∂L/∂A` over the sampled sequences.
        public var sampled: Double
    }

    /// Every pair of positions of the tree, by child, then by candidate; the first position and the question look at
    /// nothing of interest.
    public var pairs: [Pair]
    /// Kernels behind the closed form.
    public var kernelCount: Int
    /// Sequences behind the sampled gradient.
    public var sequenceCount: Int
    /// Pearson's correlation of `predicted` and `sampled` over all pairs.
    public var correlation: Double
    /// The least-squares factor from `predicted` to `sampled`; 1 if the approximation were exact.
    public var slope: Double
    /// The share of positions with a parent at which `closedForm` is largest at the parent.
    public var closedFormShare: Double
    /// The share of positions with a parent at which `sampled` is largest at the parent.
    public var sampledShare: Double
}

extension ZeroGradient {
    /// Measures both sides for a task.
    ///
    /// - Parameters:
    ///   - task: one tree with stationary roots.
    ///   - information: what `PathInformation.measure` said of the same task; measured if not given.
    ///   - kernelCount: kernels for the closed form's expectation.
    ///   - sequenceCount: sequences for the sampled gradient.
    ///   - strength: that of the second layer's comparison of tokens at the start.
    ///   - epsilon: of the linear output's loss.
    /// - Throws: `setting` for a task that is not such a tree, and for numbers that are out of range; `memory`;
    ///   `CancellationError`.
    /// - Complexity: O(kernelCount · distances · vocabulary³) and one gradient over the sequences.
    public static func measure(
        _ task: InContextTask, information: PathInformation? = nil, kernelCount: Int = 4096,
        sequenceCount: Int = 1 << 16, strength: Double = 0.01, epsilon: Float = 1e-3, seed: UInt64 = 0,
        in workspace: LaboratoryWorkspace
    ) throws -> ZeroGradient {
        let graph = try task.analysedTree()
        let closed =
            try information
            ?? PathInformation.measure(task, kernelCount: kernelCount, seed: seed, in: workspace)
        let settings = try TrainingSettings.twoStages(task: task, strength: strength, epsilon: epsilon)
        let transformer = settings.start.transformer(settings.shape, seed: seed)
        let slopes = try sampledSlopes(
            transformer, task, count: sequenceCount, seed: seed, in: workspace)
        var pairs: [Pair] = []
        for child in 1..<graph.length - 1 {
            let row = (0...child).map { closed.gradient(graph.path(from: $0, to: child)) }
            let mean = row.reduce(0) { $0 + $1.mean } / Double(child + 1)
            let factor = strength / Double(graph.length * task.vocabulary * (child + 1))
            for candidate in 0...child {
                pairs.append(
                    Pair(
                        child: child, candidate: candidate,
                        isParent: graph.parents[child].contains(candidate),
                        closedForm: row[candidate].mean, standardError: row[candidate].standardError,
                        predicted: factor * (row[candidate].mean - mean),
                        sampled: slopes[child * graph.length + candidate]))
            }
        }
        return ZeroGradient(
            pairs: pairs, kernelCount: closed.kernelCount, sequenceCount: sequenceCount)
    }

    /// `−∂L/∂A` of the first layer's positions, `[length, length]`, in batches that memory holds.
    private static func sampledSlopes(
        _ transformer: DisentangledTransformer, _ task: InContextTask, count: Int, seed: UInt64,
        in workspace: LaboratoryWorkspace
    ) throws -> [Double] {
        let shape = transformer.shape
        guard (1...1 << 30).contains(count) else {
            throw LaboratoryError.setting(
                name: "the number of sequences", value: "\(count)", expected: "1 to 2^30")
        }
        var slopes = [Double](repeating: 0, count: shape.length * shape.length)
        let memory = TaskMemory(task)
        let batchSize = 1 << 12
        for (batch, first) in stride(from: 0, to: count, by: batchSize).enumerated() {
            try Task.checkCancellation()
            let size = min(batchSize, count - first)
            var gradient = [Float](repeating: 0, count: shape.parameterCount)
            _ = try transformer.learn(
                .fresh(memory, BatchKey(seed: seed, purpose: .theory, batch: batch + 1), count: size),
                gradient: &gradient, outputs: nil, in: workspace)
            for row in 0..<shape.length {
                for column in 0...row {
                    let place = (shape.vocabulary + row) * shape.blockWidth + shape.vocabulary + column
                    slopes[row * shape.length + column] -=
                        Double(gradient[place]) * Double(size) / Double(count)
                }
            }
        }
        return slopes
    }

    private init(pairs: [Pair], kernelCount: Int, sequenceCount: Int) {
        self.pairs = pairs
        self.kernelCount = kernelCount
        self.sequenceCount = sequenceCount
        let (x, y) = (pairs.map(\.predicted), pairs.map(\.sampled))
        let count = Double(pairs.count)
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
        let squaresX = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        let squaresY = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
        correlation = squaresX * squaresY > 0 ? products / (squaresX * squaresY).squareRoot() : 0
        slope = squaresX > 0 ? products / squaresX : 0
        closedFormShare = Self.share(pairs) { $0.closedForm }
        sampledShare = Self.share(pairs) { $0.sampled }
    }

    private static func share(_ pairs: [Pair], _ value: (Pair) -> Double) -> Double {
        let children = pairs.filter(\.isParent)
        let found = children.filter { parent in
            pairs.allSatisfy { $0.child != parent.child || value($0) <= value(parent) }
        }
        return children.isEmpty ? 0 : Double(found.count) / Double(children.count)
    }
}

extension InContextTask {
    /// The one tree of a task that the analysis is about.
    func analysedTree() throws(LaboratoryError) -> LatentGraph {
        guard graphs.count == 1, graphs[0].lastIsQuestion, graphs[0].parents.allSatisfy({ $0.count <= 1 }),
            roots == .stationary, hidden.isEmpty, length >= 3
        else {
            throw .setting(
                name: "the task", value: "\(graphs.count) graphs, \(roots.rawValue) roots",
                expected: "one tree of three positions or more with stationary roots and nothing hidden: the "
                    + "closed form is about those")
        }
        return graphs[0]
    }
}
