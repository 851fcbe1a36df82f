import Testing

@testable import WhenceLoader

@Suite("Words are what a reader would call words")
struct WordTests {
    @Test(
        "Texts are cut into words",
        arguments: [
            ("don't stop", ["don't", "stop"]),
            ("rock’n’roll", ["rock’n’roll"]),
            ("a well-known e-mail", ["a", "well-known", "e-mail"]),
            ("good--bad - ugly", ["good", "--", "bad", "-", "ugly"]),
            ("2.5 of 1,000, or 3.", ["2.5", "of", "1,000", ",", "or", "3", "."]),
            ("it 's n't do n't they 're", ["it", "'s", "n't", "do", "n't", "they", "'re"]),
            ("the actors' 'single' quotes", ["the", "actors", "'", "'", "single", "'", "quotes"]),
            ("'s' said", ["'", "s", "'", "said"]),
            ("wait... what?! no!!!", ["wait", "...", "what", "?", "!", "no", "!!!"]),
            ("(\"hi\")", ["(", "\"", "hi", "\"", ")"]),
            ("漢字かな 한국어", ["漢", "字", "かな", "한국어"]),
            ("👨‍👩‍👧👍🏽 🇩🇪🇫🇷1️⃣❤️", ["👨‍👩‍👧", "👍🏽", "🇩🇪", "🇫🇷", "1️⃣", "❤️"]),
            ("cafe\u{301} naïve हिन्दी", ["cafe\u{301}", "naïve", "हिन्दी"]),
            ("soft\u{AD}hyphen zero\u{200B}width", ["soft\u{AD}hyphen", "zero", "width"]),
            ("שלום, עולם", ["שלום", ",", "עולם"]),
            ("50% of $5", ["50", "%", "of", "$", "5"]),
            (" \t\r\n ", []),
            ("", []),
        ])
    func boundaries(text: String, words: [String]) {
        let found = WordBoundaries.spans(of: text).map { text.utf8Slice($0) }
        #expect(found == words)
    }

    @Test("A word holds the tokens that spell it, and the blank before it")
    func tokensOfWords() throws {
        let encoded = try TokenizerFixtures.tokenizer("albert").encode("A well-known she", maximumLength: 512)
        let pieces = encoded.words.map { word in word.tokens.map { encoded.tokens[$0].piece } }
        #expect(encoded.words.map(\.text) == ["A", "well-known", "she"])
        #expect(pieces == [["▁a"], ["▁well", "-", "k", "n", "own"], ["▁", "sh", "e"]])
    }

    @Test("Words that one token covers become one word")
    func mergedWords() throws {
        let encoded = try TokenizerFixtures.smallTokenizer("rules").encode(
            "they do n't go", maximumLength: 512)
        #expect(encoded.words.map(\.text) == ["they", "do n't", "go"])
        let unknown = try TokenizerFixtures.tokenizer("albert").encode("漢字。 go", maximumLength: 512)
        #expect(unknown.words.map(\.text) == ["漢字。", "go"])
    }

    @Test("Blanks at the end belong to the last word, and are a word where there is no other")
    func blanks() throws {
        let tokenizer = try TokenizerFixtures.smallTokenizer("suffix")
        let behind = try tokenizer.encode("a  ", maximumLength: 512)
        #expect(behind.words.map(\.text) == ["a"])
        #expect(behind.words.first?.tokens.count == behind.tokens.count - 2)
        let alone = try tokenizer.encode("   ", maximumLength: 512)
        #expect(alone.words.map(\.text) == ["   "])
    }

    @Test("Words whose characters were all dropped do not appear")
    func droppedWords() throws {
        let encoded = try TokenizerFixtures.tokenizer("bert").encode("the \u{FFFD} film", maximumLength: 512)
        #expect(encoded.words.map(\.text) == ["the", "film"])
    }
}
