import Foundation
import Testing
import WhenceLoader
import WhenceTestSupport

@Suite("Folders of recommenders")
struct RecommenderFolderTests {
    static let names = [
        "bert4rec_vae", "keras_bert4rec_attended_behind", "keras_bert4rec_no_padding", "keras_hub_bert4rec",
        "keras_rs_sasrec", "keras_sasrec_masked_in_front", "recbole_bert4rec", "recbole_sasrec",
        "sasrec_pytorch_2020",
        "sasrec_pytorch_2024", "sasrec_pytorch_post_norm", "sasrec_pytorch_pre_norm",
    ]

    private static func folder(_ name: String) -> URL { Repository.fixture("recommendation/models/\(name)") }

    /// A copy of a case whose files a test may change.
    private static func spoilt(
        _ name: String, _ file: String, _ old: String, _ new: String
    ) throws -> (TemporaryFolder, String) {
        let folder = try TemporaryFolder()
        let copy = folder / "model"
        try FileManager.default.copyItem(at: self.folder(name), to: copy)
        let path = copy.appending(path: file)
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(text.contains(old), "\(file) holds \(old)")
        try Data(text.replacing(old, with: new).utf8).write(to: path)
        return (folder, copy.path)
    }

    @Test("Every weight is found under its own name, none is missing or left over", arguments: names)
    func weights(name: String) throws {
        let inspection = try Inspection(of: Self.folder(name).path)
        #expect(inspection.missing == [])
        #expect(inspection.mismatched == [])
        #expect(
            inspection.unused == (name == "keras_rs_sasrec" ? ["layers/brute_force_retrieval/vars/0"] : []))
        #expect(inspection.format == .keras)
        #expect(inspection.catalogue?.itemCount == (name == "bert4rec_vae" ? 23 : 24))
        #expect(inspection.catalogueProblem == nil)
    }

    @Test("Titles come along, whatever their script")
    func titles() throws {
        let catalogue = try ModelFolder(at: Self.folder("recbole_sasrec").path).itemCatalogue()
        #expect(catalogue.items.allSatisfy { $0.title == "Film \($0.id.dropFirst()) – é" })
        // In the order in which they first appear in the data.
        #expect(catalogue.items.map(\.id) != catalogue.items.map(\.id).sorted())
    }

    @Test(
        "Items that are not the model's are refused",
        arguments: [
            (
                #""token":24"#, #""token":26"#,
                "expected a token from 0 to 25, the rows of the model's embedding"
            ),
            (
                #""mask":25"#, #""mask":24"#,
                "special.mask: expected 25, the mask_token_id of config.json, found 24"
            ),
            (#""pad":0"#, #""pad":25"#, "special.pad: expected 0, the pad_token_id of config.json, found 25"),
            (#""token":24"#, #""token":25"#, "expected a token of its own, found 25, that of special.mask"),
        ])
    func otherItems(old: String, new: String, text: String) throws {
        let (folder, path) = try Self.spoilt("recbole_bert4rec", "items.json", old, new)
        let error = #expect(throws: LoaderError.self) { try ModelFolder(at: path).itemCatalogue() }
        #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        #expect(try Inspection(of: path).catalogueProblem == error?.description)
        withExtendedLifetime(folder) {}
    }

    @Test("Without weights the hint says what writes them")
    func noWeights() throws {
        let (folder, path) = try Self.spoilt("recbole_sasrec", "config.json", "sasrec", "sasrec")
        try FileManager.default.removeItem(atPath: path + "/model.weights.h5")
        let error = #expect(throws: LoaderError.self) { try ModelFolder(at: path) }
        #expect(
            error?.description.contains("model.weights.h5: the recommender's weights file is missing") == true
        )
        withExtendedLifetime(folder) {}
    }
}
