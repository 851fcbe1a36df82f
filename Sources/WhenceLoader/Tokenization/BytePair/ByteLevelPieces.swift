extension ByteLevelModel {
    /// The tokens of a word, every one with the bytes of the original text that it stands for.
    ///
    /// A piece of bytes may begin or end inside a character; it then stands for the whole character, which its
    /// neighbours stand for as well. White space counts only where a piece holds nothing else: `Ġgood` stands for
    /// `good`, and `Ġ` alone for the blank.
    func tokens(of word: ArraySlice<TracedScalar>, spelling: (Int) -> String?) -> [Token] {
        var bytes: [UInt8] = []
        var owners: [Int] = []
        bytes.reserveCapacity(word.count)
        owners.reserveCapacity(word.count)
        for index in word.indices {
            for byte in word[index].scalar.utf8 {
                bytes.append(byte)
                owners.append(index)
            }
        }
        var start = 0
        return pieces(of: bytes).map { piece in
            let characters = word[owners[start]...owners[piece.end - 1]]
            start = piece.end
            return Token(id: piece.id, piece: spelling(piece.id) ?? "", span: characters.visibleSpan)
        }
    }
}

extension ArraySlice<TracedScalar> {
    /// The bytes of the original text that the characters stand for, white space at the ends left out where there is
    /// anything else; empty for characters that were added.
    var visibleSpan: Range<Int> {
        func isBlank(_ traced: TracedScalar) -> Bool {
            traced.scalar.isPythonWhiteSpace || traced.scalar == "▁"
        }
        let first = firstIndex { !isBlank($0) } ?? startIndex
        let last = lastIndex { !isBlank($0) } ?? endIndex - 1
        guard first <= last, indices.contains(first) else { return 0..<0 }
        return self[first].span.joined(with: self[last].span)
    }
}
