import Foundation
import Testing
import WhenceTestSupport

/// Runs `whence explain recommendation` with the small random recommender.
private func explain(_ arguments: [String], input: Data = Data()) throws -> BuiltProgram.Result {
    let folder = try RecommenderFolder()
    return try BuiltProgram.run(
        ["explain", "recommendation", "--model", folder.url.path] + arguments, input: input)
}

private func document(_ arguments: [String], input: Data = Data()) throws -> [String: Any] {
    let run = try explain(["--format", "json"] + arguments, input: input)
    #expect(run.status == 0, "\(run.error)")
    return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
}

@Suite("whence explain recommendation")
struct ExplainRecommendationTests {
    @Test("The JSON document follows its schema")
    func schema() throws {
        let document = try document(["--history", "Alien; Star Wars; raiders of the lost ark"])
        #expect(document["schema"] as? String == "whence.explanation/1")
        #expect(document["task"] as? String == "recommendation")
        let input = try #require(document["input"] as? [String: Any])
        let history = try #require(input["history"] as? [[String: Any]])
        #expect(history.map { $0["index"] as? Int } == [0, 1, 2])
        #expect(history.map { $0["item"] as? String } == ["503", "500", "505"])
        #expect(history.last?["title"] as? String == "Raiders of the Lost Ark (1981)")
        #expect(input["user"] is NSNull)
        let prediction = try #require(document["prediction"] as? [String: Any])
        let top = try #require(prediction["top"] as? [[String: Any]])
        #expect(top.map { $0["rank"] as? Int } == Array(1...10))
        #expect(prediction["item"] as? String == top[0]["item"] as? String)
        #expect(prediction["score"] as? Double == top[0]["score"] as? Double)
        let settings = try #require(document["settings"] as? [String: Any])
        #expect(settings["nodes"] as? String == "items")
        #expect(settings["replacement"] as? String == "mask")
        let graphs = try #require(document["graphs"] as? [[String: Any]])
        #expect(graphs.count == 4)
        #expect(graphs.allSatisfy { $0["target"] as? Int == 3 })
    }

    @Test("Titles, ids, a file and a pipe are the same history")
    func sources() throws {
        let folder = try TemporaryFolder()
        let lines = Data("Alien\r\n\r\n  the godfather \r\nid:505\r\n".utf8)
        try lines.write(to: folder / "watched.txt")
        let documents = [
            try document(["--history", "alien;The Godfather (1972) ; id: 505;"]),
            try document(["--items", "503, 501,505"]),
            try document(["--input", (folder / "watched.txt").path]),
            try document(["--input", "-"], input: lines),
        ]
        for other in documents.dropFirst() {
            for part in ["input", "graphs", "explanations", "prediction"] {
                #expect(other[part] as? NSObject == documents[0][part] as? NSObject, "\(part)")
            }
        }
    }

    @Test("A guess is told; --quiet says nothing")
    func guesses() throws {
        let run = try explain(["--history", "raiders; Fargo"])
        #expect(run.status == 0)
        #expect(
            run.error == "whence: “raiders” is taken for “Raiders of the Lost Ark (1981)” (id:505).\n",
            "\(run.error)")
        #expect(try explain(["--history", "raiders; Fargo", "--quiet"]).error.isEmpty)
    }

    @Test(
        "Every format is written", arguments: ["text", "dot", "graphml", "tetrad", "svg"])
    func formats(_ format: String) throws {
        let beginnings = [
            "text": "Recommended: “", "dot": "digraph", "graphml": "<?xml", "tetrad": "Node labels:",
            "svg": "<?xml",
        ]
        let run = try explain(["--items", "503,500,505", "--heads", "pooled", "--format", format])
        #expect(run.status == 0, "\(run.error)")
        #expect(try run.output.hasPrefix(#require(beginnings[format])), "\(run.output.prefix(60))")
        #expect(run.error.isEmpty)
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test("A history that is longer than the model takes says which items were not seen")
    func longHistory() throws {
        let items = (600..<650).map(String.init).joined(separator: ",")
        let run = try explain([
            "--items", items, "--heads", "pooled", "--max-set-size", "1", "--format", "json",
        ])
        #expect(run.status == 0)
        #expect(run.error.contains("its first 11 of 50 items were not seen"), "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let input = try #require(document?["input"] as? [String: Any])
        #expect(input["firstSeen"] as? Int == 11)
        let history = try #require(input["history"] as? [[String: Any]])
        #expect(history.map { $0["seen"] as? Bool } == (0..<50).map { $0 >= 11 })
    }

    @Test(
        "The history of a user comes from a data set, in order of time; what the model does not know is named"
    )
    func dataset() throws {
        let folder = try TemporaryFolder()
        let rows = ["7\t505\t4\t30", "7\t503\t5\t10", "8\t510\t1\t5", "7\t99\t3\t15", "7\t501\t2\t20"]
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: folder / "u.data")
        let data = (folder / "u.data").path
        let run = try explain(["--dataset", data, "--user", "7", "--format", "json"])
        #expect(run.status == 0, "\(run.error)")
        #expect(
            run.error
                == "whence: the model does not know 1 of the items in the history; it is left out.\n",
            "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let input = try #require(document?["input"] as? [String: Any])
        #expect(input["user"] as? String == "7")
        #expect(input["unknownItems"] as? [String] == ["99"])
        let history = try #require(input["history"] as? [[String: Any]])
        #expect(history.map { $0["item"] as? String } == ["503", "501", "505"])
        let text = try explain(["--dataset", data, "--user", "7"])
        #expect(text.output.contains("History of user 7, 3 items\n"))
        #expect(text.output.contains("the model does not know 1 item of the history, left out here: 99."))

        let stranger = try explain(["--dataset", data, "--user", "77"])
        #expect(stranger.status == 65)
        #expect(stranger.error.contains("there is no user “77”. The nearest are 7, 8."), "\(stranger.error)")
        try Data("1\t2\t3\t4\n".utf8).write(to: folder / "other.data")
        let others = try explain(["--dataset", (folder / "other.data").path, "--user", "1"])
        #expect(others.status == 65)
        #expect(others.error.contains("such as 2; its own are such as 500, 501"), "\(others.error)")
    }

    @Test("Help leads with examples and names every option of the history")
    func help() throws {
        let run = try BuiltProgram.run(["explain", "recommendation", "--help"])
        #expect(run.status == 0)
        #expect(run.output.contains("Examples:\n  whence explain recommendation --history \"Star Wars;"))
        for option in [
            "--history", "--items", "--input", "--dataset", "--user", "--top", "--replacement", "--full",
            "--output",
        ] {
            #expect(run.output.contains(option), "\(option)")
        }
        #expect(!run.output.contains("--skip-punctuation"))
    }
}

@Suite("What a clumsy viewer is told")
struct RecommendationErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var status: Int32
        var mentions: [String]
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "ambiguous title", arguments: ["--history", "Alien; Sabrina"], status: 65,
            mentions: ["“Sabrina”", "id:510  Sabrina (1954)", "id:511  Sabrina (1995)"]),
        Case(
            name: "one title of two items", arguments: ["--history", "Chasing Amy (1997)"], status: 65,
            mentions: ["id:515", "id:516"]),
        Case(
            name: "unknown title", arguments: ["--history", "Schindler's Ark"], status: 65,
            mentions: ["“Schindler's Ark” is no title", "Schindler's List (1993)"]),
        Case(
            name: "unknown id", arguments: ["--items", "500,9999"], status: 65,
            mentions: ["9999", "such as 500"]),
        Case(
            name: "unknown id among titles", arguments: ["--history", "Alien; id:1"], status: 65,
            mentions: ["id 1."]),
        Case(
            name: "empty history", arguments: ["--history", " ; "], status: 65, mentions: ["history is empty"]
        ),
        Case(name: "no items", arguments: ["--items", ""], status: 65, mentions: ["history is empty"]),
        Case(
            name: "no history", arguments: [], status: 64, mentions: ["--history", "--items", "--input"]),
        Case(
            name: "two histories", arguments: ["--history", "Alien", "--items", "500"], status: 64,
            mentions: ["exclude each other"]),
        Case(
            name: "data set without a user", arguments: ["--dataset", "u.data"], status: 64,
            mentions: ["go together"]),
        Case(
            name: "user without a data set", arguments: ["--items", "500", "--user", "1"], status: 64,
            mentions: ["go together"]),
        Case(
            name: "data set that is not there", arguments: ["--dataset", "/no/such/u.data", "--user", "1"],
            status: 66, mentions: ["/no/such/u.data"]),
        Case(
            name: "missing file", arguments: ["--input", "/no/such.txt"], status: 66,
            mentions: ["/no/such.txt"]),
        Case(
            name: "unknown token", arguments: ["--items", "500,501", "--replacement", "unknown"], status: 64,
            mentions: ["unknown", "mask, delete, pad"]),
        Case(
            name: "words as nodes", arguments: ["--items", "500", "--nodes", "words"], status: 64,
            mentions: ["--nodes"]),
        Case(
            name: "nothing listed", arguments: ["--items", "500", "--top", "0"], status: 64,
            mentions: ["1 or more"]),
        Case(
            name: "one forward pass", arguments: ["--items", "500", "--max-forward", "1"], status: 64,
            mentions: ["2 or more"]),
        Case(
            name: "a head that is not there", arguments: ["--items", "500", "--heads", "4"], status: 64,
            mentions: ["0 to 3"]),
    ]

    @Test("One message, the right exit code, and nothing on the standard output", arguments: cases)
    func clumsy(_ example: Case) throws {
        let run = try explain(example.arguments)
        #expect(run.status == example.status, "\(run.error)")
        #expect(run.output.isEmpty)
        for mention in example.mentions {
            #expect(run.error.localizedCaseInsensitiveContains(mention), "\(run.error)")
        }
    }

    @Test("A classifier recommends nothing, and a recommender has no sentiment")
    func wrongModels() throws {
        let albert = Repository.fixture("models/tf_albert_seqcls/model").path
        let run = try BuiltProgram.run(["explain", "recommendation", "--model", albert, "--items", "1"])
        #expect(run.status == 65)
        #expect(run.error.contains("recommends no items"), "\(run.error)")
    }

    @Test("A catalogue that does not fit the weights names the item")
    func catalogueOfAnotherModel() throws {
        let folder = try RecommenderFolder()
        let file = folder.url.appending(path: "items.json")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data(text.replacing("\"token\": 332}", with: "\"token\": 333}").utf8).write(to: file)
        let run = try BuiltProgram.run([
            "explain", "recommendation", "--model", folder.url.path, "--items", "500",
        ])
        #expect(run.status == 65)
        #expect(run.error.contains("items.json") && run.error.contains("333"), "\(run.error)")
    }

    @Test("A single item is a history")
    func oneItem() throws {
        for replacement in ["mask", "delete"] {
            let run = try explain(["--items", "620", "--replacement", replacement])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("History, 1 item\n"))
        }
    }
}
