import Whence

/// A search at the terminal: it says how far it is, and Ctrl-C ends it with the graph so far.
enum DiscoverRun {
    static func result(
        of algorithm: some DiscoveryAlgorithm, on test: some IndependenceTest, progress: ProgressLine
    ) async throws -> DiscoveryResult {
        let search = Task {
            try await algorithm.discover(test) { progress.show(sentence($0)) }
        }
        let signal = InterruptSignal { search.cancel() }
        defer { withExtendedLifetime(signal) {} }
        return try await search.value
    }

    /// The share of the levels at which each edge of a graph is found, in the order of its edges.
    ///
    /// Ctrl-C ends this early: the levels not searched by then are left with graphs cut short.
    static func stability(
        of graph: MixedGraph, over levels: [Double], _ algorithm: any DiscoveryAlgorithm,
        on test: any SignificanceTest, progress: ProgressLine
    ) async throws -> [Double] {
        let sweep = Task.detached {
            let sweep = try AlphaSweep(algorithm, alphas: levels).run(test)
            return sweep.frequencies.agreements(with: graph).map(\.adjacency)
        }
        let signal = InterruptSignal { sweep.cancel() }
        defer { withExtendedLifetime(signal) {} }
        return try await sweep.value
    }

    private static func sentence(_ progress: DiscoveryProgress) -> String {
        let work =
            switch progress.stage {
            case .adjacencies: "neighbours as conditions, \(progress.conditioningSize) at a time"
            case .possibleDSep: "possible d-separators as conditions, \(progress.conditioningSize) at a time"
            case .iterations: "conditioning sets of \(progress.conditioningSize)"
            case .triples: "unshielded triples"
            case .colliders: "separating sets of unshielded triples"
            case .orientation: "orienting edges"
            }
        return "\(work): \(progress.testCount) tests, \(progress.edgeCount) edges left"
    }
}
