import Testing

@testable import WhenceLoader

@Suite("Files with parts drawn at random are used as the tokenizers library 0.21 uses them")
struct RandomFileTests {
    private static let settings = Array(#"{"tokenizer_class":"PreTrainedTokenizerFast"}"#.utf8)

    @Test("Ids, types and places of 60 files", .timeLimit(.minutes(1)))
    func agreement() throws {
        let list = Array(#"{"cases":"#.utf8) + (try TokenizerFixtures.bytes("random.json")) + Array("}".utf8)
        let cases = try #require(TokenizerJSON.object(list, path: "random.json")["cases"]?.array)
        #expect(cases.count == 60)
        for (number, value) in cases.enumerated() {
            let one = try #require(value.object)
            let file = Array(try #require(one["file"]).text.utf8)
            let files = ["tokenizer.json": file, "tokenizer_config.json": Self.settings]
            let tokenizer = try TokenizerFixtures.withFolder(files) {
                try makeTokenizer(folder: $0, modelType: "bert", vocabularySize: nil)
            }
            let texts = try #require(one["texts"]?.array)
            let ids = try #require(one["ids"]?.array).map { $0.array?.compactMap(\.id) }
            let types = try #require(one["types"]?.array).map { $0.array?.compactMap(\.id) }
            for index in texts.indices {
                let text = texts[index].array?.compactMap(\.string) ?? []
                if text.count == 2 {
                    let found = try tokenizer.encodePair(text[0], text[1], maximumLength: 1_000)
                    #expect(found.ids == ids[index], "file \(number), \(text)")
                    #expect(found.types == types[index], "file \(number), \(text)")
                } else {
                    let found = try tokenizer.encode(text[0], maximumLength: 1_000)
                    #expect(found.ids == ids[index], "file \(number), \(text)")
                    let places = found.tokens.compactMap(\.span)
                    let isInOrder = zip(places, places.dropFirst()).allSatisfy {
                        $0.lowerBound <= $1.lowerBound && $0.upperBound <= $1.upperBound
                    }
                    #expect(isInOrder && (places.last?.upperBound ?? 0) <= text[0].utf8.count)
                }
            }
        }
    }

    /// A BPE file of letters, with more members.
    private static func letters(_ members: String, unknown: String = "null") -> [String: [UInt8]] {
        let file =
            #"{"added_tokens":[{"id":4,"content":"-","normalized":true,"lstrip":true}],"pre_tokenizer":null,"#
            + #""model":{"type":"BPE","unk_token":\#(unknown),"vocab":{"a":0,"b":1,"ab":2," ":3},"merges":[["a","b"]]}"#
            + members + "}"
        return ["tokenizer.json": Array(file.utf8), "tokenizer_config.json": settings]
    }

    @Test(
        "A token of which the normaliser leaves nothing cuts a text between all characters, and takes white space"
    )
    func emptyToken() throws {
        let normalizer = #","normalizer":{"type":"Replace","pattern":{"String":"-"},"content":""}"#
        try TokenizerFixtures.withFolder(Self.letters(normalizer)) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            // As the library has it; with characters of several bytes it panics.
            #expect(try tokenizer.encode("ab", maximumLength: 9).ids == [0, 1])
            #expect(try tokenizer.encode("ab ab", maximumLength: 9).ids == [0, 1, 4, 0, 1])
            #expect(try tokenizer.encode("", maximumLength: 9).ids == [])
            #expect(try tokenizer.encode("aéb", maximumLength: 9).ids == [0, 1])
        }
        try TokenizerFixtures.withFolder(Self.letters("")) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            #expect(try tokenizer.encode("ab -ab", maximumLength: 9).ids == [2, 4, 2])
        }
    }

    @Test(
        "The empty place is found behind what two bytes or more have in common with another token, as in the library",
        arguments: [
            ("dd ai", [3, 3, 5, 0]), (" ca ab", [6, 2, 0, 5, 0, 1]), ("d ax", [3, 5, 0, 4]),
            ("d abc", [3, 7]), (" a", [5, 0]), ("d x", [3, 6, 4]),
        ])
    func emptyBesideAnother(text: String, ids: [Int]) throws {
        let file =
            #"{"added_tokens":[{"id":6,"content":"-","normalized":true,"rstrip":true},"#
            + #"{"id":7,"content":" abc","normalized":true}],"pre_tokenizer":null,"#
            + #""normalizer":{"type":"Replace","pattern":{"String":"-"},"content":""},"#
            + #""model":{"type":"BPE","vocab":{"a":0,"b":1,"c":2,"d":3,"x":4," ":5},"merges":[]}}"#
        let files = ["tokenizer.json": Array(file.utf8), "tokenizer_config.json": Self.settings]
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            #expect(try tokenizer.encode(text, maximumLength: 9).ids == ids)
        }
    }

    @Test("A piece does not stand for the characters before it that nothing stands for")
    func droppedCharacters() throws {
        try TokenizerFixtures.withFolder(Self.letters("")) { folder in
            let tokenizer = try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil)
            let tokens = try tokenizer.encode("éaéxab é", maximumLength: 9).tokens
            #expect(tokens.map(\.id) == [0, 2, 3])
            #expect(tokens.map(\.span) == [2..<3, 6..<8, 8..<9])
        }
    }

    @Test(
        "Where no template says otherwise, the second text is of type 1, unless the model is not told",
        arguments: [
            ("bert", "BertTokenizer", [0, 1]), ("bert", "PreTrainedTokenizerFast", [0, 1]),
            ("roberta", "RobertaTokenizer", [0, 0]), ("roberta", "PreTrainedTokenizerFast", [0, 0]),
            ("distilbert", "DistilBertTokenizer", [0, 0]),
        ])
    func types(model: String, name: String, types: [Int]) throws {
        var files = Self.letters("")
        files["tokenizer_config.json"] = Array(#"{"tokenizer_class":"\#(name)"}"#.utf8)
        try TokenizerFixtures.withFolder(files) { folder in
            let tokenizer = try makeTokenizer(
                folder: folder, modelType: model, vocabularySize: nil, choice: .fast)
            #expect(try tokenizer.encodePair("ab", "ab", maximumLength: 9).types == types)
        }
    }
}
