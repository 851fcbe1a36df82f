import Foundation
import Testing
import WhenceTestSupport

@Suite("One of a thing is not called several")
struct SingularTests {
    private static let model = Repository.fixture("models/tf_albert_seqcls/model").path
    private static let training = [
        "lab", "train", "--vocabulary", "2", "--length", "3", "--steps", "1", "--batch", "1",
    ]

    /// What is run in a folder with the files below, and what it says.
    private static let cases: [(arguments: [String], mentions: [String])] = [
        (["convert", "dataset", "one.csv", "--to", "jsonl"], ["1 interaction of 1 user"]),
        (
            [
                "evaluate", "ranking", "--baselines-only", "--dataset", "two.csv", "--samples", "1",
                "--neighbours", "1",
            ],
            [
                "\n1 user, 3 items; the last item", "(1 neighbour, shrinkage ",
                " of 1 bootstrap sample of users,",
                "1 user has too few items to be asked about.",
            ]
        ),
        (
            ["discover", "--data", "samples.csv", "--missing", "drop"],
            ["1 row was left out because a value is missing."]
        ),
        (training, ["1 step of 1 sequence, seed 0"]),
        (training + ["--model", "standard", "--layers", "1"], ["1 layer of a standard transformer"]),
        (
            ["lab", "gradient", "--length", "4", "--vocabulary", "2", "--kernels", "1", "--sequences", "1"],
            ["; 1 kernel, 1 sequence\n"]
        ),
        (
            [
                "lab", "sweep", "--vocabulary", "2", "--length", "3", "--steps", "1", "--batch", "1", "-o",
                "runs.jsonl",
            ],
            ["1 run, 1 of them new: "]
        ),
        (
            [
                "lab", "calibrate", "--families", "chain", "--seeds", "1", "--steps", "1", "--batch", "1",
                "--sequences",
                "1",
            ],
            ["1 transformer a family, 1 sequence each;"]
        ),
        (["extract", "--model", model, "--input", "text.txt", "-o", "out.h5"], ["out.h5: wrote 1 text."]),
        (
            ["evaluate", "accuracy", "--model", model, "--input", "long.tsv"],
            ["1 sentence was longer than the model takes; its end was not seen."]
        ),
        (
            ["merge", "one.jsonl", "-o", "merged.jsonl"],
            ["whence: 1 row of 1 part merged.", "a missing last part would not show"]
        ),
    ]

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let long = Array(repeating: "good", count: 2_000).joined(separator: " ")
        let samples = (0..<9).map { "\($0),\($0 * $0 % 7)\n" }.joined()
        for (name, content) in [
            ("one.csv", "user,item,rating,timestamp\nu,a,3,1\n"),
            ("two.csv", "user,item,rating,timestamp\nu,a,3,1\nu,b,3,2\nu,c,3,3\nv,a,3,1\n"),
            ("samples.csv", "a,b\n,1\n\(samples)"), ("text.txt", "a good film\n"),
            ("long.tsv", "sentence\tlabel\n\(long)\t0\n"),
        ] { try Data(content.utf8).write(to: folder / name) }
        let run = try BuiltProgram.run([
            "annotate", "sentiment", "--model", model, "--input", (folder / "text.txt").path, "--fields",
            "prediction", "-o", (folder / "one.jsonl").path,
        ])
        #expect(run.status == 0, "\(run.error)")
        return folder
    }

    @Test("Counts of one have a noun and a verb in the singular", arguments: cases.indices)
    func singular(index: Int) throws {
        let (arguments, mentions) = Self.cases[index]
        let folder = try Self.folder()
        let named = arguments.map { argument in
            argument.contains(".") && !argument.hasPrefix("/") ? (folder / argument).path : argument
        }
        let run = try BuiltProgram.run(named)
        #expect(run.status == 0, "\(run.error)")
        for mention in mentions {
            #expect((run.output + run.error).contains(mention), "\(run.output)\(run.error)")
        }
    }

    @Test("A study of one user speaks of one user")
    func study() throws {
        let folder = try TemporaryFolder()
        try Data(#"{"user":"u","history":["500","517","534"]}"#.utf8).write(to: folder / "h.jsonl")
        let model = try RecommenderFolder()
        let run = try BuiltProgram.run([
            "evaluate", "recommendation", "--model", model.url.path, "--dataset", (folder / "h.jsonl").path,
            "--methods", "cleann-icd,attention-greedy", "--bootstrap-samples", "1",
        ])
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("\n1 user. changed: "), "\(run.output)")
        #expect(run.output.contains(" of 1 bootstrap sample of users,"), "\(run.output)")
        #expect(!run.output.contains("1 users"), "\(run.output)")
    }
}
