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
    private let workspace: Workspace

    /// Most logits in one answer of the model during verification, which keeps large catalogues within memory.
    private static let logitsPerBatch = 4_000_000

    /// Recommends, and runs the abductive pass.
    ///
    /// - Throws: `ExplanationError.emptyHistory`, `noSuchItem`, `nothingLeft`; errors of the model.
    init(
        _ recommender: Recommender, history: [Int], replacement: HistoryReplacement, in workspace: Workspace
    ) throws {
        try Self.check(history, itemCount: recommender.catalogue.items.count)
        let catalogue = recommender.catalogue
        let slots = history.map(HistorySlot.item)
        self.recommender = recommender
        self.history = history
        self.replacement = replacement
        self.workspace = workspace
        query = recommender.query(slots)
        before = ItemRanking(try recommender.scores([slots], in: workspace)[0], excluding: history)
        recommended = before.top(1)[0]
        abduction = recommender.abduction(slots, recommended: recommended)
        guard !abduction.slots.isEmpty else {
            throw ExplanationError.noRecommender(model: recommender.identity.name)
        }
        let firstNode = history.count - abduction.slots.count
        layout = NodeLayout(
            abduction,
            items: (firstNode..<history.count).map { ($0, catalogue.items[history[$0]].title) },
            recommended: catalogue.items[recommended].title)
        trace = try recommender.model.trace(abduction.ids, logitsAt: [abduction.target], in: workspace)
    }

    private static func check(_ history: [Int], itemCount: Int) throws(ExplanationError) {
        guard !history.isEmpty else { throw .emptyHistory }
        if let stranger = history.first(where: { !(0..<itemCount).contains($0) }) {
            throw .noSuchItem(stranger, itemCount: itemCount)
        }
        guard Set(history).count < itemCount else { throw .nothingLeft(itemCount: itemCount) }
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
    var batchSize: Int {
        let logits = max(1, recommender.model.configuration.vocabularySize)
        return min(
            ExplanationRun.batchSize(tokenCount: query.ids.count), max(1, Self.logitsPerBatch / logits))
    }

    /// The history with the items of some nodes replaced.
    ///
    /// What was not seen stays so: older items do not move up for those that are left out.
    func replacing(_ nodes: [Int]) -> [HistorySlot] {
        let seen = Array(history.suffix(query.slots.count))
        return replacement.apply(seen, at: layout.parts(of: nodes).map { $0 - (history.count - seen.count) })
    }

    /// The items' rankings after replacing each of several sets of nodes; what is left out stays the same, so that an
    /// item which was replaced is not recommended.
    func rankings(replacing sets: [[Int]]) throws -> [ItemRanking] {
        try recommender.scores(sets.map(replacing), in: workspace).map {
            ItemRanking($0, excluding: history)
        }
    }
}
