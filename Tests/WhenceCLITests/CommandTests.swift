import Foundation
import Testing
import WhenceTestSupport

private let albert = Repository.fixture("models/tf_albert_seqcls/model").path
private let sentence = "Several times here and reveals how bad an actress she is."

@Suite("whence explain sentiment")
struct ExplainSentimentTests {
    private func explanation(_ arguments: [String], input: Data = Data()) throws -> [String: Any] {
        let run = try BuiltProgram.run(
            ["explain", "sentiment", "--format", "json"] + arguments, input: input)
        #expect(run.status == 0, "\(run.error)")
        return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test("The JSON document follows its schema")
    func schema() throws {
        let document = try explanation(["--model", albert, sentence])
        #expect(document["schema"] as? String == "whence.explanation/1")
        #expect(document["task"] as? String == "sentiment")
        let input = try #require(document["input"] as? [String: Any])
        #expect(input["text"] as? String == sentence)
        let words = try #require(input["words"] as? [[String: Any]])
        let spelt = words.compactMap { $0["text"] as? String }
        #expect(
            spelt == [
                "Several", "times", "here", "and", "reveals", "how", "bad", "an", "actress", "she", "is", ".",
            ])
        let graphs = try #require(document["graphs"] as? [[String: Any]])
        #expect(graphs.count == 4, "one graph a head")
        for graph in graphs {
            let nodes = try #require(graph["nodes"] as? [[String: Any]])
            #expect(nodes.count == words.count + 1)
            #expect(graph["target"] as? Int == 0)
        }
        let status = try #require(document["status"] as? [String: Any])
        #expect(["minimal", "none", "budget"].contains(status["search"] as? String))
    }

    @Test("The text comes from an argument, a file or a pipe, and the answer is the same")
    func sources() throws {
        let folder = try TemporaryFolder()
        try Data((sentence + "\n").utf8).write(to: folder / "text")
        let documents = [
            try explanation(["--model", albert, sentence]),
            try explanation(["--model", albert, "--input", (folder / "text").path]),
            try explanation(["--model", albert], input: Data((sentence + "\n").utf8)),
            try explanation(["--model", albert, "-"], input: Data(sentence.utf8)),
        ]
        for document in documents {
            let explanations = document["explanations"] as? NSArray
            #expect(explanations == documents[0]["explanations"] as? NSArray)
            #expect((document["graphs"] as? NSArray) == (documents[0]["graphs"] as? NSArray))
        }
    }

    @Test("Any number of threads gives the same bytes, but for the time taken")
    func threads() throws {
        var outputs: [String] = []
        for threads in ["1", "2"] {
            let run = try BuiltProgram.run([
                "explain", "sentiment", "--model", albert, "--threads", threads, "--format", "json", sentence,
            ])
            let kept = run.output.split(separator: "\n").filter { !$0.contains("elapsedMilliseconds") }
            outputs.append(kept.joined(separator: "\n"))
        }
        #expect(outputs[0] == outputs[1])
    }

    @Test("Kernels for older machines answer alike; unknown ones are refused")
    func kernels() throws {
        let arguments = ["--model", albert, sentence]
        let best = try explanation(arguments)["prediction"] as? [String: Any]
        for precision in ["fp32", "int8"] {
            let run = try BuiltProgram.run(
                ["explain", "sentiment", "--format", "json", "--precision", precision] + arguments,
                environment: ["WHENCE_KERNELS": "plain"])
            let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let plain = document?["prediction"] as? [String: Any]
            #expect(plain?["label"] as? String == best?["label"] as? String)
            let difference = try abs(
                #require(plain?["probability"] as? Double) - #require(best?["probability"] as? Double))
            #expect(difference < (precision == "fp32" ? 1e-5 : 0.1))
        }
        let run = try BuiltProgram.run(
            ["explain", "sentiment"] + arguments, environment: ["WHENCE_KERNELS": "avx3"])
        #expect(run.status == 64 && run.error.contains("avx2, avxvnni or avx512, not 'avx3'"), "\(run.error)")
    }

    @Test("An output file appears whole, and is replaced only with --force")
    func outputFile() throws {
        let folder = try TemporaryFolder()
        let file = folder / "graph.svg"
        let arguments = [
            "explain", "sentiment", "--model", albert, "--format", "svg", "-o", file.path, sentence,
        ]
        #expect(try BuiltProgram.run(arguments).status == 0)
        let first = try Data(contentsOf: file)
        #expect(first.starts(with: Data("<?xml".utf8)) || first.starts(with: Data("<svg".utf8)))
        let refused = try BuiltProgram.run(arguments)
        #expect(refused.status == 73)
        #expect(
            refused.error
                == "whence: \(file.path): cannot be written: it exists already; --force replaces it.\n")
        #expect(try BuiltProgram.run(arguments + ["--force"]).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["graph.svg"])
    }

    @Test("No colour codes reach a file or a pipe")
    func noColour() throws {
        let run = try BuiltProgram.run(["explain", "sentiment", "--model", albert, sentence])
        #expect(run.status == 0)
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.error.isEmpty)
    }

    @Test("A text longer than the model takes is explained, and its unseen end is named")
    func longText() throws {
        let text = Array(repeating: "good", count: 300).joined(separator: " ")
        let run = try BuiltProgram.run(
            ["explain", "sentiment", "--model", albert, "--format", "json", "--max-forward", "20", text])
        #expect(run.status == 0)
        #expect(run.error.contains("were not seen"))
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let input = try #require(document?["input"] as? [String: Any])
        #expect((input["unseenFrom"] as? Int).map { $0 > 0 && $0 < text.utf8.count } == true)
    }
}

@Suite("What a clumsy user is told")
struct ErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var input = Data()
        var status: Int32
        var mentions: [String]
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "missing folder", arguments: ["--model", "/no/such", "good"], status: 66,
            mentions: ["/no/such"]),
        Case(name: "empty text", arguments: ["--model", albert, ""], status: 65, mentions: ["no word"]),
        Case(
            name: "only spaces", arguments: ["--model", albert, "   \t "], status: 65, mentions: ["no word"]),
        Case(
            name: "unknown option", arguments: ["--modle", albert, "good"], status: 64,
            mentions: ["--modle", "--model"]),
        Case(
            name: "missing input file", arguments: ["--model", albert, "--input", "/no/such.txt"], status: 66,
            mentions: ["/no/such.txt"]),
        Case(
            name: "text twice", arguments: ["--model", albert, "--input", "/no/such.txt", "good"], status: 64,
            mentions: ["not both"]),
        Case(
            name: "invalid UTF-8 on the standard input", arguments: ["--model", albert],
            input: Data("caf".utf8) + [0xE9], status: 65,
            mentions: ["standard input, line 1", "0xE9", "offset 3"]),
        Case(
            name: "alpha out of range", arguments: ["--model", albert, "--alpha", "1.5", "good"], status: 64,
            mentions: ["alpha", "1.5"]),
        Case(
            name: "more seconds than can be counted",
            arguments: ["--model", albert, "--time-limit", "1e300", "good"], status: 64,
            mentions: ["the time limit is 1e+300", "below a billion"]),
        Case(
            name: "head out of range", arguments: ["--model", albert, "--heads", "9", "good film"],
            status: 64, mentions: ["0 to 3"]),
        Case(
            name: "no such head list", arguments: ["--model", albert, "--heads", "a", "good"], status: 64,
            mentions: ["--heads"]),
        Case(
            name: "unknown format", arguments: ["--model", albert, "--format", "png", "good"], status: 64,
            mentions: ["svg"]),
        Case(
            name: "output into nowhere",
            arguments: ["--model", albert, "-o", "/no/such/dir/out", "good film"],
            status: 73, mentions: ["/no/such/dir"]),
        Case(
            name: "output without a name", arguments: ["--model", albert, "-o", "", "good film"], status: 64,
            mentions: ["--output is empty"]),
        Case(
            name: "full disk", arguments: ["--model", albert, "-o", "/dev/full", "good film"], status: 73,
            mentions: ["/dev/full", "no space"]),
    ]

    @Test("One sentence, the right exit code", arguments: cases)
    func clumsy(_ example: Case) throws {
        let run = try BuiltProgram.run(["explain", "sentiment"] + example.arguments, input: example.input)
        #expect(run.status == example.status, "\(run.error)")
        #expect(run.output.isEmpty)
        for mention in example.mentions {
            #expect(run.error.localizedCaseInsensitiveContains(mention), "\(run.error)")
        }
    }

    @Test(
        "Unusual texts are explained, not refused",
        arguments: [
            "🎬🍿 great 👨‍👩‍👧‍👦 film 🇩🇪", "فيلم رائع جدا", "סרט טוב מאוד", "nul\u{0}byte film", "ﬁne ½ ﬁlm…",
            "e\u{301}te\u{301} charmant",
            "[MASK] literal [CLS] specials [SEP]", "映画は最高です", "a", "<script>alert(1)</script>",
        ])
    func unusualTexts(_ text: String) throws {
        let run = try BuiltProgram.run(
            ["explain", "sentiment", "--model", albert, "--format", "json", "--input", "-"],
            input: Data(text.utf8))
        #expect(run.status == 0, "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect((document?["input"] as? [String: Any])?["text"] as? String == text)
    }

    @Test("A hundred thousand characters are cut with notice, within seconds")
    func hugeText() throws {
        let text = String(repeating: "wonderful acting and a dull plot ", count: 3_031)
        let run = try BuiltProgram.run(
            ["explain", "sentiment", "--model", albert, "--max-forward", "50"], input: Data(text.utf8))
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("the text is too long for the model"))
    }
}

@Suite("Broken model folders")
struct BrokenFolderTests {
    /// A copy of a good folder, changed.
    private func explain(_ change: (URL) throws -> Void) throws -> BuiltProgram.Result {
        let folder = try TemporaryFolder()
        let model = folder / "model"
        try FileManager.default.copyItem(at: URL(filePath: albert), to: model)
        for file in try FileManager.default.contentsOfDirectory(atPath: model.path) {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: model.appending(path: file).path)
        }
        try change(model)
        return try BuiltProgram.run(["explain", "sentiment", "--model", model.path, "good film"])
    }

    private func edit(_ model: URL, _ change: (inout [String: Any]) -> Void) throws {
        let file = model.appending(path: "config.json")
        var config = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        change(&config)
        try JSONSerialization.data(withJSONObject: config).write(to: file)
    }

    @Test("Weights that are missing are a missing input")
    func noWeights() throws {
        let run = try explain { try FileManager.default.removeItem(at: $0.appending(path: "tf_model.h5")) }
        #expect(run.status == 66)
        #expect(run.error.contains("tf_model.h5"))
    }

    @Test("A truncated weights file is bad data")
    func truncated() throws {
        let run = try explain { model in
            let file = model.appending(path: "tf_model.h5")
            try Data(contentsOf: file).prefix(60_000).write(to: file)
        }
        #expect(run.status == 65)
        #expect(run.error.contains("tf_model.h5"))
        #expect(
            run.error.contains("expected 175264 bytes, as its header says, found 60000 bytes"), "\(run.error)"
        )
    }

    @Test("A file that is not HDF5 is bad data")
    func notHDF5() throws {
        let run = try explain { try Data("not weights".utf8).write(to: $0.appending(path: "tf_model.h5")) }
        #expect(run.status == 65)
        #expect(run.error.contains("HDF5"))
    }

    @Test("Weights of another shape name the tensor and both shapes")
    func wrongShape() throws {
        let run = try explain { try edit($0) { $0["intermediate_size"] = 128 } }
        #expect(run.status == 65)
        #expect(
            run.error.contains("ffn") && run.error.contains("128") && run.error.contains("96"), "\(run.error)"
        )
    }

    @Test("An unknown family names the families that are known")
    func unknownFamily() throws {
        let run = try explain {
            try edit($0) {
                $0["model_type"] = "t5"; $0["architectures"] = ["T5Model"]
            }
        }
        #expect(run.status == 65)
        #expect(run.error.contains("albert") && run.error.contains("bert"), "\(run.error)")
    }

    @Test("A tokenizer with more pieces than the model has rows names both sizes")
    func tokenizerTooLarge() throws {
        let run = try explain { model in
            let other = Repository.fixture("models/tf_albert_groups_seqcls/model/spiece.model")
            try Data(contentsOf: other).write(to: model.appending(path: "spiece.model"))
            try edit(model) { $0["vocab_size"] = 300 }
        }
        #expect(run.status == 65)
        #expect(run.error.contains("300"), "\(run.error)")
    }

    @Test("A folder without a tokenizer is a missing input")
    func noTokenizer() throws {
        let run = try explain { try FileManager.default.removeItem(at: $0.appending(path: "spiece.model")) }
        #expect(run.status == 66)
        #expect(run.error.contains("spiece.model"), "\(run.error)")
    }

    @Test("A configuration that is not JSON is bad data")
    func brokenConfiguration() throws {
        let run = try explain {
            try Data("{\"model_type\": ".utf8).write(to: $0.appending(path: "config.json"))
        }
        #expect(run.status == 65)
        #expect(run.error.contains("config.json"), "\(run.error)")
    }
}
