public import WhenceInference
public import WhenceLoader
public import WhenceTensor

/// A recommender of items: a transformer over a user's history with the catalogue of its items.
///
/// BERT4Rec (Sun et al., CIKM 2019, arXiv 1904.06690) puts a mask behind the history and reads the recommendation
/// there.
public struct Recommender: Sendable {
    /// The transformer.
    public let model: Transformer
    /// The items that it knows.
    public let catalogue: ItemCatalogue
    /// Which model this is.
    public let identity: ModelIdentity

    private let maskToken: Int

    /// Loads a recommender.
    ///
    /// - Parameters:
    ///   - folder: a folder with a masked-language model over items and its `items.json`.
    ///   - precision: how the weights of the dense layers are kept.
    /// - Throws: `LoaderError`, `InferenceError`; `ExplanationError.noRecommender` if the folder's model
    ///   recommends nothing.
    public init(_ folder: ModelFolder, precision: Precision = .float32) async throws {
        guard folder.configuration.head == .maskedLanguageModel else {
            throw ExplanationError.noRecommender(model: folder.path)
        }
        async let digest = folder.sha256()
        catalogue = try folder.itemCatalogue()
        guard let mask = catalogue.maskToken else {
            throw LoaderError.invalid(
                path: "\(folder.path)/\(ItemCatalogue.fileName)", place: "special.mask",
                expected: "the token that the model predicts at", found: "nothing",
                hint: "A masked-language model needs it.")
        }
        maskToken = mask
        model = try Transformer(folder, precision: precision)
        identity = ModelIdentity(
            family: folder.configuration.family.rawValue, name: folder.name,
            parameters: folder.parameterCount, sha256: try await digest, precision: precision.rawValue)
    }

    /// The most items of a history that the model sees: the last ones.
    public var historyLimit: Int { model.configuration.maximumTokenCount - 1 }

    /// The input that asks for a recommendation: the last `historyLimit` slots, then the place to predict at.
    public func query(_ history: [HistorySlot]) -> RecommenderInput {
        let seen = history.suffix(historyLimit)
        return RecommenderInput(
            ids: seen.map(token) + [maskToken], slots: Array(0..<seen.count), target: seen.count)
    }

    /// The abductive input: the recommended item stands where the model predicted it.
    ///
    /// - Note: Rohekar et al. 2023, §5; Nisimov et al. 2022, §3.
    public func abduction(_ history: [HistorySlot], recommended item: Int) -> RecommenderInput {
        var input = query(history)
        input.ids[input.target] = catalogue.items[item].token
        return input
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
        return try model.logits(inputs.map(\.ids), at: inputs.map { [$0.target] }, in: workspace).map {
            logits in catalogue.items.map { logits[$0.token] }
        }
    }

    private func token(_ slot: HistorySlot) -> Int {
        switch slot {
        case .item(let index): catalogue.items[index].token
        case .mask: maskToken
        case .padding: catalogue.padToken ?? maskToken
        }
    }
}
