/// What a folder's catalogue of items is, in a few numbers.
public struct CatalogueSummary: Sendable, Hashable, Codable {
    /// How many items there are.
    public var itemCount: Int
    /// How many of them have a title that is not their id.
    public var titledCount: Int
    /// The token of padding; `nil` if there is none.
    public var padToken: Int?
    /// The token that stands for an item to be predicted; `nil` if there is none.
    public var maskToken: Int?
    /// The most items of a history that the model sees.
    public var historyLimit: Int

    init(_ catalogue: ItemCatalogue, _ configuration: ModelConfiguration) {
        itemCount = catalogue.items.count
        titledCount = catalogue.items.count { $0.title != $0.id }
        (padToken, maskToken) = (catalogue.padToken, catalogue.maskToken)
        historyLimit = configuration.historyLimit
    }

    /// A folder's catalogue, or why it cannot be read; neither for a model whose tokens are not items.
    static func read(_ folder: ModelFolder) -> (summary: CatalogueSummary?, problem: String?) {
        let configuration = folder.configuration
        guard
            configuration.family.isRecommender || (configuration.head.isLanguageModel && folder.hasCatalogue)
        else { return (nil, nil) }
        do {
            return (CatalogueSummary(try folder.itemCatalogue(), configuration), nil)
        } catch {
            return (nil, error.description)
        }
    }

    /// What takes the place of an item whose influence is tested, in words.
    var replacement: String {
        if let maskToken { return "mask, token \(maskToken)" }
        if let padToken { return "padding, token \(padToken), as there is no mask" }
        return "none: the item is left out"
    }
}

extension ModelConfiguration {
    /// The position that a recommendation is read from, in words.
    var recommendationTarget: String {
        isCausal
            ? "recommendation, at the history's last item" : "recommendation, at the mask behind the history"
    }
}
