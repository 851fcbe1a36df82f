import Testing
import WhenceTestSupport

@testable import WhenceLoader

@Suite("Cuts of unigram models")
struct UnigramSumTests {
    /// Texts, and their pieces as two releases of the library cut them.
    private struct Cuts: Decodable {
        var texts: [String]
        var single: [[Int]]
        var mixed: [[Int]]
    }

    @Test(
        "Ways that differ in their sum's last bit are told apart as each library does",
        arguments: ["sums", "sums-bytes", "sums-large"])
    func lastBit(name: String) throws {
        let cuts = try TokenizerFixtures.decode(Cuts.self, "small/\(name).json")
        let single = try TokenizerFixtures.smallModel(name)
        let mixed = try TokenizerFixtures.smallModel(name, sums: .mixed)
        #expect(zip(cuts.single, cuts.mixed).count { $0 != $1 } == 15)
        for (index, text) in cuts.texts.enumerated() {
            let traced = TracedText(original: text)
            #expect(try single.pieces(of: traced).pieces.map(\.id) == cuts.single[index], "\(text)")
            #expect(try mixed.pieces(of: traced).pieces.map(\.id) == cuts.mixed[index], "\(text)")
        }
    }

    @Test("Every byte of a text is in one piece", arguments: ["sums", "sums-bytes", "sums-large", "suffix"])
    func complete(name: String) throws {
        let model = try TokenizerFixtures.smallModel(name)
        for text in ["", "a", "fffff 漢字 é", "x\u{0}y", "😀😀 ab", "▁▁", "b-a--h"] {
            let (normalized, pieces) = try model.pieces(of: TracedText(original: text))
            #expect(pieces.flatMap { Array($0.range) } == Array(normalized.bytes.indices), "\(text)")
        }
    }

    @Test("Pieces that are not parts of texts are known but never found in one")
    func notCut() throws {
        let model = try TokenizerFixtures.smallModel("sums")
        for spelling in ["<s>", "h", "ee"] { #expect(model.knownID(of: spelling) != nil, "\(spelling)") }
        #expect(model.knownID(of: "漢") == nil)
        #expect(model.knownID(of: "") == nil)
        let pieces = try model.pieces(of: TracedText(original: "h")).pieces
        #expect(pieces.map { model.spelling($0.id) } == ["▁", "<unk>"])
    }

    @Test("A vocabulary that the library would refuse is refused by what is wrong with it")
    func refused() throws {
        let bytes = try TokenizerFixtures.bytes("small/sums.model")
        /// A piece of a vocabulary with its score and its type.
        func piece(_ spelling: String, bits: UInt32 = 0, type: UInt8 = 1) -> [UInt8] {
            let text = Array(spelling.utf8)
            let score = (0..<4).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
            let content = [0x0A, UInt8(text.count)] + text + [0x15] + score + [0x18, type]
            return [0x0A, UInt8(content.count)] + content
        }
        func loads(_ more: [UInt8]) throws { _ = try SentencePieceModel(bytes + more, path: "spiece.model") }
        try loads(piece("new"))
        // A special token may be spelt as another piece; a NUL piece that is not used is passed over.
        try loads(piece("a", type: 3) + piece("\0", type: 5))
        let cases: [([UInt8], String)] = [
            (piece("new", bits: Float.nan.bitPattern), "the score nan of piece"),
            (piece("new", bits: Float.infinity.bitPattern), "the score inf of piece"),
            (piece("new", bits: (-Float.infinity).bitPattern, type: 3), "the score -inf of piece"),
            (piece(""), "no spelling of piece"),
            (piece("a\0b"), "a NUL byte in piece"),
            (piece("aaa", type: 4), "that is spelt as one before it"),
            (piece("<s>", type: 3), "that is spelt as one before it"),
            (piece("[UNK]", type: 2), "2 pieces for unknown characters"),
            (piece("<0x41>", type: 6), "pieces for bytes in a model that says it has none"),
            // Field 35 of the trainer's settings.
            (piece("<0x41>", type: 6) + [0x12, 3, 0x98, 2, 1], "1 pieces for bytes, among them not all"),
        ]
        for (more, found) in cases {
            let error = #expect(throws: LoaderError.self) { try loads(more) }
            #expect(error?.description.contains(found) == true, "\(error?.description ?? "")")
        }
    }

    @Test("Scores as large as they can be lead to a cut")
    func extremes() throws {
        let bytes = try TokenizerFixtures.bytes("small/sums.model")
        let most = (0..<4).map {
            UInt8(truncatingIfNeeded: (-Float.greatestFiniteMagnitude).bitPattern >> ($0 * 8))
        }
        let model = try SentencePieceModel(
            bytes + [0x0A, 8, 0x0A, 1, 0x7E, 0x15] + most, path: "spiece.model")
        let text = TracedText(original: String(repeating: "~漢", count: 500))
        let (normalized, pieces) = try model.pieces(of: text)
        #expect(pieces.flatMap { Array($0.range) } == Array(normalized.bytes.indices))
        #expect(pieces.count { model.spelling($0.id) == "~" } == 500)
    }

    @Test("What a user-defined piece leaves of a character is normalised as the library does")
    func halfCharacter() throws {
        let bytes = try TokenizerFixtures.bytes("small/sums.model")
        // The first byte of é. SentencePiece 0.2.3 makes U+FFFD of the second.
        let model = try SentencePieceModel(
            bytes + [0x0A, 5, 0x0A, 1, 0xC3, 0x18, 4], path: "spiece.model")
        let (text, pieces) = try model.pieces(of: TracedText(original: "aéa😀"))
        #expect(pieces.map(\.id) == [18, 0, 8, 0])
        #expect(pieces.map { text.span(of: $0.range) } == [0..<1, 1..<3, 3..<4, 4..<8])
    }
}
