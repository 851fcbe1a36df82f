extension InContextTask {
    /// Interleaved chains: every position depends on the one `lag` before it, and each sequence has one of several
    /// lags, all equally likely.
    ///
    /// To predict well, a model has to find the lag from the sequence; the optimum is the average over lags, weighted
    /// by how likely each makes the sequence.
    /// - Parameters:
    ///   - length: positions.
    ///   - lags: different numbers from 1 to `length`.
    ///   - kernels: the paper takes one kernel for all sequences, see `KernelLaw.drawn`.
    /// - Throws: `setting` for whatever is out of range.
    /// - Note: D'Angelo, Croce and Flammarion 2025, Selective induction heads, https://arxiv.org/abs/2509.08184.
    public static func laggedChains(
        vocabulary: Int, length: Int, lags: [Int], kernels: KernelLaw, roots: RootLaw? = nil
    ) throws(LaboratoryError) -> InContextTask {
        guard !lags.isEmpty, Set(lags).count == lags.count else {
            throw .setting(name: "the lags", value: "\(lags)", expected: "one or more, each once")
        }
        var graphs: [LatentGraph] = []
        for lag in lags { graphs.append(try .interleavedChains(lag: lag, length: length)) }
        return try InContextTask(vocabulary: vocabulary, graphs: graphs, kernels: kernels, roots: roots)
    }

    /// Example chains and an unfinished one, all with the same parents, which are drawn for each sequence.
    ///
    /// A chain has `chainLength` positions, of which position `i > 0` depends on `parent(i)`, uniform over the
    /// positions before it in its chain. A sequence is `exampleCount` whole chains and one without its last position,
    /// which has to be predicted. With known kernels the optimum is the average over the last position's parents,
    /// weighted by the softmax over candidates `j` of `Σ log π(x_last | x_j)`, summed over the examples.
    /// - Parameters:
    ///   - chainLength: 2 to 7: every map of parents is a graph of its own, of which there are
    ///     `(chainLength − 1)!`.
    ///   - exampleCount: 0 or more.
    /// - Throws: `setting` for whatever is out of range.
    /// - Note: How Transformers Learn Causal Structures In-Context, ICLR 2026,
    ///   https://openreview.net/forum?id=bpF8zgSt41.
    public static func parentMaps(
        vocabulary: Int, chainLength: Int, exampleCount: Int, kernels: KernelLaw, roots: RootLaw? = nil
    ) throws(LaboratoryError) -> InContextTask {
        guard (2...7).contains(chainLength) else {
            throw .setting(
                name: "the length of a chain", value: "\(chainLength)", expected: "2 to 7 positions")
        }
        guard (0...LaboratoryLimits.length / chainLength).contains(exampleCount) else {
            throw .setting(
                name: "the number of example chains", value: "\(exampleCount)",
                expected: "0 to \(LaboratoryLimits.length / chainLength)")
        }
        var maps: [[Int?]] = [[nil]]
        for position in 1..<chainLength {
            maps = maps.flatMap { map in (0..<position).map { map + [$0] } }
        }
        var graphs: [LatentGraph] = []
        for map in maps {
            let parents = (0...exampleCount).flatMap { chain in
                map.map { parent in parent.map { [chain * chainLength + $0] } ?? [] }
            }
            graphs.append(try LatentGraph(parents: parents))
        }
        return try InContextTask(vocabulary: vocabulary, graphs: graphs, kernels: kernels, roots: roots)
    }
}

extension KernelLaw {
    /// One kernel for a single parent, drawn once from the Dirichlet law that otherwise gives every sequence its own.
    ///
    /// - Parameter seed: what the kernel follows from.
    /// - Throws: `setting` for a vocabulary or an `alpha` that is out of range.
    public static func drawn(
        vocabulary: Int, alpha: Double, seed: UInt64, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> KernelLaw {
        let task = try InContextTask(
            vocabulary: vocabulary, graph: .interleavedChains(lag: 1, length: 2),
            kernels: .dirichlet(alpha: alpha))
        let sample = try task.sample(
            1, key: BatchKey(seed: seed, purpose: .theory), keepingKernels: true, in: workspace)
        return .fixed(sample.kernels(of: 0).map { row in Predictor.normalized(row.map(Double.init)) })
    }
}
