import Testing
import WhenceDiscovery
import WhenceRendering

@testable import WhenceAnnotation

@Suite("Rows and the blocks in which they come")
struct RowChunkTests {
    private static let texts: [RowFormat: String] = [
        .jsonLines: #"{"text":"Größe 🎬","id":1}"# + "\r\n\n" + #"{"id":2}"# + "\n{\"text\":\"a\\u00e9\""
            + "\n"
            + #"{"text":"b","text":"c"}"# + "\r\n\r\n\r" + #"{"text":"last","x":[1,{"y":"z"}]}"#,
        .csv:
            "\u{FEFF}\"id\",text\r\n1,\"a, \"\"b\"\"\r\nc\"\r2,x\n\n\r\n3,\"open\n4,y,z\r5,\"é\" tail\n6, \"q\" \r\n7,\"\"\"\"",
        .tsv: "id\ttext\r\n1\t\"a\n\n2\tb\tc\r\n3\t\r\r\n4\tlast\r",
        .lines: "\u{FEFF}one\r\ntwo\rtwo\n\n \t\nGröße 🎬\nlast\r\n",
    ]

    @Test(
        "Any pieces give the same rows, whatever the pipe and the block hold", arguments: 1...17,
        [RowFormat.jsonLines, .csv, .tsv, .lines])
    func pieces(size: Int, format: RowFormat) throws {
        var bytes = Array(try #require(Self.texts[format]).utf8)
        bytes.append(contentsOf: format == .csv ? Array("\n8,\u{1}".utf8) : [0x0A, 0x61, 1])
        bytes = bytes.map { $0 == 1 ? 0xFF : $0 }
        let whole = try rows(bytes, format)
        #expect(whole.count > 5 && whole.last?.problem?.kind == .notUTF8)
        #expect(try rows(bytes, format, piece: size).map(\.summary) == whole.map(\.summary))
        #expect(try rows(bytes, format, piece: size, block: 5) == whole)
        #expect(try rows(bytes, format, piece: 64, block: size) == whole)
    }

    @Test("Rows longer than the limit do not depend on the pieces either", arguments: 1...17)
    func limited(size: Int) throws {
        for (format, text) in Self.texts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for limit in [4, 9, 20] where format == .jsonLines || format == .lines || limit > 9 {
                let bytes = Array(text.utf8)
                let whole = try rows(bytes, format, limit: limit)
                #expect(try rows(bytes, format, piece: size, block: size, limit: limit) == whole)
            }
        }
    }

    /// What random texts are made of: more of what has a meaning than chance would bring.
    private static let alphabet: [[UInt8]] =
        "{ } [ ] : , \" \\ \\u \\ud83d\\ude00 \\u00e9 text \"text\" {\"text\":\" \"} null true 1.5 -0 id\ttext id,text"
        .split(separator: " ").map { Array($0.utf8) } + [
            [0x0A], [0x0D], [0x0D, 0x0A], [0x09], [0x20], [0x00], [0xFF], [0xC3], [0xC3, 0xA9],
            [0xEF, 0xBB, 0xBF],
            [0xF0, 0x9F, 0x8E, 0xAC], [0x1F, 0x8B], [0x22, 0x2C], [0x2C, 0x22],
        ]

    @Test("Random bytes never end the reading otherwise than with rows or an error", arguments: 0..<8)
    func randomBytes(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<150 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<60, using: &generator) {
                bytes += Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]
            }
            let piece = Int.random(in: 1...20, using: &generator)
            for format in [RowFormat.jsonLines, .csv, .tsv, .lines] {
                let table = Array(
                    format == .csv ? "text,history\n".utf8 : format == .tsv ? "text\thistory\n".utf8 : "".utf8
                )
                for question in [RowQuestion.text(field: nil), .history(field: "text")] {
                    guard let whole = try? rows(table + bytes, format, question, limit: 50) else {
                        #expect(bytes.isEmpty || table.count > 0 || bytes == [0xEF, 0xBB, 0xBF])
                        continue
                    }
                    #expect(
                        try rows(table + bytes, format, question, piece: piece, block: piece, limit: 50)
                            == whole)
                    #expect(whole.map(\.index) == Array(0..<whole.count))
                    for row in whole { checkKept(row) }
                }
            }
        }
    }

    private func checkKept(_ row: InputRow) {
        for field in row.kept {
            var members: [JSONScanner.Member] = []
            let object = Array("{\"x\":\(field.json)}".utf8)
            let isJSON = object.withUnsafeBufferPointer { bytes in
                var scanner = JSONScanner(bytes)
                return (try? scanner.members(into: &members, limit: 1)) != nil
            }
            #expect(
                isJSON && !object.contains(0x0A) && !object.contains(0x0D), "\(field.json.debugDescription)")
        }
    }
}
