import Foundation
import Testing

@testable import WhenceLoader

@Suite("Every family's tokens are those of the reference libraries")
struct FamilyTokenizationTests {
    @Test(
        "Ids of one text and of two are Hugging Face's, slow and fast", arguments: FamilyFixture.huggingFace)
    func huggingFace(fixture: FamilyFixture) throws {
        let texts = try FamilyFixture.texts()
        let expected = try fixture.expected()
        let tokenizer = try fixture.tokenizer()
        let ids = try #require(expected.ids)
        try #require(ids.count == texts.count)
        for (text, ids) in zip(texts, ids) {
            let encoded = try tokenizer.encode(text, maximumLength: 10_000)
            #expect(encoded.ids == ids, "\(text.debugDescription)")
        }
        let pairs = try #require(expected.pairs)
        try #require(pairs.count == texts.count / 2 - 3)
        for (index, pair) in pairs.enumerated() {
            let (first, second) = (texts[6 + 2 * index], texts[7 + 2 * index])
            let encoded = try tokenizer.encodePair(first, second, maximumLength: FamilyFixture.pairLength)
            #expect(encoded.ids == pair.ids, "\(first.debugDescription), \(second.debugDescription)")
            #expect(encoded.types == pair.types)
        }
    }

    @Test("Ids of texts are those of Keras' tokenizers", arguments: FamilyFixture.keras)
    func keras(fixture: FamilyFixture) throws {
        let texts = try FamilyFixture.texts()
        let body = try #require(try fixture.expected().body)
        try #require(body.count == texts.count)
        let tokenizer = try fixture.tokenizer()
        for (text, ids) in zip(texts, body) {
            let tokens = try tokenizer.encode(text, maximumLength: 10_000).tokens
            #expect(tokens.filter { $0.span != nil }.map(\.id) == ids, "\(text.debugDescription)")
        }
    }

    @Test(
        "Spans ascend, end at characters, and each token is in one word",
        arguments: FamilyFixture.huggingFace + FamilyFixture.keras)
    func spans(fixture: FamilyFixture) throws {
        let tokenizer = try fixture.tokenizer()
        for text in try FamilyFixture.texts() {
            let encoded = try tokenizer.encode(text, maximumLength: 10_000)
            let bytes = Array(text.utf8)
            var previous = 0..<0
            for token in encoded.tokens {
                #expect(tokenizer.piece(token.id) == token.piece)
                guard let span = token.span else { continue }
                #expect(span.upperBound <= bytes.count)
                for end in [span.lowerBound, span.upperBound] where end < bytes.count {
                    #expect(
                        bytes[end] & 0xC0 != 0x80, "\(token) cuts a character of \(text.debugDescription)")
                }
                #expect(
                    span.lowerBound >= previous.lowerBound && span.upperBound >= previous.upperBound,
                    "\(token) comes before \(previous) in \(text.debugDescription)")
                previous = span
            }
            let owned = encoded.words.flatMap(\.tokens).sorted()
            #expect(owned == encoded.tokens.indices.filter { encoded.tokens[$0].span != nil })
        }
    }

    @Test("Byte-level tokens lose no character that is seen", arguments: ["roberta", "gpt2", "roberta-fast"])
    func nothingIsLost(name: String) throws {
        let tokenizer = try FamilyFixture(name: name).tokenizer()
        for text in try FamilyFixture.texts() {
            var covered = [Bool](repeating: false, count: text.utf8.count)
            for token in try tokenizer.encode(text, maximumLength: 10_000).tokens {
                for index in token.span ?? 0..<0 { covered[index] = true }
            }
            var offset = 0
            for scalar in text.unicodeScalars {
                let width = scalar.utf8.count
                let isSeen = !scalar.isPythonWhiteSpace && scalar != "▁"
                #expect(
                    !isSeen || covered[offset..<offset + width].allSatisfy { $0 }, "\(text.debugDescription)")
                offset += width
            }
        }
    }

    @Test("A piece of a character stands for the whole of it, and a blank before a word for nothing")
    func spansOfBytes() throws {
        let tokenizer = try FamilyFixture(name: "roberta").tokenizer()
        let tokens = try tokenizer.encode("a 漢 ", maximumLength: 100).tokens
        #expect(tokens.map(\.span) == [nil, 0..<1, 1..<2, 2..<5, 2..<5, 2..<5, 5..<6, nil])
        #expect(tokens.map(\.piece) == ["<s>", "a", "Ġ", "æ", "¼", "¢", "Ġ", "</s>"])
        let mask = try tokenizer.encode("film  <mask>.", maximumLength: 100).tokens.first {
            $0.piece == "<mask>"
        }
        #expect(mask?.span == 6..<12)
    }

    @Test("Two texts that do not fit are cut, and it is said where")
    func cutPairs() throws {
        let tokenizer = try FamilyFixture(name: "bert").tokenizer()
        let pair = try tokenizer.encodePair("the film is bad", "the film", maximumLength: 8)
        #expect(pair.tokens.map(\.piece) == ["[CLS]", "the", "film", "is", "[SEP]", "the", "film", "[SEP]"])
        #expect(pair.sides == [nil, .first, .first, .first, nil, .second, .second, nil])
        #expect(pair.first.unseenFrom == 12 && pair.second.unseenFrom == nil)
        #expect(
            pair.first.words.map(\.tokens) == [[1], [2], [3]]
                && pair.second.words.map(\.tokens) == [[5], [6]])
        #expect(throws: LoaderError.self) { try tokenizer.encodePair("a", "b", maximumLength: 2) }
    }

    @Test(
        "A folder without tokenizer.json has no fast tokenizer, and one with nothing else has no need of a choice"
    )
    func choice() throws {
        let slow = FamilyFixture(name: "roberta")
        let error = #expect(throws: LoaderError.self) {
            try makeTokenizer(
                folder: slow.folder.path, modelType: "roberta", vocabularySize: nil, choice: .fast)
        }
        #expect(error?.description.contains("tokenizer.json") == true)
        let fast = FamilyFixture(name: "roberta-fast")
        let only = try makeTokenizer(folder: fast.folder.path, modelType: "roberta", vocabularySize: nil)
        #expect(only.kind == "BPE (tokenizer.json)")
    }
}
