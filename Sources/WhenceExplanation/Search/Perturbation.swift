internal import WhenceLoader

/// Replaces tokens of an input by their ids; the text is never tokenized again.
struct Perturbation: Sendable {
    /// What takes a token's place; `nil` leaves the token out.
    private let substitute: Int?

    /// The replacement that a model allows.
    ///
    /// - Parameters:
    ///   - choice: `nil` takes the model's first choice.
    ///   - isCausal: whether tokens see only earlier ones.
    /// - Throws: `ExplanationError.noReplacementToken` if the model has no token for the choice.
    init(_ choice: Replacement?, tokenizer: any Tokenizer, isCausal: Bool) throws(ExplanationError) {
        let special = tokenizer.specialTokens
        let choices = Self.choices(special, isCausal: isCausal)
        let choice = choice ?? choices[0]
        guard choices.contains(choice) else {
            throw .noReplacementToken(choice, choices: choices)
        }
        substitute =
            switch choice {
            case .mask: special.mask
            case .pad: special.padding
            case .unknown: special.unknown
            case .delete: nil
            }
    }

    /// The replacements that a model allows, the one that is taken where none was chosen first.
    ///
    /// A causal model knows no mask, and its unknown token is the one that stands between texts: what is left out
    /// disturbs it least, as what follows still stands behind what it followed. It has no padding of its own.
    static func choices(_ special: SpecialTokens, isCausal: Bool) -> [Replacement] {
        if isCausal { return [.delete, .unknown] }
        return special.mask == nil ? [.unknown, .delete, .pad] : [.mask, .unknown, .delete, .pad]
    }

    /// The ids with the tokens at `positions` replaced.
    func apply(_ ids: [Int], at positions: [Int]) -> [Int] {
        var result = ids
        guard let substitute else {
            for position in positions.sorted(by: >) { result.remove(at: position) }
            return result
        }
        for position in positions { result[position] = substitute }
        return result
    }
}
