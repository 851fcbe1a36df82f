/// Finds added tokens in a text as it stands and cuts it there.
///
/// - Note: `PreTrainedTokenizer.tokenize` and `Trie.split` of Hugging Face transformers 4.48.3.
struct AddedTokenSplitter: Sendable {
    private let tokens: [Int: AddedToken]
    private let trie: ByteTrie
    private let ids: ByteTrie
    /// Spellings that lower-casing leaves alone, each with its place in the order in which they are tried.
    private let protected: ByteTrie
    private let findsTokens: Bool

    /// A stretch of a text.
    struct Stretch {
        /// The id of the added token that it is; `nil` for text that has still to be cut.
        var id: Int?
        /// Its characters.
        var text: TracedText
    }

    /// A splitter for the tokens of a vocabulary.
    init(_ vocabulary: AddedVocabulary) {
        tokens = vocabulary.tokens
        trie = vocabulary.found
        ids = vocabulary.ids
        var protected = ByteTrie()
        // Of one spelling the first place stays.
        for (place, spelling) in vocabulary.protected.enumerated().reversed() {
            protected.insert(spelling.utf8, place)
        }
        self.protected = protected
        findsTokens = !vocabulary.isIgnoredInTexts
    }

    /// The text in lower case, character by character, so that `Σ` becomes `σ` everywhere, except for the
    /// spellings that are protected.
    ///
    /// - Complexity: O(bytes · length of the longest protected spelling).
    func lowercased(_ text: TracedText) -> TracedText {
        let bytes = protected.isEmpty ? [] : text.scalars.flatMap { $0.scalar.utf8 }
        var result: [TracedScalar] = []
        result.reserveCapacity(text.scalars.count)
        var offset = 0
        /// Where the protected spelling ends that was found last.
        var keptEnd = 0
        for traced in text.scalars {
            if !protected.isEmpty, offset >= keptEnd,
                let kept = protected.matches(in: bytes[offset...]).min(by: { $0.value < $1.value })
            {
                keptEnd = kept.end
            }
            if offset < keptEnd {
                result.append(traced)
            } else {
                for scalar in traced.scalar.lowercaseScalars {
                    result.append(TracedScalar(scalar: scalar, span: traced.span))
                }
            }
            offset += traced.scalar.utf8.count
        }
        return TracedText(result)
    }

    /// The text cut at added tokens: the leftmost first, the longest where several begin at one place.
    func split(_ text: TracedText) -> [Stretch] {
        guard findsTokens else { return text.scalars.isEmpty ? [] : [Stretch(id: nil, text: text)] }
        var stretches = trie.isEmpty ? [Stretch(id: nil, text: text)] : cut(text)
        for index in stretches.indices {
            guard let id = id(of: stretches[index]), let token = tokens[id] else { continue }
            let before = index > 0 ? stretches[index - 1].text : TracedText()
            let behind = index + 1 < stretches.count ? stretches[index + 1].text : TracedText()
            if token.takesSpaceBehind, index + 1 < stretches.count {
                stretches[index + 1].text = behind.strippingLeadingWhiteSpace()
            }
            if token.takesSpaceBefore, index > 0 {
                stretches[index - 1].text = before.strippingTrailingWhiteSpace()
            }
            guard token.isWholeWord else { continue }
            if let last = before.scalars.last, last.scalar != " " {
                stretches[index - 1].text.scalars += stretches[index].text.scalars
                stretches[index - 1].id = nil
                stretches[index] = Stretch(id: nil, text: TracedText())
            } else if let first = behind.scalars.first, first.scalar != " " {
                stretches[index + 1].text.scalars.insert(contentsOf: stretches[index].text.scalars, at: 0)
                stretches[index + 1].id = nil
                stretches[index] = Stretch(id: nil, text: TracedText())
            }
        }
        return stretches.compactMap { stretch in
            stretch.text.scalars.isEmpty ? nil : Stretch(id: id(of: stretch), text: stretch.text)
        }
    }

    /// The added token that a stretch is. One that was joined to its neighbour is text again, but joining and
    /// stripping can leave just a token.
    private func id(of stretch: Stretch) -> Int? {
        stretch.id ?? ids.value(stretch.text.scalars.lazy.flatMap(\.scalar.utf8))
    }

    private func cut(_ text: TracedText) -> [Stretch] {
        var bytes: [UInt8] = []
        /// For each byte its character.
        var owners: [Int] = []
        bytes.reserveCapacity(text.scalars.count)
        owners.reserveCapacity(text.scalars.count)
        for (index, traced) in text.scalars.enumerated() {
            for byte in traced.scalar.utf8 {
                bytes.append(byte)
                owners.append(index)
            }
        }
        owners.append(text.scalars.count)

        var stretches: [Stretch] = []
        var start = 0
        var index = 0
        func close(at end: Int) {
            guard end > start else { return }
            stretches.append(Stretch(id: nil, text: TracedText(text.scalars[owners[start]..<owners[end]])))
        }
        while index < bytes.count {
            guard trie.child(of: ByteTrie.root, bytes[index]) != nil,
                let match = trie.longestMatch(in: bytes[index...])
            else {
                index += 1
                continue
            }
            close(at: index)
            let characters = text.scalars[owners[index]..<owners[match.end]]
            stretches.append(Stretch(id: match.value, text: TracedText(characters)))
            index = match.end
            start = match.end
        }
        close(at: bytes.count)
        return stretches
    }
}
