import Testing

@testable import WhenceLoader

@Suite("A folder's files decide on its tokenizer")
struct TokenizerFactoryTests {
    @Test("ALBERT and BERT folders give their tokenizers")
    func kinds() throws {
        let albert = try TokenizerFixtures.tokenizer("albert")
        #expect(albert.kind == "SentencePiece unigram")
        #expect(albert.vocabularySize == 650)
        #expect(
            albert.specialTokens
                == SpecialTokens(classification: 2, separator: 3, padding: 0, unknown: 1, mask: 4))
        let bert = try TokenizerFixtures.tokenizer("bert")
        #expect(bert.kind == "WordPiece")
        #expect(
            bert.specialTokens
                == SpecialTokens(classification: 2, separator: 3, padding: 0, unknown: 1, mask: 4))
        #expect(try TokenizerFixtures.smallTokenizer("bpe").kind == "SentencePiece bpe")
        #expect(albert.piece(650) == nil && albert.piece(-1) == nil && bert.piece(1_000_000) == nil)
    }

    @Test(
        "A BERT folder with a SentencePiece model gives its text to it as it is, unless it names ALBERT's class"
    )
    func sentencePieceForBert() throws {
        let model = try TokenizerFixtures.bytes("albert/spiece.model")
        let plain = try pieces("Film", ["spiece.model": model], family: .bert)
        #expect(plain == ["[CLS]", "▁", "<unk>", "il", "m", "[SEP]"])
        let named = Array(#"{"tokenizer_class": "AlbertTokenizer"}"#.utf8)
        let albert = try pieces(
            "Film", ["spiece.model": model, "tokenizer_config.json": named], family: .bert)
        #expect(albert == ["[CLS]", "▁film", "[SEP]"])
        let lower = Array(#"{"do_lower_case": true}"#.utf8)
        #expect(
            try pieces("Film", ["tokenizer.model": model, "tokenizer_config.json": lower], family: .bert)
                == ["[CLS]", "▁film", "[SEP]"])
    }

    @Test("Where both vocabularies are there, the class decides, and then the family")
    func bothVocabularies() throws {
        let files = [
            "spiece.model": try TokenizerFixtures.bytes("albert/spiece.model"),
            "vocab.txt": try TokenizerFixtures.bytes("bert/vocab.txt"),
        ]
        #expect(try kind(files, .albert) == "SentencePiece unigram")
        #expect(try kind(files, .bert) == "WordPiece")
        let class1 = files.merging(["config.json": Array(#"{"tokenizer_class":"BertTokenizerFast"}"#.utf8)]) {
            $1
        }
        #expect(try kind(class1, .albert) == "WordPiece")
        let class2 = files.merging(["config.json": Array(#"{"tokenizer_class":"AlbertTokenizer"}"#.utf8)]) {
            $1
        }
        #expect(try kind(class2, .bert) == "SentencePiece unigram")
    }

    @Test("Special tokens may be named as texts or objects, and missing ones are added behind the vocabulary")
    func namedTokens() throws {
        let vocabulary = Array("[UNK]\n<c>\n<s>\nfilm\n".utf8)
        let map = Array(#"{"cls_token": "<c>", "sep_token": {"content": "<s>", "lstrip": true}}"#.utf8)
        let added = Array(#"{"@user": 4}"#.utf8)
        let files = ["vocab.txt": vocabulary, "special_tokens_map.json": map, "added_tokens.json": added]
        #expect(
            try pieces("film @user <s> film", files, family: .bert) == [
                "<c>", "film", "@user", "<s>", "film", "<s>",
            ])
        try TokenizerFixtures.withFolder(files) { folder in
            // Without a bound, [PAD] and [MASK] get ids of their own; with one they do not exist.
            let open = try makeTokenizer(folder: folder, family: .bert, vocabularySize: nil)
            #expect(open.vocabularySize == 7 && open.specialTokens.mask == 6)
            let bounded = try makeTokenizer(folder: folder, family: .bert, vocabularySize: 5)
            #expect(bounded.vocabularySize == 5 && bounded.specialTokens.mask == nil)
        }
    }

    @Test("A folder without the fast tokenizer that was asked for says what is missing, and what for")
    func absentFastTokenizer() throws {
        try TokenizerFixtures.withFolder(["vocab.txt": TokenizerFixtures.bytes("bert/vocab.txt")]) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil, choice: .fast)
            }
            #expect(
                error?.description.contains(
                    "tokenizer.json, which the fast tokenizer is read from, is missing. Choose the slow")
                    == true,
                "\(String(describing: error))")
        }
    }

    @Test("Each broken folder has its own sentence")
    func brokenFolders() throws {
        let vocabulary = try TokenizerFixtures.bytes("bert/vocab.txt")
        let model = try TokenizerFixtures.bytes("albert/spiece.model")
        let cases: [(files: [String: [UInt8]], size: Int?, says: [String])] = [
            ([:], nil, ["vocab.txt", "spiece.model", "is missing"]),
            (["tokenizer.json": []], nil, ["tokenizer.json", "JSON", "the end of the file"]),
            (["vocab.txt": vocabulary], 100, ["vocab.txt", "at most 100", "found 547"]),
            (["spiece.model": model], 649, ["spiece.model", "at most 649", "found 650"]),
            (["vocab.txt": []], nil, ["vocab.txt", "found nothing"]),
            (["vocab.txt": Array("\n\n".utf8)], nil, ["vocab.txt", "found nothing"]),
            (["vocab.txt": Array("a\nb\n".utf8)], nil, ["[UNK]", "found 2 lines without one"]),
            (["vocab.txt": Array("a\n".utf8)], nil, ["[UNK]", "found 1 line without one"]),
            (["vocab.txt": [0x5B, 0xFF, 0xFE]], nil, ["UTF-8"]),
            (["spiece.model": vocabulary], nil, ["spiece.model", "no SentencePiece model"]),
            (
                ["vocab.txt": vocabulary, "tokenizer_config.json": Array("{".utf8)], nil,
                ["tokenizer_config.json", "JSON"]
            ),
            (["vocab.txt": vocabulary, "tokenizer_config.json": Array("[]".utf8)], nil, ["JSON object"]),
            (["vocab.txt": vocabulary, "special_tokens_map.json": [0xFF]], nil, ["special_tokens_map.json"]),
            (
                ["vocab.txt": vocabulary, "added_tokens.json": Array(#"{"x":"y"}"#.utf8)], nil,
                ["added_tokens.json"]
            ),
            (
                [
                    "vocab.txt": vocabulary,
                    "tokenizer_config.json": Array(#"{"added_tokens_decoder":{"-1":"x"}}"#.utf8),
                ],
                nil, ["added_tokens_decoder"]
            ),
            (
                ["spiece.model": model, "config.json": Array(#"{"tokenizer_class":"XLNetTokenizer"}"#.utf8)],
                nil,
                ["XLNetTokenizer", "AlbertTokenizer"]
            ),
        ]
        for (files, size, says) in cases {
            try TokenizerFixtures.withFolder(files) { folder in
                let error = #expect(throws: LoaderError.self) {
                    try makeTokenizer(folder: folder, family: .bert, vocabularySize: size)
                }
                for part in says {
                    #expect(error?.description.contains(part) == true, "\(part) not in \(error as Any)")
                }
            }
        }
        #expect(throws: LoaderError.self) {
            try makeTokenizer(folder: "/no/such/folder", family: .bert, vocabularySize: nil)
        }
    }

    @Test("Keras refuses a piece that comes twice")
    func uniquePieces() {
        let error = #expect(throws: LoaderError.self) {
            try WordPieceVocabulary(
                Array("[UNK]\na\r\nb\na\n".utf8), path: "vocabulary.txt", unknown: "[UNK]", isKeras: true)
        }
        for part in ["line 4", "\"a\"", "line 2"] {
            #expect(error?.description.contains(part) == true, "\(part)")
        }
    }

    @Test("White space at the ends of lines is no part of Keras's pieces")
    func strippedPieces() throws {
        let bytes = Array("[UNK]\na \u{3000}\n \t\n##b\t\n".utf8)
        let keras = try WordPieceVocabulary(bytes, path: "vocabulary.txt", unknown: "[UNK]", isKeras: true)
        #expect(keras.pieces == ["[UNK]", "a", "", "##b"])
        let own = try WordPieceVocabulary(bytes, path: "vocab.txt", unknown: "[UNK]")
        #expect(own.pieces == ["[UNK]", "a \u{3000}", " \t", "##b\t"])
    }

    private func kind(_ files: [String: [UInt8]], _ family: ModelFamily) throws -> String {
        try TokenizerFixtures.withFolder(files) {
            try makeTokenizer(folder: $0, family: family, vocabularySize: nil).kind
        }
    }

    private func pieces(_ text: String, _ files: [String: [UInt8]], family: ModelFamily) throws -> [String] {
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(folder: folder, family: family, vocabularySize: nil)
            return try tokenizer.encode(text, maximumLength: 512).tokens.map(\.piece)
        }
    }
}
