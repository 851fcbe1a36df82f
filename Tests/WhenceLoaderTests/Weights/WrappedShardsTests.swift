import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

@Suite("A folder in parts whose weights lie in a wrapper's field")
struct WrappedShardsTests {
    private static let name = "safetensors_electra_bare_sharded"

    /// The folder with other names in its parts and their index.
    private static func renamed(into folder: TemporaryFolder, _ rename: (String) -> String) throws {
        let source = Repository.fixture("models/\(name)/model")
        for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            var bytes = try Data(contentsOf: source.appending(path: file))
            if file.hasSuffix(".safetensors") {
                bytes = try SafetensorsFixture.renaming(bytes, rename)
            } else if file.hasSuffix(".index.json") {
                var index = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
                let map = try #require(index["weight_map"] as? [String: String])
                index["weight_map"] = Dictionary(uniqueKeysWithValues: map.map { (rename($0), $1) })
                bytes = try JSONSerialization.data(withJSONObject: index, options: .sortedKeys)
            }
            try bytes.write(to: folder / file)
        }
    }

    @Test(
        "Its weights are those of the folder without the wrapper",
        arguments: ["module.", "model.", "_orig_mod.", "_orig_mod.module."])
    func wrapped(wrapper: String) throws {
        let folder = try TemporaryFolder()
        try Self.renamed(into: folder) { wrapper + $0 }
        let plain = try ModelFolder(at: Repository.fixture("models/\(Self.name)/model").path)
        let wrapped = try ModelFolder(at: folder.url.path)
        #expect(wrapped.weights.paths.count == plain.weights.paths.count && plain.weights.paths.count > 1)
        #expect(wrapped.configuration == plain.configuration)
        let (own, found) = (try plain.checkpoint(), try wrapped.checkpoint())
        for expected in plain.configuration.expectedTensors {
            let weights = try [own, found].map {
                try $0.tensor(expected.name, shape: expected.shape).elements
            }
            #expect(weights[0] == weights[1], "\(expected.name)")
        }
        let inspection = Inspection(of: wrapped)
        #expect(inspection.missing == [] && inspection.mismatched == [] && inspection.unused == [])
    }

    @Test("Parts that lie in different fields are not one model")
    func different() throws {
        let folder = try TemporaryFolder()
        try Self.renamed(into: folder) { ($0.contains("layer.0.") ? "module." : "model.") + $0 }
        let inspection = Inspection(of: try ModelFolder(at: folder.url.path))
        #expect(!inspection.missing.isEmpty)
        #expect(inspection.unusedTensors.contains { $0.name.hasPrefix("module.") })
        #expect(inspection.unusedTensors.contains { $0.name.hasPrefix("model.") })
    }
}
