internal import WhenceDiscovery
internal import WhenceInference

/// One explanation under way: the part of it that does not depend on what the model predicts.
///
/// What the deepest attention layer saw becomes correlations of the nodes, those become graphs, and on the graphs
/// sets of nodes are searched whose replacement changes the prediction. The clock starts when the run is made.
struct ExplanationRun {
    /// With samples and replacement resolved.
    let settings: ExplanationSettings
    /// Whether every token attends to itself and to earlier ones only.
    let isCausal: Bool
    /// Cores to use; `nil` for all.
    let threads: Int?

    private let clock: ContinuousClock
    private let start: ContinuousClock.Instant
    private let deadline: ContinuousClock.Instant?

    init(settings: ExplanationSettings, isCausal: Bool, threads: Int?) {
        self.settings = settings
        self.isCausal = isCausal
        self.threads = threads
        let clock = ContinuousClock()
        let start = clock.now
        self.clock = clock
        self.start = start
        deadline = settings.timeLimit.map { start + .seconds($0) }
    }

    /// Most tokens in one call of the model during verification: enough to fill the cores, small enough that a
    /// time limit is noticed.
    private static let tokensPerBatch = 2_048

    /// Most inputs verified in one call of the model.
    static func batchSize(tokenCount: Int) -> Int { max(1, tokensPerBatch / max(1, tokenCount)) }

    /// One graph for each head asked for, or one of all heads pooled; learnt side by side, in their order.
    ///
    /// - Parameters:
    ///   - trace: the pass whose attention is read.
    ///   - layout: which of its tokens are which node.
    func learn(
        _ trace: AttentionTrace, layout: NodeLayout, _ progress: (ExplanationProgress) -> Void
    ) async throws -> [LearntGraph] {
        let correlations = try NodeCorrelation.all(
            trace, layout: layout, heads: settings.heads, estimator: settings.estimator)
        var options = DiscoveryOptions()
        options.maximumConditioningSize = settings.maximumConditioningSize
        options.selectionBias = settings.selectionBias
        options.limits.tests = settings.maximumTests
        options.limits.time = deadline.map { max(.zero, clock.now.duration(to: $0)) }
        let discovery = GraphDiscovery(
            algorithm: settings.algorithm, alpha: settings.alpha, samples: settings.samples ?? 0,
            options: options, isCausal: isCausal)
        return try await withThrowingTaskGroup(of: (Int, LearntGraph).self) { group in
            var results: [Int: LearntGraph] = [:]
            func collect(_ next: (Int, LearntGraph)?) {
                guard let (index, result) = next else { return }
                results[index] = result
                progress(.graphs(done: results.count, of: correlations.count))
            }
            for (index, correlation) in correlations.enumerated() {
                if index >= threads ?? .max { collect(try await group.next()) }
                group.addTask { (index, try discovery.run(correlation, layout: layout)) }
            }
            while results.count < correlations.count { collect(try await group.next()) }
            return correlations.indices.compactMap { results[$0] }
        }
    }

    /// The smallest sets of nodes whose replacement changes the prediction.
    ///
    /// - Parameters:
    ///   - passesBefore: forward passes that were spent already; they count against the budget.
    ///   - maximumSetSize: where the input allows no larger sets than this, whatever the settings.
    ///   - batchSize: most sets verified in one call.
    ///   - verify: as in `ExplanationSearch.run(verify:)`.
    func search<Outcome: Sendable>(
        _ learnt: [LearntGraph], layout: NodeLayout, passesBefore: Int, maximumSetSize: Int = .max,
        batchSize: Int, _ progress: (ExplanationProgress) -> Void,
        verify: ([CandidateSet]) throws -> [Outcome?]
    ) throws -> ExplanationSearch<Outcome>.Report {
        let search = ExplanationSearch<Outcome>(
            roots: learnt.map { .init(head: $0.graph.head, tree: $0.tree) },
            replaceable: layout.nodes.indices.filter { $0 != layout.target },
            maximumSetSize: min(maximumSetSize, settings.maximumSetSize),
            exhaustiveSetSize: settings.exhaustiveSetSize, allSizes: settings.allSizes,
            maximumVerifications: settings.maximumForwardPasses - passesBefore,
            passesBefore: passesBefore, batchSize: batchSize,
            isOutOfTime: { [clock, deadline] in deadline.map { clock.now >= $0 } ?? false })
        var verified = 0
        return try search.run { sets in
            verified += sets.count
            defer { progress(.sets(verified: verified, size: sets.last?.nodes.count ?? 0)) }
            return try verify(sets)
        }
    }

    /// How far the search got, and the time since the run was made.
    func status<Outcome>(
        _ report: ExplanationSearch<Outcome>.Report, passesBefore: Int
    ) -> SearchStatus {
        SearchStatus(
            report, passesBefore: passesBefore,
            elapsedMilliseconds: start.duration(to: clock.now) / .milliseconds(1))
    }
}
