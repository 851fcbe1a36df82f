internal import WhenceInference
internal import WhenceLoader

/// What takes the place of an item of the history whose influence is tested.
struct HistoryReplacement: Sendable {
    /// The choice that is in force.
    let choice: Replacement
    /// What stands in the item's place; `nil` leaves the item out.
    private let slot: HistorySlot?

    /// - Parameter choice: `nil` takes the recommender's first choice.
    /// - Throws: `ExplanationError.noReplacementToken` if the model has no token for the choice.
    init(_ choice: Replacement?, choices: [Replacement]) throws(ExplanationError) {
        let choice = choice ?? choices[0]
        guard choices.contains(choice) else { throw .noReplacementToken(choice, choices: choices) }
        self.choice = choice
        slot =
            switch choice {
            case .mask: .mask
            case .pad: .padding
            case .delete, .unknown: nil
            }
    }

    /// The slots of a history with the items at some of its places replaced.
    func apply(_ history: [Int], at places: [Int]) -> [HistorySlot] {
        let replaced = Set(places)
        return history.enumerated().compactMap { place, item in
            replaced.contains(place) ? slot : .item(item)
        }
    }
}

extension Recommender {
    /// What may take the place of an item whose influence is tested; the first where nothing was chosen.
    ///
    /// A causal model was never trained to see a mask: leaving the item out disturbs it least.
    public var replacementChoices: [Replacement] {
        let padding: [Replacement] = catalogue.padToken == nil ? [] : [.pad]
        let hasMask = catalogue.maskToken != nil && !model.configuration.isCausal
        return (hasMask ? [.mask, .delete] : [.delete]) + padding
    }
}
