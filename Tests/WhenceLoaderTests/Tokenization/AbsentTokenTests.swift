import Testing

@testable import WhenceLoader

@Suite("Special tokens that the files say there are none of: what transformers 4.48 and 4.57 make of them")
struct AbsentTokenTests {
    /// A family's folder, in which one file says that there is none of a token.
    private static func files(_ family: String, _ role: String, inMap: Bool) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in [
            "vocab.txt", "spiece.model", "sentencepiece.bpe.model", "spm.model", "vocab.json", "merges.txt",
        ] {
            files[name] = try? TokenizerFixtures.bytes("families/\(family)/\(name)")
        }
        let path = "families/\(family)/tokenizer_config.json"
        var config = try TokenizerJSON.object(TokenizerFixtures.bytes(path), path: path)
        config.members.removeAll { $0.name == role || inMap && $0.name == "added_tokens_decoder" }
        if inMap {
            files["special_tokens_map.json"] = Array(#"{"\#(role)": null}"#.utf8)
        } else {
            config.members.append(.init(name: role, value: .null))
        }
        files["tokenizer_config.json"] = Array(try TokenizerJSON.object(config).text.utf8)
        return files
    }

    @Test(
        "A text cannot do without its first and last token",
        arguments: ["bert", "albert", "roberta", "xlm-roberta", "camembert", "deberta"],
        ["cls_token", "sep_token"])
    func ends(family: String, role: String) throws {
        for inMap in [false, true] {
            try TokenizerFixtures.withFolder(Self.files(family, role, inMap: inMap)) { folder in
                let error = #expect(throws: LoaderError.self) {
                    try makeTokenizer(folder: folder, modelType: family, vocabularySize: nil)
                }
                let file = inMap ? "special_tokens_map.json" : "tokenizer_config.json"
                #expect(
                    error?.description.hasPrefix("\(folder)/\(file): \(role): expected a token") == true,
                    "\(error as Any)")
            }
        }
    }

    /// What each family makes of `The film [UNK] 食 zqx.` without an unknown token; `nil` where it fails.
    private static let withoutUnknown: [(family: String, inMap: Bool, ids: [Int]?)] = [
        ("bert", false, nil), ("bert", true, nil), ("xlm-roberta", false, nil), ("xlm-roberta", true, nil),
        (
            "roberta", true,
            [0, 56, 330, 367, 225, 63, 57, 50, 47, 65, 225, 170, 101, 258, 225, 94, 85, 92, 18, 2]
        ),
        ("albert", false, [2, 26, 86, 5, 178, 73, 45, 176, 5, 1, 5, 85, 184, 116, 30, 3]),
        ("deberta", false, [1, 82, 91, 3, 4, 3, 4, 90, 185, 120, 27, 2]),
        ("deberta", true, [1, 82, 91, 4, 135, 96, 76, 162, 137, 4, 3, 4, 90, 185, 120, 27, 2]),
    ]

    @Test("Without an unknown token only what cannot be spelt fails", arguments: withoutUnknown.indices)
    func unknown(index: Int) throws {
        let (family, inMap, ids) = Self.withoutUnknown[index]
        try TokenizerFixtures.withFolder(Self.files(family, "unk_token", inMap: inMap)) { folder in
            let tokenizer = try makeTokenizer(
                folder: folder, modelType: family == "deberta" ? "deberta-v2" : family, vocabularySize: nil)
            let plain: [String: [Int]] = [
                "bert": [2, 98, 156, 15, 3], "xlm-roberta": [0, 78, 84, 29, 2],
                "roberta": [0, 56, 330, 367, 18, 2],
                "albert": [2, 26, 86, 30, 3], "deberta": [1, 82, 91, 27, 2],
            ]
            #expect(try tokenizer.encode("The film.", maximumLength: 99).ids == plain[family])
            let text = "The film [UNK] 食 zqx."
            guard let ids else {
                let error = #expect(throws: LoaderError.self) {
                    try tokenizer.encode(text, maximumLength: 99)
                }
                #expect(error?.description.contains("no unknown token") == true)
                return
            }
            #expect(try tokenizer.encode(text, maximumLength: 99).ids == ids)
        }
    }

    @Test("CamemBERT's class does not start without an unknown token")
    func camembert() throws {
        try TokenizerFixtures.withFolder(Self.files("camembert", "unk_token", inMap: false)) { folder in
            let error = #expect(throws: LoaderError.self) {
                try makeTokenizer(folder: folder, modelType: "camembert", vocabularySize: nil)
            }
            #expect(error?.description.contains("unk_token: expected a token") == true)
        }
    }

    @Test(
        "What a fast tokenizer makes of a text is in its own file",
        arguments: ["cls_token", "sep_token", "unk_token"])
    func fast(role: String) throws {
        let folder = "families/bert-fast"
        let config = try TokenizerJSON.object(
            TokenizerFixtures.bytes("\(folder)/tokenizer_config.json"), path: folder)
        var changed = config
        changed.members.removeAll { $0.name == role }
        changed.members.append(.init(name: role, value: .null))
        let file = try TokenizerFixtures.bytes("\(folder)/tokenizer.json")
        let ids = try [config, changed].map { config in
            let files = [
                "tokenizer.json": file,
                "tokenizer_config.json": Array(try TokenizerJSON.object(config).text.utf8),
            ]
            return try TokenizerFixtures.withFolder(files) { folder in
                try makeTokenizer(folder: folder, modelType: "bert", vocabularySize: nil, choice: .fast)
                    .encode("The film [UNK] 食 zqx.", maximumLength: 99).ids
            }
        }
        #expect(ids[0] == ids[1])
    }
}
