import Foundation
import Testing
import WhenceTestSupport

private let albert = Repository.fixture("models/tf_albert_seqcls/model").path

/// Rows of a data set with everything that can be wrong with a row.
private let planted: [Data] = [
    Data(#"{"id": 1, "text": "A charming and often affecting journey.", "gold": 1}"#.utf8),
    Data(#"{"id": 2, "text": ""}"#.utf8),
    Data("not json".utf8),
    Data(#"{"id": 4, "text": 5}"#.utf8),
    Data(#"{"id": 5, "review": "no text here"}"#.utf8),
    Data(#"{"id": 6, "text": ""#.utf8) + Data([0xFF, 0xFE]) + Data(#""}"#.utf8),
    Data("{\"id\": 7, \"text\": \"\(String(repeating: "very ", count: 3_000))long\"}".utf8),
    Data(),
    Data(#"{"id": 9, "prediction": "mine", "text": "Slow, dull and far too long."}"#.utf8),
]

private func lines(_ rows: [Data]) -> Data { rows.reduce(Data()) { $0 + $1 + Data("\n".utf8) } }

private func records(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
        try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
}

@Suite("whence annotate sentiment")
struct AnnotateSentimentTests {
    private func annotate(_ arguments: [String], input: Data = Data()) throws -> BuiltProgram.Result {
        try BuiltProgram.run(
            ["annotate", "sentiment", "--model", albert, "--max-set-size", "1"] + arguments, input: input)
    }

    @Test("Bad rows become records with line and reason, and all others are annotated")
    func badRows() throws {
        let folder = try TemporaryFolder()
        try lines(planted).write(to: folder / "rows.jsonl")
        let run = try annotate(["--input", (folder / "rows.jsonl").path, "-o", (folder / "out.jsonl").path])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("bad rows"), "\(run.error)")
        // Of each kind the first: line 8 is empty as well.
        #expect(run.error.contains("rows.jsonl, line 2: the text is empty."), "\(run.error)")
        #expect(
            run.error.contains(
                "rows.jsonl, line 5: the row has no field \u{201C}text\u{201D}, which rows before it have; "
                    + "it has: id, review."), "\(run.error)")
        #expect(!run.error.contains("line 8"), "\(run.error)")
        let found = try records(String(contentsOf: folder / "out.jsonl", encoding: .utf8))
        #expect(found.count == planted.count)
        let kinds = found.map { ($0["error"] as? [String: Any])?["kind"] as? String }
        #expect(
            kinds == [
                nil, "empty", "malformed", "wrong-type", "missing-field", "invalid-utf8", "too-long", "empty",
                nil,
            ])
        for (index, record) in found.enumerated() {
            let row = try #require(record["row"] as? [String: Any])
            #expect(row["index"] as? Int == index)
            #expect(row["line"] as? Int == index + 1)
            #expect(record["schema"] as? String == "whence.explanation/1")
        }
        #expect(found[0]["gold"] as? Int == 1)
        #expect(found[3]["id"] as? Int == 4, "the fields of a bad row are kept")
        #expect(found[8]["prediction"] is [String: Any])
        let clash = (found[8]["row"] as? [String: Any])?["fields"] as? [String: Any]
        #expect(clash?["prediction"] as? String == "mine")
    }

    @Test("A row says what whence explain says about its text")
    func sameAsExplain() throws {
        let run = try annotate(["--input", "-", "-o", "-", "--quiet"], input: lines([planted[0]]))
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.isEmpty)
        var record = try #require(try records(run.output).first)
        let alone = try BuiltProgram.run([
            "explain", "sentiment", "--model", albert, "--max-set-size", "1", "--format", "json",
            "A charming and often affecting journey.",
        ])
        var document = try #require(
            JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [String: Any])
        // Time is what no two runs have in common.
        var status = try #require(document["status"] as? [String: Any])
        status["elapsedMilliseconds"] = nil
        document["status"] = status
        for field in ["row", "id", "gold"] { record[field] = nil }
        #expect(record as NSDictionary == document as NSDictionary)
    }

    @Test("--fields chooses what is written", arguments: ["prediction", "explanation", "graphs"])
    func fields(_ detail: String) throws {
        let run = try annotate(["--input", "-", "-o", "-", "--fields", detail], input: lines([planted[0]]))
        let record = try #require(try records(run.output).first)
        #expect(record["prediction"] is [String: Any])
        #expect((record["explanations"] != nil) == (detail != "prediction"))
        #expect(((record["graphs"] as? [Any]) ?? []).isEmpty == (detail != "graphs"))
    }

    @Test("Any number of threads and any shards, merged, give the same bytes")
    func threadsAndShards() throws {
        let folder = try TemporaryFolder()
        try lines(planted + planted.reversed()).write(to: folder / "rows.jsonl")
        func output(_ name: String, _ arguments: [String]) throws -> Data {
            let path = (folder / name).path
            let run = try annotate(["--input", (folder / "rows.jsonl").path, "-o", path] + arguments)
            #expect(run.status == 1, "\(run.error)")
            return try Data(contentsOf: folder / name)
        }
        let whole = try output("whole.jsonl", ["--threads", "1"])
        #expect(try output("two.jsonl", ["--threads", "2"]) == whole)
        for part in 1...3 { _ = try output("part-\(part).jsonl", ["--shard", "\(part)/3"]) }
        let merge = try BuiltProgram.run(
            ["merge", "-o", (folder / "merged.jsonl").path]
                + [3, 1, 2].map { (folder / "part-\($0).jsonl").path })
        #expect(merge.status == 0, "\(merge.error)")
        #expect(try Data(contentsOf: folder / "merged.jsonl") == whole)
        let short = try BuiltProgram.run(
            ["merge", "-o", (folder / "short.jsonl").path]
                + [1, 3].map { (folder / "part-\($0).jsonl").path })
        #expect(short.status == 65)
        #expect(!FileManager.default.fileExists(atPath: (folder / "short.jsonl").path))
    }

    @Test("--fail-fast stops at the first bad row, keeps those before it, and can be gone on with")
    func failFast() throws {
        let folder = try TemporaryFolder()
        let (input, output) = ((folder / "rows.jsonl").path, (folder / "out.jsonl").path)
        try lines(planted).write(to: folder / "rows.jsonl")
        let run = try annotate(["--input", input, "-o", output, "--fail-fast"])
        #expect(run.status == 65)
        #expect(run.error.contains("rows.jsonl, line 2: the text is empty."), "\(run.error)")
        let rest = try annotate(["--input", input, "-o", output, "--resume"])
        #expect(rest.status == 1)
        let whole = try annotate(["--input", input, "-o", "-"])
        #expect(try String(contentsOfFile: output, encoding: .utf8) == whole.output)
    }

    @Test("Another model, input or setting refuses to go on, and says what differs")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let (input, output) = ((folder / "rows.jsonl").path, (folder / "out.jsonl").path)
        try lines(planted).write(to: folder / "rows.jsonl")
        _ = try annotate(["--input", input, "-o", output, "--fail-fast"])
        let begun = try Data(contentsOf: folder / "out.jsonl.partial")
        for (arguments, word) in [
            (["--alpha", "0.05"], "alpha"), (["--fields", "prediction"], "detail"),
            (["--truncate"], "long texts"),
            (["--shard", "1/2"], "shard"), (["--precision", "int8"], "precision"),
        ] {
            let run = try annotate(["--input", input, "-o", output, "--resume"] + arguments)
            #expect(run.status == 65, "\(arguments): \(run.error)")
            #expect(run.error.contains(word), "\(arguments): \(run.error)")
        }
        try (lines(planted) + Data("{}\n".utf8)).write(to: folder / "rows.jsonl")
        let run = try annotate(["--input", input, "-o", output, "--resume"])
        #expect(run.status == 65)
        #expect(run.error.contains("bytes"), "\(run.error)")
        let again = try annotate(["--input", input, "-o", output])
        #expect(again.status == 73)
        #expect(again.error.contains("--resume"), "\(again.error)")
        #expect(try Data(contentsOf: folder / "out.jsonl.partial") == begun, "nothing written was touched")
    }

    @Test("The database says what the records say")
    func database() throws {
        let folder = try TemporaryFolder()
        let paths = [(folder / "out.jsonl").path, (folder / "out.db").path]
        let run = try annotate(
            ["--input", "-", "-o", paths[0], "--database", paths[1]], input: lines(planted))
        #expect(run.status == 1, "\(run.error)")
        #expect(run.error.contains("out.db"), "\(run.error)")
        let alone = try annotate(
            ["--input", "-", "-o", (folder / "alone.sqlite").path], input: lines(planted))
        #expect(alone.status == 1)
        #expect(
            try Data(contentsOf: folder / "alone.sqlite").starts(with: Data("SQLite format 3\u{0}".utf8)))
        #expect(!FileManager.default.fileExists(atPath: (folder / "out.jsonl.journal").path))
    }

    @Test(
        "Wrong usage and impossible outputs are refused before anything is computed",
        arguments: [
            (["-o", "-", "--input", "nowhere.jsonl"], 66, "there is no such file"),
            (["-o", "/nowhere/out.jsonl", "--input", "-"], 73, "/nowhere does not exist"),
            (["-o", "out.jsonl.gz", "--input", "-"], 73, "not compressed"),
            (["-o", "-", "--input", "-", "--shard", "4/3"], 64, "parts count from 1 to 3"),
            (["-o", "-", "--input", "-", "--resume"], 73, "cannot be gone on with"),
            (["-o", "x.jsonl", "--input", "-", "--resume", "--force"], 64, "--resume keeps"),
            (
                ["-o", "-", "--input", "-", "--text-field", "body", "--input-format", "csv"], 65,
                "--text-field"
            ),
        ])
    func refusedEarly(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let run = try annotate(arguments, input: Data("text,id\nfine,1\n".utf8))
        #expect(run.status == status, "\(run.error)")
        #expect(run.error.contains(words), "\(run.error)")
        #expect(run.output.isEmpty)
    }

    @Test("A full disk and a reader that goes away are said")
    func faults() throws {
        let full = try annotate(["--input", "-", "-o", "/dev/full"], input: lines(planted))
        #expect(full.status == 73)
        #expect(full.error.contains("no space left on device"), "\(full.error)")

        let (output, error) = (Pipe(), Pipe())
        try output.fileHandleForReading.close()
        let folder = try TemporaryFolder()
        try lines(planted).write(to: folder / "rows.jsonl")
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments = [
            "annotate", "sentiment", "--model", albert, "--fields", "prediction", "-o", "-", "--input",
            (folder / "rows.jsonl").path,
        ]
        (process.standardOutput, process.standardError) = (output, error)
        try process.run()
        let said = String(decoding: try error.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 73)
        #expect(said.contains("standard output: cannot be written: broken pipe"), "\(said)")
    }
}

@Suite("whence annotate recommendation")
struct AnnotateRecommendationTests {
    @Test("Histories of ids and titles are explained; bad ones are records")
    func histories() throws {
        let model = try RecommenderFolder()
        let rows = [
            #"{"history": ["500", 501, "502"], "user": "ann"}"#, #"{"history": []}"#,
            #"{"history": ["no such item"]}"#, #"{"items": [510, 511], "history": [503, 504, 505]}"#,
        ].map { Data($0.utf8) }
        let run = try BuiltProgram.run(
            [
                "annotate", "recommendation", "--model", model.url.path, "--input", "-", "-o", "-",
                "--max-set-size", "1",
            ], input: lines(rows))
        #expect(run.status == 1, "\(run.error)")
        let found = try records(run.output)
        #expect(
            found.map { ($0["error"] as? [String: Any])?["kind"] as? String } == [
                nil, "empty", "unknown-item", nil,
            ])
        let input = try #require(found[0]["input"] as? [String: Any])
        #expect(input["user"] as? String == "ann")
        #expect(
            (input["history"] as? [[String: Any]])?.compactMap { $0["item"] as? String } == [
                "500", "501", "502",
            ])
        #expect((found[0]["prediction"] as? [String: Any])?["top"] is [Any])
        #expect(found[3]["items"] as? [Int] == [510, 511], "a field that is not asked about is kept")
    }

    @Test("A folder has a history a file, and records say which")
    func folder() throws {
        let (model, folder) = (try RecommenderFolder(), try TemporaryFolder())
        try Data("500, 501".utf8).write(to: folder / "ann.txt")
        try Data("502,503,504".utf8).write(to: folder / "BOB.TXT")
        let run = try BuiltProgram.run([
            "annotate", "recommendation", "--model", model.url.path, "--input", folder.url.path, "-o", "-",
            "--fields", "prediction", "--quiet",
        ])
        #expect(run.status == 0, "\(run.error)")
        let places = try records(run.output).map { $0["row"] as? [String: Any] }
        #expect(places.map { $0?["file"] as? String } == ["BOB.TXT", "ann.txt"])
    }

    @Test("Each user of a data set is a row")
    func dataset() throws {
        let model = try RecommenderFolder()
        let folder = try TemporaryFolder()
        try Data("ann 500\nann 501\nbob 502\nann 7\nann 503\nbob 504\ncat 8\n".utf8).write(
            to: folder / "log.txt")
        let run = try BuiltProgram.run([
            "annotate", "recommendation", "--model", model.url.path, "--dataset", (folder / "log.txt").path,
            "-o", "-", "--fields", "prediction",
        ])
        #expect(run.status == 1, "\(run.error)")
        let found = try records(run.output)
        let inputs = found.map { $0["input"] as? [String: Any] }
        #expect(inputs.map { $0?["user"] as? String } == ["ann", "bob", nil])
        #expect(inputs[0]?["unknownItems"] as? [String] == ["7"], "what the model does not know is named")
        #expect((found[2]["error"] as? [String: Any])?["kind"] as? String == "unknown-item")
    }
}
