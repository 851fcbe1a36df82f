import Foundation
import Testing
import WhenceTestSupport

@Suite("whence inspect")
struct InspectTests {
    private static func lines(_ name: String, _ arguments: [String] = []) throws -> [String] {
        let path = Repository.fixture("models/\(name)").path
        let result = try BuiltProgram.run(["inspect", path] + arguments)
        #expect(result.status == 0, "\(result.error)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test("A Keras preset: its sizes, the hint at --labels, and every tensor")
    func preset() throws {
        let lines = try Self.lines("keras_albert_softmax/model")
        #expect(
            lines.contains(
                "layers       4 in 2 groups of 2, hidden 8, 2 heads of 4, feed-forward 12 (gelu_new)"))
        #expect(lines.contains("parameters   2,539"))
        #expect(lines.contains("labels       LABEL_0, LABEL_1, LABEL_2 (numbered; name them with --labels)"))
        #expect(lines.contains("missing      none"))
        #expect(lines.contains("float32  [8, 3]     /layers/dense/vars/0"))
        let named = try Self.lines("keras_albert_softmax/model", ["--labels", "no, yes,perhaps"])
        #expect(named.contains("labels       no, yes, perhaps"))
    }

    @Test(
        "A recommender: its items, its history and what a recommendation is read from; no word of a tokenizer"
    )
    func recommender() throws {
        let path = Repository.fixture("recommendation/models/recbole_bert4rec").path
        let result = try BuiltProgram.run(["inspect", path])
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains("family       bert4rec"))
        #expect(lines.contains("items        24, 24 with titles; special tokens: mask 25, padding 0"))
        #expect(lines.contains("history      up to 5 items"))
        #expect(lines.contains("target       recommendation, at the mask behind the history"))
        #expect(lines.contains("replacement  mask, token 25"))
        #expect(lines.contains("missing      none"))
        #expect(lines.contains("unused       none"))
        #expect(!result.output.contains("tokenizer"))
        let library = try BuiltProgram.run(["inspect", Repository.fixture("inference/tf_bert4rec").path])
        #expect(library.output.contains("328, 0 with titles; special tokens: mask 4, padding 0\n"))
        #expect(library.output.contains("recommendation, at the mask behind the history\n"))
        #expect(!library.output.contains("tokenizer"))
        let causal = try BuiltProgram.run(
            ["inspect", Repository.fixture("recommendation/models/recbole_sasrec").path, "--json"])
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(causal.output.utf8)) as? [String: Any])
        let inspection = try #require(document["inspection"] as? [String: Any])
        #expect(inspection["target"] as? String == "recommendation, at the history's last item")
        let catalogue = try #require(inspection["catalogue"] as? [String: Any])
        #expect(catalogue["historyLimit"] as? Int == 6)
    }

    @Test("A recommender without its items: the reason, and all the rest")
    func recommenderWithoutItems() throws {
        let folder = try TemporaryFolder()
        let copy = folder / "model"
        try FileManager.default.copyItem(
            at: Repository.fixture("recommendation/models/recbole_sasrec"), to: copy)
        try FileManager.default.removeItem(at: copy.appending(path: "items.json"))
        let result = try BuiltProgram.run(["inspect", copy.path])
        #expect(result.status == 0)
        #expect(result.output.contains("items.json is missing"))
        #expect(result.output.contains("not known without its items\n"))
    }

    @Test("What cannot be read is said beside the tensor; of many that are missing ten are named")
    func faults() throws {
        let lines = try Self.lines("../hdf5/oddities.h5")
        #expect(
            lines.contains {
                $0.hasSuffix(
                    "/lzf (cannot be read: filter 32000 \"lzf\" instead of deflate, shuffle or fletcher32)")
            })
        let folder = try TemporaryFolder()
        let source = Repository.fixture("models/tf_bert_seqcls/model/tf_model.h5")
        try FileManager.default.copyItem(at: source, to: folder / "tf_model.h5")
        try Data(#"{"model_type": "bert", "num_hidden_layers": 50}"#.utf8).write(to: folder / "config.json")
        let text = try BuiltProgram.run(["inspect", folder.url.path]).output.split(separator: "\n")
        let missing = text.filter { $0.hasPrefix("missing  ") && !$0.hasPrefix("missing      ") }
        #expect(missing.count == 11)
        #expect(missing.last?.hasPrefix("missing  and ") == true && missing.last?.hasSuffix(" more") == true)
        let json = try BuiltProgram.run(["inspect", folder.url.path, "--json"])
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let inspection = document?["inspection"] as? [String: Any]
        #expect(((inspection?["missing"] as? [Any])?.count ?? 0) > 700)
    }

    @Test("A safetensors file in parts; one alone, which has no configuration")
    func safetensors() throws {
        let lines = try Self.lines("safetensors_electra_bare_sharded/model")
        #expect(lines.contains { $0.hasPrefix("weights      4 files, ") && $0.hasSuffix("and 2 more") })
        #expect(lines.contains("target       none: the model has no head"))
        let alone = try Self.lines("safetensors_gpt2_float16/model/model.safetensors")
        #expect(alone.contains("family         gpt2"))
        #expect(alone.contains("configuration  not looked at; name the folder that holds config.json"))
        #expect(!alone.contains { $0.hasPrefix("target") })
    }

    @Test("The same as JSON, by flag or by format")
    func json() throws {
        let path = Repository.fixture("models/safetensors_gpt2_float16/model").path
        let flag = try BuiltProgram.run(["inspect", path, "--json"])
        let format = try BuiltProgram.run(["inspect", path, "--format", "json"])
        #expect(flag.status == 0)
        #expect(flag.output == format.output)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(flag.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "whence.inspection/1")
        let inspection = try #require(document["inspection"] as? [String: Any])
        #expect(inspection["family"] as? String == "gpt2")
        #expect(inspection["format"] as? String == "pyTorch")
        #expect((inspection["tensors"] as? [Any])?.count == 29)
    }

    @Test("The fast tokenizer is taken where it is asked for, and missed where it is not there")
    func tokenizer() throws {
        let slow = try Self.lines("tf_bert_seqcls_sharded/model", ["--tokenizer", "fast"])
        #expect(
            slow.contains {
                $0.hasPrefix("tokenizer") && $0.contains("tokenizer.json") && $0.contains("missing")
            })
        let folder = try TemporaryFolder()
        let model = Repository.fixture("models/tf_bert_seqcls_sharded/model")
        for file in try FileManager.default.contentsOfDirectory(atPath: model.path) {
            try FileManager.default.copyItem(at: model.appending(path: file), to: folder / file)
        }
        try FileManager.default.copyItem(
            at: Repository.fixture("tokenizers/families/bert-fast/tokenizer.json"),
            to: folder / "tokenizer.json")
        for (choice, isFast) in [("slow", false), ("fast", true)] {
            let result = try BuiltProgram.run(["inspect", folder.url.path, "--tokenizer", choice])
            let line = result.output.split(separator: "\n").first { $0.hasPrefix("tokenizer") }
            #expect(line?.contains("WordPiece (tokenizer.json)") == isFast, "\(line ?? "no line")")
        }
    }

    @Test("Help lists the formats of graphs that can be read, and not the one that is only written")
    func readableFormats() throws {
        let result = try BuiltProgram.run(["convert", "graph", "--help"])
        let from = try #require(result.output.range(of: "  --from <format>  "))
        let end = result.output.range(of: "--check", range: from.upperBound..<result.output.endIndex)
        let text = result.output[from.upperBound..<(end?.lowerBound ?? result.output.endIndex)]
        #expect(text.contains("tetrad") && !text.contains("svg"), "\(text)")
    }

    @Test("Labels that do not fit the classes are a usage error, 64, of every command that takes them")
    func wrongLabels() throws {
        let path = Repository.fixture("models/keras_distilbert/model").path
        let folder = try TemporaryFolder()
        let table = folder / "rows.tsv"
        try Data("sentence\tlabel\ntext\t0\n".utf8).write(to: table)
        let rows = ["--input", table.path, "--model", path]
        let output = ["--output", (folder / "out.h5").path]
        for arguments in [
            ["inspect", path], ["explain", "sentiment", "--model", path, "text"],
            ["annotate", "sentiment"] + rows + output, ["extract"] + rows + output,
            ["evaluate", "accuracy"] + rows,
        ] {
            for (labels, problem) in [
                ("no,yes", "labels: expected 3 names, found 2."),
                ("no,yes,no", "labels: expected different names, found \"no\" twice."),
                ("no,,yes", "labels: expected names, found an empty one."),
            ] {
                let result = try BuiltProgram.run(arguments + ["--labels", labels])
                #expect(result.status == 64, "\(arguments) \(labels): \(result.error)")
                #expect(result.error.contains(problem), "\(result.error)")
            }
        }
    }

    @Test("Labels for a model without classes are a usage error, 64, that says to leave them out")
    func labelsOfNothing() throws {
        let path = Repository.fixture("models/keras_xlmr_sharded/model").path
        let result = try BuiltProgram.run(["inspect", path, "--labels", "no"])
        #expect(result.status == 64)
        #expect(
            result.error.contains("found a model without classes. Leave the names out."), "\(result.error)")
    }

    @Test("Names in a file that would steer a terminal are shown by their signs, on both streams")
    func controlCharacters() throws {
        let folder = try TemporaryFolder()
        let name = #"w\u001b[2J\u009b31m\u202e\u2028\n"#
        for (shape, status) in [(1, Int32(0)), (3, 65)] {
            let header = Data(
                #"{"\#(name)":{"dtype":"F32","shape":[\#(shape)],"data_offsets":[0,4]}}"#.utf8)
            let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
            let file = folder / "names.safetensors"
            try (length + header + Data(count: 4)).write(to: file)
            let result = try BuiltProgram.run(["inspect", file.path])
            #expect(result.status == status)
            let shown = result.output + result.error
            #expect(
                shown.contains(
                    status == 0
                        ? "  w␛[2J⟨U+009B⟩31m⟨U+202E⟩⟨U+2028⟩␊\n"
                        : #""w\u{1B}[2J\u{9B}31m\u{202E}\u{2028}\n":"#))
            let controls = shown.unicodeScalars.filter {
                $0 != "\n" && ($0.properties.generalCategory == .control || $0 == "\u{202E}")
            }
            #expect(controls.isEmpty)
        }
    }

    @Test("A part of the weights whose name would steer a terminal is named by its signs")
    func controlCharactersOfParts() throws {
        let folder = try TemporaryFolder()
        try Data(#"{"model_type":"bert"}"#.utf8).write(to: folder / "config.json")
        try Data(#"{"weight_map":{"w":"\u001b[2J.safetensors"}}"#.utf8).write(
            to: folder / "model.safetensors.index.json")
        let result = try BuiltProgram.run(["inspect", folder.url.path])
        #expect(result.status == 66)
        #expect(result.error.contains("/␛[2J.safetensors: a part of the weights is missing."))
        #expect(!result.error.contains("\u{1B}"))
    }
}
