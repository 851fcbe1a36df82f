/// What went wrong while a transformer ran.
public enum InferenceError: Error, Sendable, Hashable {
    /// An input, counted from 0, has no tokens.
    case emptyInput(input: Int)
    /// An id that the vocabulary does not have; `position` counts from 0.
    case unknownToken(id: Int, position: Int, vocabularySize: Int)
    /// A token type that the model does not have.
    case unknownTokenType(type: Int, position: Int, typeCount: Int)
    /// More tokens than the model has positions.
    case tooLong(tokenCount: Int, limit: Int)
    /// What is kept of an input's attention would not fit into the memory that the process can take.
    case tooLarge(tokenCount: Int, bytes: Int, memory: Int)
    /// The weights would not fit into the memory that the process can take.
    case modelTooLarge(bytes: Int, memory: Int)
    /// Not one token type for each token, or not one list of them for each input.
    case tokenTypesMismatch(expected: Int, found: Int)
    /// Logits were asked of a position, counted from 0, that the input does not have.
    case noSuchPosition(Int, tokenCount: Int)
    /// Not one list of positions for each input.
    case positionsMismatch(expected: Int, found: Int)
    /// A result is infinite or not a number; `place` names the layer that it appeared in.
    case notFinite(place: String)
}

extension InferenceError: CustomStringConvertible {
    /// One sentence: what happened, where, and what to try.
    public var description: String {
        switch self {
        case .emptyInput(let input):
            "Input \(input) has no tokens. Give at least one."
        case .unknownToken(let id, let position, let vocabularySize):
            "Token \(position) has id \(id), but the vocabulary ends at \(vocabularySize - 1). "
                + "The tokenizer does not belong to this model."
        case .unknownTokenType(let type, let position, let typeCount):
            "Token \(position) has type \(type), but the model knows types below \(typeCount). "
                + "The tokenizer does not belong to this model."
        case .tooLong(let tokenCount, let limit):
            "The input has \(tokenCount) tokens, but the model reads at most \(limit). "
                + "Shorten it or split it."
        case .tooLarge(let tokenCount, let bytes, let memory):
            "The attention of \(tokenCount) tokens takes \(bytes >> 20) MiB, but there is memory for "
                + "\(memory >> 20) MiB. Shorten the input or split it."
        case .modelTooLarge(let bytes, let memory):
            "The model's weights take \(bytes >> 20) MiB, but there is memory for \(memory >> 20) MiB. "
                + "Raise the limit of memory, or take 8-bit weights or a smaller model."
        case .tokenTypesMismatch(let expected, let found):
            "There are \(found) token types for \(expected) tokens. Give one for each, or none."
        case .noSuchPosition(let position, let tokenCount):
            "Logits were asked of position \(position), but the input has the positions 0 to \(tokenCount - 1)."
        case .positionsMismatch(let expected, let found):
            "There are \(found) lists of positions for \(expected) inputs. Give one for each, or none."
        case .notFinite(let place):
            "The result of \(place) is not finite. The model's weights are damaged, or its training diverged."
        }
    }
}
