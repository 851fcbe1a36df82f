import Foundation
import Testing

@testable import WhenceLoader

@Suite("Broken tokenizer files are refused with their place, or harmless")
struct HostileTokenizerTests {
    private static let bytes: [String: [UInt8]] = {
        let vocabulary = ByteAlphabet.characters.enumerated().map { index, character in
            (character == "\"" || character == "\\" ? "\"\\\(character)\"" : "\"\(character)\"") + ":\(index)"
        }
        let more = ["\"ab\":256", "\"<s>\":257", "\"</s>\":258", "\"<unk>\":259"]
        return [
            "vocab.json": Array("{\((vocabulary + more).joined(separator: ","))}".utf8),
            "merges.txt": Array("#version: 0.2\na b\n".utf8),
        ]
    }()

    @Test(
        "Each damage has its own sentence",
        arguments: [
            (["vocab.json": "{"], ["vocab.json", "byte 1", "no name"]),
            (["vocab.json": "[]"], ["vocab.json", "JSON object"]),
            (["vocab.json": "{}"], ["vocab.json", "none"]),
            (["vocab.json": #"{"a": -1}"#], ["vocab.json", "\"a\"", "an id"]),
            (["vocab.json": #"{"a": 1e30}"#], ["vocab.json", "\"a\"", "an id"]),
            (["vocab.json": #"{"a": 0.5}"#], ["vocab.json", "\"a\"", "an id"]),
            (["vocab.json": #"{"a": "b"}"#], ["vocab.json", "\"a\"", "an id"]),
            (["vocab.json": #"{"\ud800": 1}"#], ["vocab.json", "byte", "surrogate"]),
            (
                ["vocab.json": String(repeating: #"{"a":"#, count: 100_000)],
                ["vocab.json", "levels of nesting"]
            ),
            (["tokenizer_config.json": #"{"added_tokens_decoder": {"x": "y"}}"#], ["added_tokens_decoder"]),
        ] as [([String: String], [String])])
    func damage(changed: [String: String], says: [String]) throws {
        let files = Self.bytes.merging(changed.mapValues { Array($0.utf8) }) { $1 }
        try TokenizerFixtures.withFolder(files) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "roberta", vocabularySize: nil)
            }
            for part in says {
                #expect(error?.description.contains(part) == true, "\(part) not in \(error as Any)")
            }
        }
    }

    @Test("Ids beyond the model's embedding are refused")
    func hugeIDs() throws {
        try TokenizerFixtures.withFolder(Self.bytes) { folder in
            let fitting = try makeTokenizer(folder: folder, modelType: "roberta", vocabularySize: 262)
            #expect(fitting.vocabularySize <= 262)
            #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "roberta", vocabularySize: 200)
            }
        }
    }

    @Test(
        "A tokenizer.json with a part that is not known, or damaged, says which",
        arguments: [
            (#""model""#, #""modle""#, ["tokenizer.json", "model"]),
            (#""type": "WordPiece""#, #""type": "WordLevel""#, ["WordLevel", "model", "Unigram"]),
            (
                #""type": "BertNormalizer""#, #""type": "ByteLevel""#,
                ["ByteLevel", "normalizer", "BertNormalizer"]
            ),
            (
                #""type": "BertPreTokenizer""#, #""type": "UnicodeScripts""#,
                ["UnicodeScripts", "pre_tokenizer"]
            ),
            (#""type": "TemplateProcessing""#, #""type": "Other""#, ["Other", "post_processor"]),
            (#""lowercase": true"#, #""lowercase": 3"#, ["normalizer.lowercase", "true or false"]),
            (#""id": "A""#, #""id": "C""#, ["post_processor.single", "A or B"]),
        ] as [(String, String, [String])])
    func unknownParts(part: String, replacement: String, says: [String]) throws {
        let url = FamilyFixture(name: "bert-fast").folder.appending(path: "tokenizer.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        try #require(text.contains(part))
        let changed = Array(text.replacing(part, with: replacement).utf8)
        try TokenizerFixtures.withFolder(["tokenizer.json": changed]) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            }
            for part in says {
                #expect(error?.description.contains(part) == true, "\(part) not in \(error as Any)")
            }
        }
    }

    @Test(
        "A tokenizer.json with changed or missing bytes is refused or cuts texts",
        arguments: ["bert-fast", "roberta-fast", "xlm-roberta-fast"])
    func changedBytes(name: String) throws {
        let bytes = try TokenizerFixtures.bytes("families/\(name)/tokenizer.json")
        for place in stride(from: 7, to: bytes.count, by: bytes.count / 40) {
            for value in [0x30, 0x22, 0xFF] as [UInt8] {
                var changed = bytes
                changed[place] = value
                use(changed)
            }
            use(Array(bytes.prefix(place)))
        }
    }

    @Test(
        "A word of many bytes is cut in time that its length is worth",
        arguments: ["roberta", "roberta-fast"])
    func longWord(name: String) throws {
        let tokenizer = try FamilyFixture(name: name).tokenizer()
        let encoded = try tokenizer.encode(String(repeating: "ab", count: 20_000), maximumLength: 100_000)
        #expect(encoded.words.count == 1 && encoded.tokens.count > 1000)
    }

    @Test("JSON is read as it is written")
    func json() throws {
        let text = #" {"a" : [1, -2.5e1, true, null, "\u00e9\ud83d\ude00\n\"", {}], "a": "é"} "#
        let object = try TokenizerJSON.object(Array(text.utf8), path: "x.json")
        #expect(object.members.count == 2 && object["a"]?.string == "é" && object["b"] == nil)
        let values: [TokenizerJSON] = [
            .integer(1), .number(-25), .bool(true), .null, .string("é😀\n\""), .object(.init()),
        ]
        #expect(object.members.first?.value.array == values)
        for broken in [
            "", "{", "[1,]", "{\"a\" 1}", "nul", "\"\u{1}\"", "1 2", "\"\\x\"", "[1", "-", "\"\\u12\"",
        ] {
            #expect(throws: LoaderError.self, "\(broken)") {
                try TokenizerJSON.object(Array(broken.utf8), path: "x.json")
            }
        }
    }

    /// Loads and cuts; errors are fine, anything else ends the test run.
    private func use(_ bytes: [UInt8]) {
        try? TokenizerFixtures.withFolder(["tokenizer.json": bytes]) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            for text in ["The ﬁlm is n't bad , 1,000 “times” … 漢😀<mask>", "", " \0"] {
                _ = try tokenizer.encode(text, maximumLength: 512)
            }
        }
    }

    @Test("A vocabulary of more bytes than any has is refused before it takes seconds to read")
    func longVocabularies() throws {
        let long = Array("[UNK]\n".utf8) + [UInt8](repeating: 0x61, count: 12 << 20)
        let lines = #expect(throws: LoaderError.self) {
            try WordPieceVocabulary(long, path: "vocab.txt", unknown: "[UNK]")
        }
        #expect(lines?.description.contains("vocab.txt: length: expected at most 12582912 bytes") == true)
        let rows = [TokenizerJSON.array([.string(String(repeating: "a", count: 13 << 20)), .number(0)])]
        let object = TokenizerJSON.Object(members: [.init(name: "vocab", value: .array(rows))])
        let json = FastComponent(object, path: "tokenizer.json", place: "model.")
        let unigram = #expect(throws: LoaderError.self) { try FastUnigram(json) }
        #expect(unigram?.description.contains("model.vocab[0]: expected pieces of at most") == true)
    }

    @Test("A line that comes twice is shown cut where it is long")
    func longLine() throws {
        let line = String(repeating: "a", count: 100_000)
        let error = #expect(throws: LoaderError.self) {
            try WordPieceVocabulary(
                Array("[UNK]\n\(line)\n\(line)\n".utf8), path: "vocab.txt", unknown: "[UNK]", isKeras: true)
        }
        let text = try #require(error).description
        #expect(text.contains("line 3") && text.contains("aaa") && text.utf8.count < 1_000)
    }

    @Test(
        "Additional special tokens without end take no time that grows with their square",
        .timeLimit(.minutes(1)))
    func manySpecialTokens() throws {
        let tokens = (0..<20_000).map { "\"<t\($0)>\"" }.joined(separator: ",")
        var files = Self.bytes
        files["special_tokens_map.json"] = Array("{\"additional_special_tokens\":[\(tokens)]}".utf8)
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "roberta", vocabularySize: 262)
            #expect(tokenizer.vocabularySize <= 262)
        }
    }
}
