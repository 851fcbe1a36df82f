internal import WhenceInference
internal import WhenceLoader

/// A history, what the model recommends after it, what it saw of the recommended item, and how it answers when parts
/// of the history are replaced.
struct RecommendationSession {
    let recommender: Recommender
    /// Items as their indices in the catalogue, the oldest first.
    let history: [Int]
    /// The input that the recommendation was read from.
    let query: RecommenderInput
    /// All items after the whole history, those of the history left out.
    let before: ItemRanking
    /// The item that is recommended.
    let recommended: Int
    /// The second pass, in which the recommended item stands in its place.
    let abduction: RecommenderInput
    /// What the deepest attention layer saw in that pass.
    let trace: AttentionTrace
    /// Its tokens as nodes.
    let layout: NodeLayout

    private let replacement: HistoryReplacement

    /// Recommends after one history, and runs the abductive pass.
    ///
    /// - Throws: `ExplanationError.emptyHistory`, `noSuchItem`, `nothingLeft`; errors of the model.
    init(
        _ recommender: Recommender, history: [Int], replacement: HistoryReplacement, in workspace: Workspace
    ) throws {
        self = try Self.all(recommender, histories: [history], replacement: replacement, in: workspace)[0]
            .get()
    }

    /// Recommends after several histories, and runs their abductive passes, all at once.
    ///
    /// - Returns: one result a history, with the errors that `init` throws.
    static func all(
        _ recommender: Recommender, histories: [[Int]], replacement: HistoryReplacement,
        in workspace: Workspace
    ) throws -> [Result<RecommendationSession, any Error>] {
        let queries = try RecommendationQuery.all(recommender, histories: histories, in: workspace)
        let passes = try queries.map { query in
            try InputFault.catching { try AbductivePass(query.get(), recommender) }
        }
        let traces = try InputFault.answers(to: passes.map { (try? $0.get()).map { [$0.input] } ?? [] }) {
            try recommender.model.traces(
                $0.map(\.ids), logitsAt: $0.map { [$0.target] }, upTo: .attention, in: workspace)
        }
        return zip(passes, traces).map { pass, traces in
            pass.flatMap { pass in
                traces.map {
                    RecommendationSession(recommender, pass, trace: $0[0], replacement: replacement)
                }
            }
        }
    }

    private init(
        _ recommender: Recommender, _ pass: AbductivePass, trace: AttentionTrace,
        replacement: HistoryReplacement
    ) {
        self.recommender = recommender
        self.replacement = replacement
        self.trace = trace
        history = pass.query.history
        query = pass.query.input
        before = pass.query.ranking
        recommended = pass.query.recommended
        abduction = pass.input
        layout = pass.layout
    }

    /// The nodes that may be replaced: all but the recommended item.
    var replaceable: [Int] { layout.nodes.indices.filter { $0 != layout.target } }

    /// Most nodes that may be replaced at once.
    ///
    /// Nothing at all is no input of a causal model; another still has the place to predict at.
    var maximumSetSize: Int {
        let canBeEmptied = replacement.choice != .delete || !recommender.model.configuration.isCausal
        return canBeEmptied ? .max : query.slots.count - 1
    }

    /// Most sets that are verified in one call of the model.
    var batchSize: Int { VerificationRound.size(tokenCount: query.ids.count, recommender.model) }

    /// The history with the items of some nodes replaced.
    ///
    /// What was not seen stays so: older items do not move up for those that are left out.
    func replacing(_ nodes: [Int]) -> [HistorySlot] {
        let seen = Array(history.suffix(query.slots.count))
        return replacement.apply(seen, at: layout.parts(of: nodes).map { $0 - (history.count - seen.count) })
    }

    /// The items' rankings after replacing each of several sets of nodes; what is left out stays the same, so that an
    /// item which was replaced is not recommended.
    func rankings(replacing sets: [[Int]], in workspace: Workspace) throws -> [ItemRanking] {
        try recommender.scores(sets.map(replacing), in: workspace).map {
            ItemRanking($0, excluding: history)
        }
    }
}
