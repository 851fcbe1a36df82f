internal import Synchronization

/// Cuts words into pieces of a byte-level vocabulary.
///
/// `@unchecked` is not needed: the only state that changes is the memory of words, behind a lock. What is remembered
/// is what would be computed again, so the outcome does not depend on it.
final class ByteLevelModel: Sendable {
    /// A piece of a word.
    struct Piece: Sendable {
        /// Its row in the vocabulary.
        var id: Int
        /// Where it ends in the word's bytes.
        var end: Int
    }

    private let merges: BytePairMerges
    private let alphabet: [Int32]
    private let unknown: Int
    private let known: Mutex<[[UInt8]: [Piece]]> = Mutex([:])

    /// Longer words are seldom seen twice.
    private static let longestRemembered = 48
    private static let mostRemembered = 1 << 16

    /// - Parameters:
    ///   - vocabulary: pieces and merges.
    ///   - order: how equal pairs are merged.
    ///   - unknown: the id of bytes and merged pieces that the vocabulary does not have.
    ///   - path: the vocabulary's file, for errors.
    /// - Throws: `LoaderError.invalid` when a byte has no piece and there is no `unknown` either.
    init(
        _ vocabulary: BytePairVocabulary, order: BytePairMerges.Order, unknown: Int?, path: String
    ) throws(LoaderError) {
        /// Numbers below zero for what the vocabulary does not have, but other pieces may be made of.
        var others: [[UInt8]: Int32] = [:]
        func number(_ spelling: [UInt8]) -> Int32? {
            if let id = vocabulary.ids[spelling] ?? others[spelling] { return id }
            guard unknown != nil else { return nil }
            let number = -1 - Int32(others.count)
            others[spelling] = number
            return number
        }
        var merges = BytePairMerges(order: order, reserving: vocabulary.merges.count)
        for (rank, merge) in vocabulary.merges.enumerated() {
            guard let first = number(merge.first), let second = number(merge.second),
                let whole = number(merge.first + merge.second)
            else { continue }
            merges.add(first, second, rank: rank, into: whole)
        }
        self.merges = merges
        self.unknown = unknown ?? 0
        var alphabet: [Int32] = []
        for (byte, character) in ByteAlphabet.characters.enumerated() {
            guard let id = number(Array(character.utf8)) else {
                throw .invalid(
                    path: path, place: "the vocabulary", expected: "a piece for each of the 256 bytes",
                    found: "none for byte \(byte)", hint: "Fetch or save the file again.")
            }
            alphabet.append(id)
        }
        self.alphabet = alphabet
    }

    /// The pieces of a word.
    ///
    /// - Complexity: O(bytes · log bytes), or O(bytes) for a word that was met before.
    func pieces(of word: [UInt8]) -> [Piece] {
        let isShort = word.count <= Self.longestRemembered
        if isShort, let pieces = known.withLock({ $0[word] }) { return pieces }
        let bytes = word.enumerated().map { index, byte in
            BytePairMerges.Part(piece: alphabet[Int(byte)], end: Int32(index) + 1)
        }
        let pieces = merges.merged(bytes).map { part in
            Piece(id: part.piece < 0 ? unknown : Int(part.piece), end: Int(part.end))
        }
        if isShort {
            known.withLock { known in
                if known.count >= Self.mostRemembered { known.removeAll(keepingCapacity: true) }
                known[word] = pieces
            }
        }
        return pieces
    }
}
