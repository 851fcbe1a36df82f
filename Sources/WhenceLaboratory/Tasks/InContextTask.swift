/// A family of random sequences with a known causal graph, each sequence with transition kernels of its own.
///
/// A sequence is drawn in four steps: a graph, if there are several; one kernel for each number of parents that
/// occurs, its rows from `kernels`; the tokens, parents first, `s_i ~ π(· | tokens of the parents of i)`; and the
/// *label*, the law of the predicted position given its parents, which a model has to put out.
/// - Note: Nichani, Damian and Lee 2024, random sequences with causal structure,
///   https://arxiv.org/abs/2402.14735.
public struct InContextTask: Sendable, Hashable, Codable {
    /// The number of different tokens.
    public let vocabulary: Int
    /// The latent graphs, all of one length; every sequence has one of them, all equally likely.
    public let graphs: [LatentGraph]
    /// Where transition kernels come from.
    public let kernels: KernelLaw
    /// The law of tokens without parents.
    public let roots: RootLaw
    /// Positions whose tokens are generated but not shown to the model, ascending: latent common causes.
    public let hidden: [Int]

    /// Makes a task with one graph.
    ///
    /// - Parameters:
    ///   - vocabulary: at least 2.
    ///   - graph: the latent graph.
    ///   - kernels: by default rows from the symmetric Dirichlet law with parameter 0.1.
    ///   - roots: stationary unless given, or uniform where no position has a single parent.
    ///   - hidden: positions that the model does not see; never the last.
    /// - Throws: `setting` for whatever is out of range.
    public init(
        vocabulary: Int, graph: LatentGraph, kernels: KernelLaw = .dirichlet(alpha: 0.1),
        roots: RootLaw? = nil,
        hidden: [Int] = []
    ) throws(LaboratoryError) {
        try self.init(
            vocabulary: vocabulary, graphs: [graph], kernels: kernels, roots: roots, hidden: hidden)
    }

    /// Makes a task whose graph is drawn for each sequence.
    ///
    /// - Throws: as the other initialiser; `setting` too for graphs of different lengths.
    public init(
        vocabulary: Int, graphs: [LatentGraph], kernels: KernelLaw = .dirichlet(alpha: 0.1),
        roots: RootLaw? = nil, hidden: [Int] = []
    ) throws(LaboratoryError) {
        self.vocabulary = vocabulary
        self.graphs = graphs
        self.kernels = kernels
        let canBeStationary = graphs.allSatisfy { $0.arities.contains(1) }
        self.roots = roots ?? (canBeStationary ? .stationary : .uniform)
        self.hidden = hidden.sorted()
        try check()
    }

    /// Positions of a sequence, hidden ones included.
    public var length: Int { graphs.first?.length ?? 0 }

    /// The positions that a model reads, ascending.
    public var visible: [Int] {
        let hidden = Set(hidden)
        return (0..<length).filter { !hidden.contains($0) }
    }

    /// The numbers of parents for which there is a kernel, ascending.
    public var arities: [Int] { Set(graphs.flatMap(\.arities)).sorted() }

    /// Rows of the kernel for positions with `arity` parents.
    public func rowCount(arity: Int) -> Int { (0..<arity).reduce(1) { rows, _ in rows * vocabulary } }

    /// Rows of all kernels, one after the other by number of parents.
    public var rowCount: Int { arities.reduce(0) { $0 + rowCount(arity: $1) } }

    /// The same task with other kernels: what a trained model has not seen.
    public func with(kernels: KernelLaw) throws(LaboratoryError) -> InContextTask {
        try InContextTask(
            vocabulary: vocabulary, graphs: graphs, kernels: kernels, roots: roots, hidden: hidden)
    }

    private enum CodingKeys: String, CodingKey { case vocabulary, graphs, kernels, roots, hidden }

    /// Reads a task, which is checked as in the initialisers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            vocabulary: container.decode(Int.self, forKey: .vocabulary),
            graphs: container.decode([LatentGraph].self, forKey: .graphs),
            kernels: container.decode(KernelLaw.self, forKey: .kernels),
            roots: container.decode(RootLaw.self, forKey: .roots),
            hidden: container.decode([Int].self, forKey: .hidden))
    }
}

/// Where the transition kernels of a sequence come from.
public enum KernelLaw: Sendable, Hashable, Codable {
    /// Fresh for every sequence, each row from the symmetric Dirichlet law; small parameters make nearly
    /// deterministic rows.
    case dirichlet(alpha: Double)
    /// The same rows for every sequence: `[rows, vocabulary]`, kernels by number of parents one after the other.
    case fixed([[Double]])
}

/// The law of a token without parents.
public enum RootLaw: String, Sendable, Hashable, Codable, CaseIterable {
    /// The stationary law of the kernel with one parent.
    case stationary
    /// Uniform over the vocabulary.
    case uniform
    /// One law for all roots of a sequence, from the Dirichlet law of the kernels: what the paper's code does in its
    /// task with several parents.
    case dirichlet
}
