import Foundation
import Testing
import WhenceTestSupport

@Suite("whence evaluate recommendation")
struct EvaluateRecommendationTests {
    private static let histories = (0..<7).map { user in
        let items = (0..<(3 + user)).map { "\"\(500 + (user * 31 + $0 * 17) % 320)\"" }
        return "{\"user\":\"u\(user)\",\"history\":[\(items.joined(separator: ","))]}\n"
    }.joined()

    private func run(_ arguments: [String], file: String = "h.jsonl") throws -> BuiltProgram.Result {
        let folder = try TemporaryFolder()
        try Data(Self.histories.utf8).write(to: folder / file)
        let model = try RecommenderFolder()
        return try BuiltProgram.run(
            ["evaluate", "recommendation", "--model", model.url.path, "--dataset", (folder / file).path]
                + arguments)
    }

    @Test("Every method has its row, and what was found for each user is there to compute it again")
    func document() throws {
        let arguments = [
            "--users", "5", "--format", "json", "--bootstrap-samples", "50", "--exhaustive-size", "2",
        ]
        let run = try run(arguments)
        #expect(run.status == 0, "\(run.error)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(document?["schema"] as? String == "whence.methods/1")
        let report = try #require(document?["report"] as? [String: Any])
        let rows = try #require(report["methods"] as? [[String: Any]])
        #expect(
            rows.map { $0["method"] as? String } == [
                "cleann-icd", "cleann-fci", "random-graph", "attention-greedy", "attention-subsets",
                "leave-one-out", "exhaustive",
            ])
        let users = try #require(report["outcomes"] as? [[String: Any]])
        #expect(users.count == 5 && report["users"] as? Int == 5)
        for (method, row) in rows.enumerated() {
            let found = users.compactMap { user -> Int? in
                let outcomes = user["outcomes"] as? [[String: Any]]
                return (outcomes?[method]["items"] as? [Int])?.count
            }
            let flipped = row["flipped"] as? [String: Any]
            #expect(flipped?["value"] as? Double == Double(found.count) / 5)
            let size = row["size"] as? [String: Any]
            let mean = found.isEmpty ? nil : Double(found.reduce(0, +)) / Double(found.count)
            #expect(size?["value"] as? Double == mean)
        }
    }

    @Test("The table names the methods, the intervals and the users")
    func table() throws {
        let run = try run(["--methods", "cleann-icd,attention-greedy", "--bootstrap-samples", "20"])
        #expect(run.status == 0, "\(run.error)")
        for mention in [
            "changed", "rank before", "cleann-icd", "attention-greedy", "7 users", "95 % intervals",
        ] {
            #expect(run.output.contains(mention), "\(mention) in\n\(run.output)")
        }
        #expect(!run.output.contains("exhaustive  "))
    }

    @Test("A data set whose name would steer a terminal is named by its signs in the table")
    func controlCharacters() throws {
        let run = try run(
            ["--methods", "attention-greedy", "--users", "2", "--bootstrap-samples", "5"],
            file: "\u{1B}[2J\u{9B}31m.jsonl")
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("␛[2J⟨U+009B⟩31m.jsonl"), "\(run.output)")
        for text in [run.output, run.error] {
            #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{9B}"].contains($0) })
        }
    }

    @Test(
        "Wrong uses are named",
        arguments: [
            (["--methods", "shap"], 64, "cleann-icd"), (["--methods", "cleann-icd,cleann-icd"], 64, "twice"),
            (["--users", "0"], 64, "--users"), (["--heads", "9"], 64, "Head 9"),
            (["--alpha", "2"], 64, "alpha"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, mention: String) throws {
        let run = try run(arguments)
        #expect(run.status == status && run.error.contains(mention), "\(run.status) \(run.error)")
        #expect(run.output.isEmpty)
    }
}
