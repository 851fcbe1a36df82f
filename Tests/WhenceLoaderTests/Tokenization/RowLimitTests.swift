import Testing

@testable import WhenceLoader

@Suite("Tokens that the model has no row for are refused where they come up, by file and spelling")
struct RowLimitTests {
    private static let vocabulary = Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nfilm\n".utf8)

    /// A `tokenizer.json` of five pieces, with a template and an added token.
    private static func fast(template: String, added: String = "") -> [String: [UInt8]] {
        let file =
            #"{"added_tokens":[\#(added)],"normalizer":null,"pre_tokenizer":{"type":"WhitespaceSplit"},"#
            + #""post_processor":\#(template),"model":{"type":"WordPiece","unk_token":"[UNK]","vocab":"#
            + #"{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3,"film":4}}}"#
        return ["tokenizer.json": Array(file.utf8)]
    }

    private static func bert(separator: Int) -> String {
        #"{"type":"BertProcessing","cls":["[CLS]",2],"sep":["[END]",\#(separator)]}"#
    }

    private static func template(pair: Int) -> String {
        #"{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A"}}],"pair":[{"Sequence":{"id":"A"}},"#
            + #"{"SpecialToken":{"id":"[END]"}},{"Sequence":{"id":"B"}}],"#
            + #""special_tokens":{"[END]":{"ids":[\#(pair)],"tokens":["[END]"]}}}"#
    }

    private static let refused: [(files: [String: [UInt8]], says: [String])] = [
        (
            fast(template: bert(separator: 900)),
            ["/tokenizer.json: the token \"[END]\": expected an id below 5", "found 900", "every text"]
        ),
        (
            [
                "vocab.txt": Array("[UNK]\n[CLS]\n[PAD]\nfilm\nis\n".utf8),
                "added_tokens.json": Array(#"{"[SEP]": 5}"#.utf8),
            ],
            ["/added_tokens.json: the token \"[SEP]\": expected an id below 5", "found 5", "every text"]
        ),
        (["vocab.txt": vocabulary], ["/vocab.txt: vocabulary size: expected at most 5", "found 6"]),
    ]

    @Test("A tokenizer that no text could be given to the model with is refused", arguments: refused.indices)
    func refusedAtLoading(index: Int) throws {
        let (files, says) = Self.refused[index]
        try TokenizerFixtures.withFolder(files) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: 5)
            }
            for part in says {
                #expect(error?.description.contains(part) == true, "\(part) not in \(error as Any)")
            }
        }
    }

    @Test("A template for pairs alone that the model has no row for refuses pairs")
    func pairTemplate() throws {
        try TokenizerFixtures.withFolder(Self.fast(template: Self.template(pair: 7))) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: 5)
            #expect(try tokenizer.encode("film", maximumLength: 9).ids == [4])
            let error = #expect(throws: LoaderError.self) {
                try tokenizer.encodePair("film", "film", maximumLength: 9)
            }
            #expect(error?.description.contains("tokenizer.json: the token \"[END]\"") == true)
        }
    }

    private static let withAdded: [[String: [UInt8]]] = [
        fast(
            template: bert(separator: 3),
            added: #"{"id":5,"content":"[MASK]","special":true},{"id":6,"content":"@user","special":false}"#),
        [
            "vocab.txt": Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\nfilm\n".utf8),
            "added_tokens.json": Array(#"{"[MASK]": 5, "@user": 6}"#.utf8),
        ],
        [
            "vocab.txt": Array("[PAD]\n[UNK]\n[CLS]\n[SEP]\nfilm\n".utf8),
            "tokenizer_config.json": Array(
                #"{"added_tokens_decoder":{"5":{"content":"[MASK]","special":true},"6":{"content":"@user"}}}"#
                    .utf8),
        ],
    ]

    @Test("Added tokens that the model has no row for are no harm in other texts", arguments: 0..<3)
    func unusedAddedTokens(index: Int) throws {
        let files = Self.withAdded[index]
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: 5)
            #expect(try tokenizer.encode("film film", maximumLength: 9).ids == [2, 4, 4, 3])
            #expect(tokenizer.vocabularySize == 5)
            #expect(tokenizer.specialTokens.mask == nil)
            let error = #expect(throws: LoaderError.self) {
                try tokenizer.encode("film @user", maximumLength: 9)
            }
            let source = ["tokenizer.json", "added_tokens.json", "tokenizer_config.json"][index]
            #expect(
                error?.description.contains("/\(source): the token \"@user\": expected an id below 5") == true
            )
            // What the model does not see does not matter.
            #expect(try tokenizer.encode("film @user", maximumLength: 3).ids == [2, 4, 3])

            let roomy = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: 7)
            #expect(roomy.vocabularySize == 7 && roomy.specialTokens.mask == 5)
            #expect(try roomy.encode("film @user", maximumLength: 9).ids == [2, 4, 6, 3])
        }
    }
}
