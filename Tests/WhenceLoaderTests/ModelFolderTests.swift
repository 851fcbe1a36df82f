import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceLoader

/// A copy of a fixture's folder that a test may spoil.
private func copy(_ name: String, into folder: TemporaryFolder) throws -> URL {
    let target = folder / "model"
    try FileManager.default.copyItem(at: Repository.fixture("models/\(name)/model"), to: target)
    return target
}

@Suite("Model folders")
struct ModelFolderTests {
    @Test("A folder's name, parameters, memory and tokenizer files are known without reading weights")
    func description() throws {
        let folder = try ModelFolder(at: Repository.fixture("models/tf_albert_seqcls/model").path + "/")
        #expect(folder.name == "model")
        #expect(folder.parameterCount == 33_379)
        #expect(folder.memoryByteCount == 4 * 33_379)
        #expect(
            folder.tokenizerFiles.names == [
                "special_tokens_map.json", "spiece.model", "tokenizer_config.json",
            ])
    }

    // Computed with Python's hashlib, the second over both shards.
    @Test(
        "The digest is that of the weights, shards one after another",
        arguments: [
            ("tf_albert_seqcls", "4377f869edb9d4d703f1ebcd47c9b8a0133a573b1b4d512615e85028a361775b"),
            ("tf_bert_seqcls_sharded", "de66cf5aab0b2540faf131766dc16da23e449352821d0ada6acf7fe3ed7e6073"),
        ])
    func digest(name: String, expected: String) throws {
        #expect(try modelFolder(name).sha256() == expected)
    }

    @Test("A folder or a file in it that is not there is missing, and the hint says what to do")
    func missing() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        func expectMissing(_ what: String, hint: String, at path: String = path) throws {
            let error = #expect(throws: LoaderError.self) { try ModelFolder(at: path) }
            guard case .missing(_, let missing, let given) = error else {
                Issue.record("\(what): \(String(describing: error))")
                return
            }
            #expect(missing.contains(what))
            #expect(given.contains(hint), "\(given)")
        }
        try expectMissing("the model folder", hint: "Check the path", at: path + "/nowhere")
        try expectMissing("config.json", hint: "saved beside")
        try Data(#"{"model_type": "bert"}"#.utf8).write(to: folder / "config.json")
        try expectMissing("tf_model.h5 or model.safetensors", hint: "save the model again")
        try Data().write(to: folder / "pytorch_model.bin")
        try expectMissing("tf_model.h5", hint: "The folder holds PyTorch's pytorch_model.bin")
    }

    @Test("Padding numbered beyond the positions of a PyTorch model is refused")
    func paddingBeyondPositions() throws {
        let folder = try TemporaryFolder()
        let model = try copy("safetensors_bert_mlm_bfloat16", into: folder)
        func configure(padding: Int) throws {
            let json = """
                {"architectures": ["RobertaForMaskedLM"], "model_type": "roberta", "vocab_size": 1000,
                 "max_position_embeddings": 514, "pad_token_id": \(padding)}
                """
            try Data(json.utf8).write(to: model.appending(path: "config.json"))
        }
        try configure(padding: 512)
        #expect(try ModelFolder(at: model.path).configuration.maximumTokenCount == 1)
        try configure(padding: 513)
        let error = #expect(throws: LoaderError.self) { try ModelFolder(at: model.path) }
        #expect(
            error?.description.contains("config.json: pad_token_id: expected at most 512") == true,
            "\(String(describing: error))")
    }

    @Test("Parts of a Keras preset that are not there are missing")
    func presetParts() throws {
        let folder = try TemporaryFolder()
        let model = try copy("keras_bert_float16", into: folder)
        let task = model.appending(path: "task.weights.h5")
        try FileManager.default.moveItem(at: task, to: model.appending(path: "model.weights.h5"))
        let head = #expect(throws: LoaderError.self) { try ModelFolder(at: model.path) }
        #expect(
            head?.description.contains("task.weights.h5: the file with the task's head is missing") == true)
        try FileManager.default.removeItem(at: model.appending(path: "model.weights.h5"))
        let all = #expect(throws: LoaderError.self) { try ModelFolder(at: model.path) }
        #expect(all?.description.contains("model.weights.h5: the preset's weights file is missing") == true)
    }

    @Test("A preset's labels are numbered until they are given")
    func labels() throws {
        let path = Repository.fixture("models/keras_distilbert/model").path
        let numbered = try ModelFolder(at: path)
        #expect(numbered.configuration.labels == ["LABEL_0", "LABEL_1", "LABEL_2"])
        #expect(!numbered.hasNamedLabels)
        let named = try ModelFolder(at: path, labels: ["no", "yes", "perhaps"])
        #expect(named.configuration.labels == ["no", "yes", "perhaps"])
        #expect(named.hasNamedLabels)
        for (labels, reason) in [
            (["no", "yes"], "expected 3 names, found 2"), (["no", "no", "yes"], "found \"no\" twice"),
            (["no", "", "yes"], "found an empty one"),
        ] {
            let error = #expect(throws: LoaderError.self) { try ModelFolder(at: path, labels: labels) }
            #expect(error?.description.contains(reason) == true)
        }
        let encoder = Repository.fixture("models/keras_xlmr_sharded/model").path
        #expect(throws: LoaderError.self) { try ModelFolder(at: encoder, labels: ["no"]) }
        #expect(try ModelFolder(at: encoder).hasNamedLabels)
    }

    @Test("An unknown family is the answer even where weights are missing too")
    func unknownFamily() throws {
        let folder = try TemporaryFolder()
        try Data(#"{"model_type": "t5"}"#.utf8).write(to: folder / "config.json")
        let error = #expect(throws: LoaderError.self) { try ModelFolder(at: folder.url.path) }
        #expect(error?.description.contains("Whence reads: albert, bert, ") == true)
    }

    @Test("A file in place of a folder is refused as one")
    func file() throws {
        let path = Repository.fixture("models/tf_bert_seqcls/model/config.json").path
        let error = #expect(throws: LoaderError.self) { try ModelFolder(at: path) }
        #expect(error?.description.contains("expected a model folder, found a file") == true)
    }

    @Test("A shard that the index names must be there, and lie in the folder")
    func shards() throws {
        let folder = try TemporaryFolder()
        let model = try copy("tf_bert_seqcls_sharded", into: folder)
        try FileManager.default.removeItem(at: model.appending(path: "tf_model-00002-of-00002.h5"))
        let missing = #expect(throws: LoaderError.self) { try ModelFolder(at: model.path) }
        #expect(
            missing?.description.contains("tf_model-00002-of-00002.h5: a part of the weights is missing")
                == true)
        for name in ["../tf_model.h5", "/etc/passwd", "", "..", #"tf_model-00001-of-00002.h5\u0000x"#] {
            let index = #"{"weight_map": {"m/classifier/kernel:0": "\#(name)"}}"#
            try Data(index.utf8).write(to: model.appending(path: "tf_model.h5.index.json"))
            let error = #expect(throws: LoaderError.self) { try ModelFolder(at: model.path) }
            #expect(error?.description.contains("expected the name of a file in the same folder") == true)
        }
    }
}

@Suite("Inspection")
struct InspectionTests {
    @Test("A real folder lacks nothing, and nothing in it is unused", arguments: modelCases)
    func complete(name: String) throws {
        let inspection = try Inspection(of: Repository.fixture("models/\(name)/model").path)
        #expect(inspection.missing == [])
        #expect(inspection.mismatched == [])
        #expect(inspection.unused == [])
        #expect(inspection.target == "[CLS], position 0")
        let data = try JSONEncoder().encode(inspection)
        #expect(try JSONDecoder().decode(Inspection.self, from: data) == inspection)
    }

    @Test("A configuration of another size shows what is missing, mismatched and unused")
    func comparison() throws {
        let folder = try TemporaryFolder()
        let model = try copy("tf_bert_seqcls", into: folder)
        let config =
            #"{"model_type": "bert", "architectures": ["BertForMaskedLM"], "vocab_size": 500, "#
            + #""hidden_size": 64, "num_attention_heads": 4, "num_hidden_layers": 1, "intermediate_size": 128, "#
            + #""max_position_embeddings": 40}"#
        try Data(config.utf8).write(to: model.appending(path: "config.json"))
        let inspection = try Inspection(of: model.path)
        #expect(inspection.mismatched.map(\.name) == ["bert/embeddings/word_embeddings/weight"])
        #expect(inspection.mismatched.first?.expected == [500, 64])
        #expect(inspection.mismatched.first?.found == [547, 64])
        #expect(inspection.missing.map(\.name).contains("mlm___cls/predictions/bias"))
        #expect(inspection.unused.count == 20)
        #expect(inspection.unused.contains("bert/encoder/layer_._1/attention/self/query/kernel"))
        #expect(inspection.target == "the position of [MASK]")
    }

    @Test("A weights file alone is listed, its family told from its names")
    func fileAlone() throws {
        let inspection = try Inspection(
            of: Repository.fixture("models/tf_albert_seqcls/model/tf_model.h5").path)
        #expect(inspection.family == .albert)
        #expect(inspection.configuration == nil)
        #expect(inspection.parameterCount == 33_379)
        #expect(inspection.tensors.count == 27)
        #expect(inspection.tensors.allSatisfy { $0.elementType == .float32 })
    }

    @Test("What the tokenizer makes, and what takes a token's place")
    func tokenizer() throws {
        let bert = try Inspection(of: Repository.fixture("models/tf_bert_seqcls/model").path)
        #expect(bert.tokenizer?.kind == "WordPiece")
        #expect(bert.tokenizer?.vocabularySize == 547)
        #expect(bert.replacement == "[MASK], id 4")
        let items = try Inspection(of: Repository.fixture("models/keras_distilbert/model").path)
        #expect(items.tokenizer == nil)
        #expect(items.tokenizerProblem == nil)
        #expect(!items.hasNamedLabels)
        #expect(items.format == .keras)
        let folder = try TemporaryFolder()
        let model = try copy("tf_bert_seqcls", into: folder)
        try Data("a\na\n".utf8).write(to: model.appending(path: "vocab.txt"))
        let broken = try Inspection(of: model.path)
        #expect(broken.tokenizer == nil)
        #expect(broken.tokenizerProblem?.contains("vocab.txt") == true)
    }

    @Test("A file of a hundred gigabytes, none of them on the disk, is listed without reading them")
    func large() throws {
        let folder = try TemporaryFolder()
        let file = folder / "model.safetensors"
        let header =
            #"{"bert.embeddings.word_embeddings.weight": "#
            + #"{"dtype": "F32", "shape": [25000000, 1000], "data_offsets": [0, 100000000000]}}"#
        var content = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        content.append(contentsOf: Array(header.utf8))
        try content.write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: UInt64(content.count) + 100_000_000_000)
        let inspection = try Inspection(of: file.path)
        #expect(inspection.family == .bert)
        #expect(inspection.parameterCount == 25_000_000_000)
        #expect(inspection.fileByteCount == content.count + 100_000_000_000)
    }

    @Test("The family of a weights file alone, whoever wrote it")
    func foreignFiles() throws {
        for (file, family, format) in [
            ("safetensors_gpt2_float16/model/model.safetensors", ModelFamily.gpt2, WeightFormat.pyTorch),
            ("safetensors_debertav2/model/model.safetensors", .debertaV2, .pyTorch),
            ("keras_distilbert/model/task.weights.h5", .distilBert, .keras),
        ] {
            let inspection = try Inspection(of: Repository.fixture("models/\(file)").path)
            #expect(inspection.family == family)
            #expect(inspection.format == format)
            #expect(inspection.parameterCount > 0)
        }
    }

    @Test("A path that leads nowhere is missing")
    func nowhere() {
        #expect(throws: LoaderError.self) { try Inspection(of: "/no/such/model") }
    }
}
