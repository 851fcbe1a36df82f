import Testing

@testable import WhenceLoader

@Suite("Broken SentencePiece models are refused or harmless")
struct HostileModelTests {
    @Test(
        "What is no model is refused",
        arguments: [
            [], [0], Array("A text file.\nWith two lines.\n".utf8), [UInt8](repeating: 0xFF, count: 5000),
        ])
    func noModel(bytes: [UInt8]) {
        #expect(throws: LoaderError.self) { try SentencePieceModel(bytes, path: "spiece.model") }
    }

    @Test("A truncated model is refused or cuts texts", arguments: ["bpe", "bytes", "rules", "sums-bytes"])
    func truncated(name: String) throws {
        let bytes = try TokenizerFixtures.bytes("small/\(name).model")
        for length in stride(from: 0, to: bytes.count, by: 61) { use(Array(bytes.prefix(length))) }
    }

    @Test(
        "A model with changed bytes is refused or cuts texts",
        arguments: ["bpe", "bytes", "rules", "suffix", "sums"])
    func changed(name: String) throws {
        let bytes = try TokenizerFixtures.bytes("small/\(name).model")
        for place in stride(from: 0, to: bytes.count, by: 13) {
            for value in [0, 0x7F, 0xFF] as [UInt8] {
                var changed = bytes
                changed[place] = value
                use(changed)
            }
        }
    }

    @Test("Fields that readers could take for others are refused")
    func ambiguousFields() throws {
        let bytes = try TokenizerFixtures.bytes("small/bpe.model")
        // Field 3 of a reader that keeps 32 bits of the key; an unknown field to others.
        #expect(throws: LoaderError.self) {
            try SentencePieceModel(bytes + [0x9A, 0x80, 0x80, 0x80, 0x10, 0], path: "spiece.model")
        }
        // Groups, and field 0.
        for more in [[0x0B, 0x0C], [0, 0], [0x07]] as [[UInt8]] {
            #expect(throws: LoaderError.self) { try SentencePieceModel(bytes + more, path: "spiece.model") }
        }
    }

    @Test("User-defined pieces that begin with one another are refused where the library has no room")
    func nestedPieces() throws {
        let bytes = try TokenizerFixtures.bytes("small/bpe.model")
        func model(nesting depth: Int) -> [UInt8] {
            bytes
                + (1...depth).flatMap { length -> [UInt8] in
                    [0x0A, UInt8(length + 4), 0x0A, UInt8(length)] + [UInt8](repeating: 0x7E, count: length)
                        + [0x18, 4]
                }
        }
        let tokenizer = try SentencePieceModel(model(nesting: 60), path: "spiece.model")
        let tilde = TracedText(original: String(repeating: "~", count: 100))
        #expect(try tokenizer.pieces(of: tilde).pieces.count >= 2)
        #expect(throws: LoaderError.self) { try SentencePieceModel(model(nesting: 70), path: "spiece.model") }
    }

    @Test("A normalisation table that points outside itself is refused")
    func tables() throws {
        /// A table of `units`, with the replacements behind them.
        func table(_ units: [UInt32], _ replacements: [UInt8] = [0]) -> [UInt8] {
            let numbers = [UInt32(units.count * 4)] + units
            return numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
                + replacements
        }
        // The root's children begin at 256; the one for "a" is a rule whose number stands at 0x1FE.
        var units = [UInt32](repeating: 0x8000_0000, count: 512)
        units[0] = 256 << 10
        units[0x161] = (0x161 ^ 0x1FE) << 10 | 0x100 | 0x61
        let match = try CharacterMap(table(units, [0x62, 0])).longestMatch([0x61, 2])
        #expect(match?.length == 1 && match?.output.elementsEqual([0x62]) == true)
        for (length, isRead) in [(256, true), (257, false)] {
            let long = table(units, [UInt8](repeating: 0x62, count: length) + [0])
            #expect(((try? CharacterMap(long)) != nil) == isRead, "\(length) bytes")
        }
        // The rule's replacement lies beyond the table.
        units[0x1FE] = 0x8000_0009
        #expect(throws: SentencePieceFile.Defect.self) { try CharacterMap(table(units)) }
        // A path that comes back to itself.
        units[0x161] = (0x161 ^ 0x100) << 10 | 0x61
        #expect(throws: SentencePieceFile.Defect.self) { try CharacterMap(table(units)) }
        // Children beyond the table.
        units[0] = 1 << 20
        #expect(throws: SentencePieceFile.Defect.self) { try CharacterMap(table(units)) }
        for bytes in [[1], [0, 0, 0, 0, 0], [255, 255, 255, 255, 0, 0], table([0])] as [[UInt8]] {
            #expect(throws: SentencePieceFile.Defect.self) { try CharacterMap(bytes) }
        }
    }

    /// Loads and cuts; errors are fine, anything else ends the test run.
    private func use(_ bytes: [UInt8]) {
        guard let model = try? SentencePieceModel(bytes, path: "spiece.model") else { return }
        let settings = TokenizerSettings()
        let tokenizer = SentencePieceTokenizer(model: model, rules: .albert(settings), settings: settings)
        for text in ["The ﬁlm is n't bad , 1,000 “times” … 漢😀", "", " \0"] {
            _ = try? tokenizer.encode(text, maximumLength: 512)
        }
    }

    @Test("A piece longer than any trainer makes is refused, which would be deeper than the library's stack")
    func longPieces() throws {
        let bytes = try TokenizerFixtures.bytes("small/bpe.model")
        func number(_ value: Int) -> [UInt8] {
            value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + number(value >> 7)
        }
        func model(withPieceOf length: Int) -> [UInt8] {
            let piece = [0x0A] + number(length) + [UInt8](repeating: 0x7E, count: length)
            return bytes + [0x0A] + number(piece.count) + piece
        }
        let tokenizer = try SentencePieceModel(model(withPieceOf: 2_048), path: "spiece.model")
        #expect(try tokenizer.pieces(of: TracedText(original: "~~ a")).pieces.count > 1)
        for length in [2_049, 2_000_000] {
            let error = #expect(throws: LoaderError.self) {
                try SentencePieceModel(model(withPieceOf: length), path: "spiece.model")
            }
            #expect(error?.description.contains("found \(length) bytes in piece ") == true)
        }
    }
}
