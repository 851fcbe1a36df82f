/// One place of a history, as the model is to see it.
public enum HistorySlot: Sendable, Hashable {
    /// An item, as its index in the catalogue.
    case item(Int)
    /// The mask token in the item's place.
    case mask
    /// The padding token in the item's place, with attention to it.
    case padding
}

/// A history in the model's own terms.
public struct RecommenderInput: Sendable, Hashable {
    /// Tokens as the model reads them.
    public var ids: [Int]
    /// For each slot of the history that the model sees, the index of its token in `ids`.
    public var slots: [Int]
    /// The index of the token that the recommendation is read from.
    public var target: Int

    /// Makes an input.
    public init(ids: [Int], slots: [Int], target: Int) {
        self.ids = ids
        self.slots = slots
        self.target = target
    }
}
