import Foundation
import Testing
import WhenceTestSupport

private let histories = """
    {"user":"ann","history":["1","2","3","4","2"],"titles":["One","Two","Three","Four","Two"]}
    {"user":"bob","history":["2","3","9"],"titles":["Two","Three","Nine"]}
    {"user":"eve","history":["5"],"titles":["Five"]}

    """

@Suite("whence convert dataset")
struct ConvertDatasetTests {
    @Test("Converts, says what is lost, and replaces nothing without --force")
    func converts() throws {
        let folder = try TemporaryFolder()
        let (source, text) = (folder / "h.jsonl", folder / "x.txt")
        try Data(histories.utf8).write(to: source)
        let arguments = [
            "convert", "dataset", source.path, "--to", "sasrec", "--min-history", "2", "-o", text.path,
        ]
        let run = try BuiltProgram.run(arguments)
        #expect(run.status == 0 && run.output.isEmpty, "\(run.error)")
        #expect(
            run.error.contains(
                "8 interactions of 2 users in \(text.path) and \((folder / "x.items.json").path)"))
        #expect(run.error.contains("1 item that nobody had to do with is left out."))
        #expect(try String(contentsOf: text, encoding: .utf8) == "1 1\n1 2\n1 3\n1 4\n1 2\n2 2\n2 3\n2 5\n")
        #expect(try BuiltProgram.run(arguments).status == 73)
        #expect(try BuiltProgram.run(arguments + ["--force", "--quiet"]).error.isEmpty)
        let back = try BuiltProgram.run(["convert", "dataset", text.path, "--to", "jsonl", "--quiet"])
        let lines = histories.split(separator: "\n").prefix(2).map { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? NSDictionary
        }
        let found = back.output.split(separator: "\n").map { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? NSDictionary
        }
        #expect(found == lines, "\(back.output) \(back.error)")
    }

    @Test("A data set may come through a pipe, if its format is named")
    func pipe() throws {
        let input = Data(histories.utf8)
        let named = try BuiltProgram.run(
            ["convert", "dataset", "-", "--from", "jsonl", "--to", "csv", "--last", "1"], input: input)
        #expect(named.status == 0, "\(named.error)")
        #expect(named.output == "userId,movieId\nann,2\nbob,9\neve,5\n")
        #expect(named.error.contains("Titles are not kept"))
        let unnamed = try BuiltProgram.run(["convert", "dataset", "-", "--to", "csv"], input: input)
        #expect(unnamed.status == 65 && unnamed.error.contains("name its format"))
    }

    @Test(
        "What is wrong is said with the right exit code",
        arguments: [
            (["/no/such", "--to", "csv"], 66, "/no/such"),
            (["-", "--from", "jsonl", "--to", "sasrec"], 64, "-o FILE"),
            (["-", "--from", "csv", "--to", "jsonl"], 65, "line 1"),
            (["-", "--from", "jsonl", "--to", "jsonl", "--min-rating", "3"], 65, "no ratings"),
            (["-", "--from", "jsonl", "--to", "jsonl", "--min-history", "9"], 65, "no interaction is left"),
            (["-", "--from", "movielens", "--to", "jsonl"], 64, "ml-100k"),
            (["-", "--from", "jsonl", "--to", "csv", "-o", "/no/such/x.csv"], 73, "/no/such"),
            (["-", "--from", "jsonl", "--to", "jsonl", "-o", "/dev/full"], 73, "no space left on device.\n"),
            (["-", "--from", "jsonl", "--to", "csv", "--last", "0"], 64, "--last"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, mention: String) throws {
        let run = try BuiltProgram.run(["convert", "dataset"] + arguments, input: Data(histories.utf8))
        #expect(run.status == status && run.error.contains(mention), "\(run.status) \(run.error)")
        #expect(run.output.isEmpty)
    }
}

@Suite("whence evaluate ranking")
struct EvaluateRankingTests {
    /// The random BERT4Rec of the fixtures with a catalogue of ids `1`, `2`, … for its tokens.
    private func model(in folder: TemporaryFolder, items: Int) throws -> String {
        let model = folder / "model"
        try FileManager.default.copyItem(at: Repository.fixture("inference/tf_bert4rec"), to: model)
        let entries = (1...items).map { "{\"id\":\"\($0)\",\"title\":\"Film \($0)\",\"token\":\($0)}" }
        let json =
            "{\"schema\":\"whence.items/1\",\"items\":[\(entries.joined(separator: ","))],"
            + "\"special\":{\"pad\":0,\"mask\":\(items + 1)}}"
        try Data(json.utf8).write(to: model.appending(path: "items.json"))
        return model.path
    }

    private func dataset(in folder: TemporaryFolder) throws -> String {
        var lines = ""
        for user in 1...60 {
            for place in 0..<(2 + user % 9) {
                lines += "u\(user)\t\((user * 13 + place * (7 + user % 3)) % 47 + 1)\t4\t\(place / 2)\n"
            }
        }
        try Data((lines + "u99\t7\t1\t1\nu98\t1\t1\t1\nu98\tzz\t1\t2\n").utf8).write(to: folder / "u.data")
        return (folder / "u.data").path
    }

    private func report(_ arguments: [String]) throws -> [String: Any] {
        let run = try BuiltProgram.run(
            ["evaluate", "ranking", "--format", "json", "--samples", "50"] + arguments)
        #expect(run.status == 0, "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(document?["schema"] as? String == "whence.ranking/1")
        return try #require(document?["report"] as? [String: Any])
    }

    @Test("The model stands beside the baselines; what could not be asked is counted")
    func document() throws {
        let folder = try TemporaryFolder()
        let arguments = ["--model", try model(in: folder, items: 47), "--dataset", try dataset(in: folder)]
        let report = try report(arguments)
        let rows = try #require(report["recommenders"] as? [[String: Any]])
        #expect(rows.map { $0["name"] as? String } == ["model", "most-popular", "markov", "item-knn"])
        for row in rows {
            let estimate = try #require(row["ndcg"] as? [String: Any])
            let value = try #require(estimate["value"] as? Double)
            let interval = try #require(estimate["interval"] as? [Double])
            #expect(interval[0] <= value && value <= interval[1] && interval[0] < interval[1])
        }
        #expect(rows[3]["neighbours"] is Int)
        #expect(report["users"] as? Int == 60)
        #expect(report["items"] as? Int == 47)
        #expect(report["shortHistories"] as? Int == 1)
        #expect(report["unknownTargets"] as? Int == 1)
        #expect((report["ahead"] as? [[String: Any]])?.count == 3)
        let again = try self.report(arguments + ["--threads", "1"])
        #expect((again as NSDictionary) == (report as NSDictionary))
        let validation = try self.report(arguments + ["--split", "validation"])
        #expect(validation["users"] as? Int ?? 0 < 60)
    }

    @Test("A data set whose name would steer a terminal is named by its signs in the table")
    func controlCharacters() throws {
        let folder = try TemporaryFolder()
        let data = folder / "\u{1B}[2J\u{9B}31m.data"
        try FileManager.default.moveItem(at: URL(filePath: dataset(in: folder)), to: data)
        let run = try BuiltProgram.run([
            "evaluate", "ranking", "--model", model(in: folder, items: 47), "--dataset", data.path,
            "--from", "ml-100k", "--neighbours", "3", "--shrinkage", "2", "--samples", "20",
        ])
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("␛[2J⟨U+009B⟩31m.data"), "\(run.output)")
        for text in [run.output, run.error] {
            #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{9B}"].contains($0) })
        }
    }

    @Test("The table names the measures, the interval of the difference and what was left out")
    func table() throws {
        let folder = try TemporaryFolder()
        let run = try BuiltProgram.run([
            "evaluate", "ranking", "--model", model(in: folder, items: 47), "--dataset", dataset(in: folder),
            "--k", "5", "--neighbours", "3", "--shrinkage", "2", "--samples", "20",
        ])
        #expect(run.status == 0, "\(run.error)")
        for mention in [
            "HR@5", "NDCG@5", "MRR", "item-knn (3 neighbours, shrinkage 2)", "NDCG@5: model − ",
            "1 user has too few items", "1 user is left out",
        ] { #expect(run.output.contains(mention), "\(run.output)") }
    }

    @Test(
        "What is wrong is said with the right exit code",
        arguments: [
            (["--baselines-only", "--dataset", "/no/such"], 66, "/no/such"),
            (["--baselines-only", "--dataset", "DATA", "--k", "0"], 64, "--k"),
            (["--baselines-only", "--model", "x", "--dataset", "DATA"], 64, "--model"),
            (["--model", "/no/such", "--dataset", "DATA"], 66, "/no/such"),
            (["--baselines-only", "--dataset", "DATA", "--from", "csv"], 65, "line 1"),
            (["--baselines-only", "--dataset", "DATA", "--split", "train"], 64, "validation"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, mention: String) throws {
        let folder = try TemporaryFolder()
        let path = try dataset(in: folder)
        let run = try BuiltProgram.run(
            ["evaluate", "ranking"] + arguments.map { $0 == "DATA" ? path : $0 })
        #expect(run.status == status && run.error.contains(mention), "\(run.status) \(run.error)")
    }
}
