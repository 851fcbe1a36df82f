import Foundation
import Testing
import WhenceTestSupport

@Suite("whence inspect names tensors as the files do")
struct InspectNamesTests {
    /// A safetensors file of one number a tensor.
    private static func write(_ names: [String], to url: URL) throws {
        let entries = names.enumerated().map { index, name in
            #""\#(name)":{"dtype":"F32","shape":[1],"data_offsets":[\#(index * 4),\#(index * 4 + 4)]}"#
        }
        let header = Data("{\(entries.joined(separator: ","))}".utf8)
        let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
        try (length + header + Data(count: 4 * names.count)).write(to: url)
    }

    @Test(
        "What is unused is shown by its name in the file, with its key where that is another; JSON has both")
    func unused() throws {
        let folder = try TemporaryFolder()
        try Self.write(
            ["bert.encoder.layer.10.spare.weight", "bert.encoder.layer.2.spare.weight", "epoch"],
            to: folder / "model.safetensors")
        try Data(#"{"model_type": "bert", "num_hidden_layers": 1}"#.utf8).write(to: folder / "config.json")
        let text = try BuiltProgram.run(["inspect", folder.url.path]).output
        let line = text.split(separator: "\n").first { $0.hasPrefix("unused") }.map(String.init)
        let shown =
            "unused       bert.encoder.layer.2.spare.weight (bert/encoder/layer_._2/spare/kernel), "
            + "bert.encoder.layer.10.spare.weight (bert/encoder/layer_._10/spare/kernel), epoch"
        #expect(line == shown)
        let json = try BuiltProgram.run(["inspect", folder.url.path, "--json"]).output
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let inspection = try #require(document["inspection"] as? [String: Any])
        let keys = ["bert/encoder/layer_._10/spare/kernel", "bert/encoder/layer_._2/spare/kernel", "epoch"]
        #expect(inspection["unused"] as? [String] == keys)
        let tensors = try #require(inspection["unusedTensors"] as? [[String: String]])
        #expect(tensors.map { $0["key"] } == keys)
        #expect(
            tensors.map { $0["name"] } == [
                "bert.encoder.layer.10.spare.weight", "bert.encoder.layer.2.spare.weight", "epoch",
            ])
    }

    @Test("Tensors are listed in the order of their layers, the second before the tenth")
    func order() throws {
        let folder = try TemporaryFolder()
        let names = [10, 2, 1, 11, 0].map { "bert.encoder.layer.\($0).output.dense.bias" }
        try Self.write(names, to: folder / "names.safetensors")
        let output = try BuiltProgram.run(["inspect", (folder / "names.safetensors").path]).output
        let listed = output.split(separator: "\n").filter { $0.hasPrefix("float32") }
        #expect(
            listed.map { String($0.dropFirst("float32  [1]  ".count)) }
                == [0, 1, 2, 10, 11].map { "bert.encoder.layer.\($0).output.dense.bias" })
    }
}
