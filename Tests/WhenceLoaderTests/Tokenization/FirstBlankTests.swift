import Testing

@testable import WhenceLoader

@Suite("A ▁ before the first character alone: which one that is, after the tokenizers library 0.21")
struct FirstBlankTests {
    private static let ab = #"{"type":"Replace","pattern":{"String":"ab"},"content":"c"}"#
    private static let a = #"{"type":"Replace","pattern":{"String":"a"},"content":"c"}"#
    private static let blanks = #"{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"b"}"#
    private static let strip = #"{"type":"Strip","strip_left":true,"strip_right":true}"#
    /// Stands for the table of the fixtures, which drops U+200B.
    private static let table = "TABLE"

    private static func sequence(_ parts: String...) -> String {
        #"{"type":"Sequence","normalizers":[\#(parts.joined(separator: ","))]}"#
    }

    /// Ids: 1 is `▁`, 2 to 4 are the letters, 5 is the added token `#`.
    private static let cases: [(normalizer: String, text: String, ids: [Int])] = [
        (table, "\u{200B}ab", [1, 2, 3]), (table, "ab", [1, 2, 3]), (table, "a#b", [1, 2, 5, 3]),
        (table, "\u{200B}\u{200B}b", [1, 3]),
        (ab, "abb", [4, 3]), (ab, "bab", [1, 3, 4]), (a, "abb", [1, 4, 3, 3]),
        (blanks, "  a", [3, 2]), (blanks, " a", [1, 2]),
        (sequence(table, ab), "\u{200B}abb", [4, 3]),
        (sequence(strip, table), " \u{200B}ab", [2, 3]), (sequence(strip, table), " ab", [2, 3]),
    ]

    @Test("The first character of the input", arguments: cases.indices)
    func first(index: Int) throws {
        let (normalizer, text, ids) = Self.cases[index]
        let path = "families/xlm-roberta-fast/tokenizer.json"
        let given = try TokenizerJSON.object(TokenizerFixtures.bytes(path), path: path)["normalizer"]?.object
        let parts = given?["normalizers"]?.array ?? given.map { [.object($0)] } ?? []
        let table = try #require(parts.first { $0.object?["type"]?.string == "Precompiled" }).text
        let file =
            ##"{"added_tokens":[{"id":9,"content":"#","normalized":false,"special":false}],"normalizer":"##
            + normalizer.split(separator: "TABLE", omittingEmptySubsequences: false).joined(separator: table)
            + #","pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false},"#
            + #""model":{"type":"Unigram","unk_id":0,"vocab":[["?",-9],["▁",-1],["a",-1],["b",-1],["c",-1]]}}"#
        let settings = Array(#"{"tokenizer_class":"PreTrainedTokenizerFast"}"#.utf8)
        try TokenizerFixtures.withFolder(
            ["tokenizer.json": Array(file.utf8), "tokenizer_config.json": settings]
        ) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            #expect(try tokenizer.encode(text, maximumLength: 9).ids == ids, "\(normalizer) \(text)")
        }
    }
}
