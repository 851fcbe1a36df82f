import Foundation
import Testing
import WhenceTestSupport

@Suite("whence evaluate accuracy")
struct EvaluateAccuracyTests {
    /// A copy of a classifier of four labels, and a file with labelled sentences beside it.
    private static func folder(_ sentences: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Repository.fixture("models/tf_bert_seqcls/model"), to: folder / "model")
        let rows = sentences.map { "\($0)\t0\n" }.joined()
        try Data("sentence\tlabel\n\(rows)".utf8).write(to: folder / "dev.tsv")
        return folder
    }

    private static func run(_ command: [String], _ folder: TemporaryFolder) throws -> BuiltProgram.Result {
        try BuiltProgram.run(
            command + ["--model", (folder / "model").path, "--input", (folder / "dev.tsv").path])
    }

    @Test("Labels that would steer a terminal are named by their signs")
    func controlCharacters() throws {
        let folder = try Self.folder(["the film is good"])
        let labels = "\u{1B}[2Jbad,\u{9B}31mgood,b,c"
        let result = try Self.run(["evaluate", "accuracy", "--labels", labels], folder)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains("␛[2Jbad") && result.output.contains("⟨U+009B⟩31mgood"))
        #expect(!result.output.unicodeScalars.contains("\u{1B}"))
        #expect(!result.output.unicodeScalars.contains("\u{9B}"))
    }

    @Test("A sentence without a token is named by its line", arguments: ["evaluate", "extract"])
    func noToken(command: String) throws {
        let folder = try Self.folder(["a", ""])
        // A tokenizer that puts nothing around a text.
        let tokenizer = #"""
            {"pre_tokenizer": {"type": "WhitespaceSplit"},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1}}}
            """#
        try Data(tokenizer.utf8).write(to: folder / "model/tokenizer.json")
        let arguments =
            command == "extract"
            ? ["extract", "--output", (folder / "out.h5").path] : ["evaluate", "accuracy"]
        let result = try Self.run(arguments + ["--tokenizer", "fast"], folder)
        #expect(result.status == 65)
        #expect(result.error.contains("dev.tsv, line 3: the ") && result.error.contains("has no token"))
    }
}
