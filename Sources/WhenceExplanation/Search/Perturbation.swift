internal import WhenceLoader

/// Replaces tokens of an input by their ids; the text is never tokenized again.
struct Perturbation: Sendable {
    /// What takes a token's place; `nil` leaves the token out.
    private let substitute: Int?

    /// The replacement that a tokenizer allows.
    ///
    /// - Parameter choice: `nil` takes the mask token where there is one, and the unknown token elsewhere.
    /// - Throws: `ExplanationError.noReplacementToken` if the choice needs a mask token and there is none.
    init(_ choice: Replacement?, tokenizer: any Tokenizer) throws(ExplanationError) {
        let special = tokenizer.specialTokens
        switch Self.resolved(choice, special) {
        case .mask:
            guard let mask = special.mask else { throw .noReplacementToken(.mask, tokenizer: tokenizer.kind) }
            substitute = mask
        case .pad: substitute = special.padding
        case .unknown: substitute = special.unknown
        case .delete: substitute = nil
        }
    }

    /// The choice that is in force where none was made.
    static func resolved(_ choice: Replacement?, _ special: SpecialTokens) -> Replacement {
        choice ?? (special.mask == nil ? .unknown : .mask)
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
