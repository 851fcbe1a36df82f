import Testing

@testable import WhenceLoader

@Suite("Tokenizer files that make much of little are refused, or take the time that they are worth")
struct TokenizerGrowthTests {
    /// `tokenizer.json` of a family, with one member replaced.
    private static func file(_ name: String, _ member: String, _ value: String) throws -> [String: [UInt8]] {
        var object = try TokenizerJSON.object(
            TokenizerFixtures.bytes("families/bert-fast/tokenizer.json"), path: name)
        let given = try TokenizerJSON.object(Array("{\"x\":\(value)}".utf8), path: name)["x"]
        object.members.removeAll { $0.name == member }
        object.members.append(.init(name: member, value: try #require(given)))
        return [name: Array(try TokenizerJSON.object(object).text.utf8)]
    }

    private static func list(_ element: String, _ count: Int) -> String {
        "[\(Array(repeating: element, count: count).joined(separator: ","))]"
    }

    private static let doubling = #"{"type":"Replace","pattern":{"String":"a"},"content":"aa"}"#
    private static let bytes =
        #"{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}"#
    private static let first = #"{"Sequence":{"id":"A","type_id":0}}"#
    private static let named = #"{"SpecialToken":{"id":"x","type_id":0}}"#

    private static let refused: [(member: String, value: String, says: String)] = [
        (
            "normalizer", #"{"type":"Sequence","normalizers":\#(list(doubling, 30))}"#,
            "normalizer: expected steps that make at most 256 characters of one"
        ),
        (
            "normalizer", #"{"type":"Prepend","prepend":"\#(String(repeating: "a", count: 10_000))"}"#,
            "normalizer: expected steps"
        ),
        (
            "pre_tokenizer", #"{"type":"Sequence","pretokenizers":\#(list(bytes, 8))}"#,
            "pre_tokenizer: expected steps"
        ),
        (
            "normalizer", #"{"type":"Sequence","normalizers":\#(list(#"{"type":"Lowercase"}"#, 20_000))}"#,
            "tokenizer.json: normalizer: expected at most 256 steps, found 20001"
        ),
        (
            "pre_tokenizer",
            #"{"type":"Sequence","pretokenizers":\#(list(#"{"type":"Sequence","pretokenizers":[]}"#, 300))}"#,
            "tokenizer.json: pre_tokenizer: expected at most 256 steps, found 301"
        ),
        (
            "post_processor",
            #"{"type":"TemplateProcessing","single":\#(list(named, 100)),"pair":[],"special_tokens":{}}"#,
            "post_processor.single: expected at most 64 parts, found 100"
        ),
        (
            "post_processor",
            #"{"type":"TemplateProcessing","single":[\#(named)],"pair":[],"special_tokens":{"x":{"#
                + #""ids":\#(list("1", 100)),"tokens":\#(list("\"a\"", 100))}}}"#,
            "post_processor.special_tokens.x.ids: expected at most 64, found 100"
        ),
        (
            "post_processor",
            #"{"type":"TemplateProcessing","single":\#(list(first, 2)),"pair":[],"special_tokens":{}}"#,
            "a text that comes twice at post_processor.single[1].Sequence"
        ),
        (
            "added_tokens", #"[{"id":1,"content":"\#(String(repeating: "x", count: (2 << 20) + 1))"}]"#,
            "tokenizer.json: added_tokens: expected at most 2097152 bytes in all"
        ),
        (
            "added_tokens", #"[{"id":1,"content":"\#(String(repeating: "x", count: 3000))"}]"#,
            "tokenizer.json: added_tokens: expected at most 2048 bytes each, found 3000 bytes"
        ),
        (
            "model", #"{"type":"Unigram","vocab":[["\#(String(repeating: "x", count: 3000))",0]]}"#,
            "model.vocab[0]: expected a piece of at most 2048 bytes, found 3000 bytes"
        ),
        (
            "model", #"{"type":"WordPiece","vocab":{"\#(String(repeating: "x", count: 3000))":0}}"#,
            "model.vocab: expected pieces of at most 2048 bytes each, found one of 3000 bytes"
        ),
    ]

    @Test("Parts that grow beyond reason are refused by name", arguments: refused.indices)
    func refusal(index: Int) throws {
        let (member, value, says) = Self.refused[index]
        try TokenizerFixtures.withFolder(Self.file("tokenizer.json", member, value)) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            }
            #expect(error?.description.contains(says) == true, "\(error as Any)")
        }
    }

    @Test(
        "Long added tokens of the other files are refused too", arguments: ["added_tokens.json", "long.json"])
    func longAddedToken(name: String) throws {
        let token = String(repeating: "x", count: (2 << 20) + 1)
        var files = ["vocab.txt": try TokenizerFixtures.bytes("bert/vocab.txt")]
        if name == "added_tokens.json" {
            files[name] = Array(#"{"\#(token)": 700}"#.utf8)
        } else {
            files["special_tokens_map.json"] = Array(#"{"additional_special_tokens": ["\#(token)"]}"#.utf8)
        }
        try TokenizerFixtures.withFolder(files) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            }
            #expect(error?.description.contains("\(folder): added and special tokens") == true)
        }
    }

    @Test("An added token without characters is found nowhere", .timeLimit(.minutes(1)))
    func emptyAddedToken() throws {
        let files = [
            "vocab.txt": try TokenizerFixtures.bytes("bert/vocab.txt"),
            "added_tokens.json": Array(#"{"": 700}"#.utf8),
        ]
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            #expect(try tokenizer.encode("The film", maximumLength: 9).ids == [2, 98, 156, 3])
        }
    }

    @Test("Added tokens without end take no time that grows with their square", .timeLimit(.minutes(1)))
    func manyAddedTokens() throws {
        let object = try TokenizerJSON.object(
            Array(#"{"type":"WordPiece","vocab":{"a":0}}"#.utf8), path: "tokenizer.json")
        let vocabulary = FastAddedVocabulary(
            file: (0..<60_000).map { AddedToken("t\($0)") }, settings: TokenizerSettings(), owner: nil,
            model: try FastModel(FastComponent(object, path: "tokenizer.json")), limit: nil)
        #expect(vocabulary.tokens.count == 60_000 && vocabulary.id(of: "t59999") == 60_000)
    }

    @Test("Added tokens that all take the same white space take it once", .timeLimit(.minutes(1)))
    func sharedWhiteSpace() throws {
        let token =
            #"[{"id":1,"content":" ","lstrip":false,"rstrip":true,"normalized":false,"special":false}]"#
        try TokenizerFixtures.withFolder(Self.file("tokenizer.json", "added_tokens", token)) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            let blanks = String(repeating: " ", count: 100_000)
            let tokens = try tokenizer.encode(blanks + "film", maximumLength: 200_000).tokens
            #expect(tokens.count == 100_003 && tokens.last?.span == nil)
            #expect(tokens.dropLast().last?.span == 100_000..<100_004)
        }
    }

    @Test("Tokens that KerasHub does not cut are few and differ", arguments: [["a", "b", "a"], nil])
    func unsplittable(given: [String]?) throws {
        let tokens = given ?? (0..<65).map { "\($0)" }
        let list = tokens.map { "\"\($0)\"" }.joined(separator: ",")
        let file = Array(
            #"{"class_name":"RobertaTokenizer","config":{"unsplittable_tokens":[\#(list)]}}"#.utf8)
        try TokenizerFixtures.withFolder(["tokenizer.json": file]) { folder in
            let error = #expect(throws: LoaderError.self) {
                try KerasTokenizerFolder(at: folder).tokenizer(vocabularySize: nil)
            }
            #expect(
                error?.description.contains("unsplittable_tokens: expected at most 64 tokens, each once")
                    == true)
        }
    }
}
