import Foundation
import Testing

@testable import WhenceLoader

@Suite("Texts are cut as the preprocessor that was saved with a Keras preset cuts them")
struct KerasPackingTests {
    /// A preprocessor, and what KerasHub gives for it; `make_packing_fixtures.py` made them.
    struct Case: Decodable, CustomTestStringConvertible {
        var name: String
        var folder: String
        var preprocessor: String
        var texts: [String]
        var pairs: [[String]]
        var ids: [[Int]]
        var pairIDs: [[Int]]

        var testDescription: String { name }
    }

    static let cases = Result { try TokenizerFixtures.decode([Case].self, "packing.json") }

    /// The tokenizer of a frozen preset beside this preprocessor.
    private func tokenizer(_ preset: String, preprocessor: String) throws -> any Tokenizer {
        let copy = FileManager.default.temporaryDirectory.appending(path: "whence-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(
            at: TokenizerFixtures.root.appending(path: "families/\(preset)"), to: copy)
        try Data(preprocessor.utf8).write(to: copy.appending(path: "preprocessor.json"))
        return try makeTokenizer(folder: copy.path, modelType: "", vocabularySize: nil)
    }

    @Test("The cases are there")
    func casesAreThere() throws {
        #expect(try Self.cases.get().count == 6)
    }

    @Test("Ids are KerasHub's", arguments: (try? cases.get()) ?? [])
    func ids(of packing: Case) throws {
        let tokenizer = try tokenizer(packing.folder, preprocessor: packing.preprocessor)
        try #require(packing.ids.count == packing.texts.count && packing.pairIDs.count == packing.pairs.count)
        for (text, ids) in zip(packing.texts, packing.ids) {
            #expect(try tokenizer.encode(text, maximumLength: 512).ids == ids, "\(text)")
        }
        for (pair, ids) in zip(packing.pairs, packing.pairIDs) {
            #expect(try tokenizer.encodePair(pair[0], pair[1], maximumLength: 512).ids == ids, "\(pair)")
        }
    }

    @Test("The model's own limit holds where it is the smaller")
    func smallerLimit() throws {
        let tokenizer = try tokenizer("keras-bert", preprocessor: #"{"config": {"sequence_length": 5}}"#)
        let text = "the film is good"
        #expect(try tokenizer.encode(text, maximumLength: 4).tokens.count == 4)
        #expect(try tokenizer.encode(text, maximumLength: 100).tokens.count == 5)
    }

    @Test("A preprocessor that says nothing of lengths sets none", arguments: ["{}", #"{"config": {}}"#])
    func nothing(content: String) throws {
        let tokenizer = try tokenizer("keras-bert", preprocessor: content)
        #expect(try tokenizer.encode("the film is good", maximumLength: 512).tokens.count == 6)
    }

    @Test(
        "A length or a way of cutting that is none is refused by name",
        arguments: [
            (#"{"config": {"sequence_length": "9"}}"#, "sequence_length"),
            (#"{"config": {"truncate": "last"}}"#, "last"), (#"{"config": 3}"#, "config"),
            ("[", "preprocessor.json"),
        ])
    func broken(content: String, word: String) throws {
        let error = #expect(throws: LoaderError.self) { try tokenizer("keras-bert", preprocessor: content) }
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
    }
}
