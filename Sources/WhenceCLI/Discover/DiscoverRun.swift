import Whence

/// A search at the terminal: it says how far it is, and Ctrl-C ends it with the graph so far.
enum DiscoverRun {
    static func result(
        of algorithm: some DiscoveryAlgorithm, on test: some IndependenceTest, progress: ProgressLine
    ) async throws -> DiscoveryResult {
        let search = Task {
            try await algorithm.discover(test) { progress.show(sentence($0)) }
        }
        let signal = InterruptSignal { _ in search.cancel() }
        defer { withExtendedLifetime(signal) {} }
        return try await search.value
    }

    /// The search at further levels.
    ///
    /// - Throws: `CancellationError` after Ctrl-C.
    static func sweep(
        _ algorithm: any DiscoveryAlgorithm, over levels: [Double], on test: any SignificanceTest,
        progress: ProgressLine
    ) async throws -> AlphaSweepResult {
        let sweep = Task.detached {
            try AlphaSweep(algorithm, alphas: levels).run(test) { alpha, place in
                progress.show("alpha \(alpha): \(sentence(place))")
            }
        }
        let signal = InterruptSignal { _ in sweep.cancel() }
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
        return "\(work): \(progress.testCount.counted("test")), \(progress.edgeCount.counted("edge")) left"
    }
}
