/// One search at many significance levels, to see which edges and marks hang on the choice of the level.
///
/// All runs share one memory of p-values: a question is tested once, however many runs ask it.
public struct AlphaSweep: Sendable {
    /// The levels; the result keeps their order.
    public var alphas: [Double]
    /// The search, with limits that hold for each run.
    public var algorithm: any DiscoveryAlgorithm

    /// Seven levels from 0.001 to 0.1, about equally far apart in their logarithm.
    public static let usualAlphas = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]

    /// Makes a sweep.
    public init(_ algorithm: any DiscoveryAlgorithm, alphas: [Double] = usualAlphas) {
        self.algorithm = algorithm
        self.alphas = alphas
    }

    /// Runs the search at every level.
    ///
    /// - Parameter progress: Told the level that is searched at and where its run stands.
    /// - Throws: `DiscoveryError` for a level outside `0 < alpha < 1`, and what the algorithm throws;
    ///   `CancellationError` when the surrounding task is cancelled, for shares of the graphs so far would pass for
    ///   shares of all.
    public func run(
        _ test: some SignificanceTest,
        progress: (@Sendable (_ alpha: Double, DiscoveryProgress) -> Void)? = nil
    ) throws -> AlphaSweepResult {
        let cached = CachedTest(test)
        let results = try alphas.map { alpha -> DiscoveryResult in
            try Task.checkCancellation()
            let tell = progress.map { tell -> DiscoveryProgressHandler in { tell(alpha, $0) } }
            let result = try algorithm.run(cached.atLevel(alpha), progress: tell)
            if result.stoppedBy == .cancellation { throw CancellationError() }
            return result
        }
        return AlphaSweepResult(
            alphas: alphas, statuses: results.map(\.status),
            edgeCounts: results.map(\.graph.edgeCount),
            frequencies: try GraphFrequencies(of: results.map(\.graph)),
            askedTestCount: results.reduce(0) { $0 + $1.testCounts.reduce(0, +) },
            madeTestCount: cached.testCount)
    }
}

/// What a sweep found.
public struct AlphaSweepResult: Sendable, Hashable, Codable {
    /// The levels.
    public var alphas: [Double]
    /// How far the run at each level got.
    public var statuses: [DiscoveryStatus]
    /// How many edges each run found.
    public var edgeCounts: [Int]
    /// How often each edge and mark was found; `agreements(with:)` judges a graph by it.
    public var frequencies: GraphFrequencies
    /// Tests that the runs asked for, all together.
    public var askedTestCount: Int
    /// Different tests among them, each made once.
    public var madeTestCount: Int
}
