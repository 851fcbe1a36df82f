public import WhenceInference
public import WhenceLoader
public import WhenceTensor

/// A recommender of items: a transformer over a user's history with the catalogue of its items.
///
/// BERT4Rec (Sun et al., CIKM 2019, arXiv 1904.06690) puts a mask behind the history and reads the recommendation
/// there. SASRec (Kang and McAuley, ICDM 2018, arXiv 1808.09781) is causal and reads it at the history's last item.
public struct Recommender: Sendable {
    /// The transformer.
    public let model: Transformer
    /// The items that it knows.
    public let catalogue: ItemCatalogue
    /// Which model this is.
    public let identity: ModelIdentity

    /// The token at which a masked model predicts; `nil` for a causal one.
    private let targetToken: Int?
    /// The tokens of slots that hold no item.
    private let maskToken, padToken: Int

    /// Loads a recommender.
    ///
    /// - Parameters:
    ///   - folder: a folder with a language model over items, masked or causal, and its `items.json`.
    ///   - precision: how the weights of the dense layers are kept.
    ///   - evidence: what `identity` tells the model by; its digest takes about as long as reading the model.
    /// - Throws: `LoaderError`, `InferenceError`; `ExplanationError.noRecommender` if the folder's model
    ///   recommends nothing.
    public init(
        _ folder: ModelFolder, precision: Precision = .float32,
        identifiedBy evidence: ModelIdentity.Evidence = .weights
    ) async throws {
        guard folder.configuration.head.isLanguageModel else {
            throw ExplanationError.noRecommender(model: folder.path)
        }
        async let digest = ModelIdentity.digest(folder, evidence)
        catalogue = try folder.itemCatalogue()
        let (mask, pad) = (catalogue.maskToken, catalogue.padToken)
        if !folder.configuration.isCausal, mask == nil {
            throw Self.missing("mask", "the token that the model predicts at", folder)
        }
        guard let first = mask ?? pad, let second = pad ?? mask else {
            throw Self.missing("pad", "the token that stands where an item is taken out", folder)
        }
        (maskToken, padToken) = (first, second)
        targetToken = folder.configuration.isCausal ? nil : mask
        model = try Transformer(folder, precision: precision)
        identity = ModelIdentity(folder, sha256: try await digest, precision: precision)
    }

    /// The most items of a history that the model sees: the last ones.
    ///
    /// A causal model's abductive input holds one less, as the recommended item stands behind them.
    public var historyLimit: Int { model.configuration.historyLimit }

    /// The input that asks for a recommendation: the last `historyLimit` slots, and for a masked model the place to
    /// predict at.
    ///
    /// For a model that attends to padding the window is filled up with it.
    public func query(_ history: [HistorySlot]) -> RecommenderInput {
        input(history.suffix(historyLimit), last: targetToken)
    }

    /// The abductive input: the recommended item stands where the model predicted it, behind the history.
    ///
    /// - Note: Rohekar et al. 2023, §5; Nisimov et al. 2022, §3.
    public func abduction(_ history: [HistorySlot], recommended item: Int) -> RecommenderInput {
        let limit = model.configuration.maximumTokenCount - 1
        return input(history.suffix(limit), last: catalogue.items[item].token)
    }

    /// The scores of all items behind several histories.
    ///
    /// - Parameter workspace: memory to use again; made for the call if not given.
    /// - Returns: a logit for each item of the catalogue, in its order, the items of the history included.
    /// - Throws: as `Transformer.logits`.
    public func scores(
        _ histories: [[HistorySlot]], in workspace: Workspace? = nil
    ) throws -> [[Float]] {
        let inputs = histories.map(query)
        return try model.logits(inputs.map(\.ids), at: inputs.map { [$0.target] }, in: workspace).map(scores)
    }

    /// The logits of the catalogue's items among those of the vocabulary, in the catalogue's order.
    func scores(_ logits: [Float]) -> [Float] {
        catalogue.items.map { logits[$0.token] }
    }

    private func input(_ seen: ArraySlice<HistorySlot>, last: Int?) -> RecommenderInput {
        var ids = seen.map(token)
        if let last { ids.append(last) }
        let (padding, start) = padding(behind: ids.count)
        let target = max(0, start + ids.count - 1)
        ids = start > 0 ? padding + ids : ids + padding
        return RecommenderInput(ids: ids, slots: Array(start..<start + seen.count), target: target)
    }

    /// The padding that other tokens attend to, and how much of it stands in front.
    private func padding(behind count: Int) -> (tokens: [Int], inFront: Int) {
        guard let options = model.configuration.recommender, options.paddingStates != .ignored else {
            return ([], 0)
        }
        let missing = model.configuration.maximumTokenCount - count
        return (
            Array(repeating: padToken, count: missing), options.padding == .left ? missing : 0
        )
    }

    private func token(_ slot: HistorySlot) -> Int {
        switch slot {
        case .item(let index): catalogue.items[index].token
        case .mask: maskToken
        case .padding: padToken
        }
    }

    private static func missing(_ name: String, _ purpose: String, _ folder: ModelFolder) -> LoaderError {
        .invalid(
            path: "\(folder.path)/\(ItemCatalogue.fileName)", place: "special.\(name)", expected: purpose,
            found: "nothing", hint: "A model of the family \(folder.configuration.family.rawValue) needs it.")
    }
}
