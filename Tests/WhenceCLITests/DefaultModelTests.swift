import Foundation
import Testing
import WhenceTestSupport

@Suite("The default model")
struct DefaultModelTests {
    private func json(_ arguments: [String]) throws -> [String: Any] {
        let run = try BuiltProgram.run(arguments + ["--format", "json"])
        #expect(run.status == 0, "\(run.error)")
        return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test("It is found without --model, and explains")
    func explains() throws {
        let document = try json(["explain", "sentiment", "Not bad at all."])
        let prediction = try #require(document["prediction"] as? [String: Any])
        #expect(prediction["label"] as? String == "positive")
        let explanations = try #require(document["explanations"] as? [[String: Any]])
        #expect(!explanations.isEmpty, "one word less makes it negative")
        for explanation in explanations {
            let outcome = try #require(explanation["outcome"] as? [String: Any])
            #expect(outcome["label"] as? String == "negative")
            #expect(explanation["size"] as? Int == 1)
        }
    }

    @Test("Treebank spelling and ordinary spelling are the same text to it")
    func spellings() throws {
        let logits = try ["it 's n't a film , -lrb- it 's a joke -rrb- .", "It’s n’t a film, (it's a joke)."]
            .map {
                let prediction = try json(["explain", "sentiment", "--max-forward", "1", $0])["prediction"]
                return try #require((prediction as? [String: Any])?["logits"] as? [Double])
            }
        #expect(logits[0] == logits[1])
    }

    @Test(
        "Quotation marks and dashes, which its rules set apart, are words of their own",
        arguments: [
            (#"Not $5 worth, and "dull"."#, ["Not", "$", "5", "worth", ",", "and", "\"", "dull", "\"", "."]),
            ("“Great” (really) — it’s not", ["“", "Great", "”", "(", "really", ")", "—", "it’s", "not"]),
            ("it's slow -- very, very slow.", ["it's", "slow", "--", "very", ",", "very", "slow", "."]),
        ])
    func words(text: String, expected: [String]) throws {
        let input = try json(["explain", "sentiment", "--max-forward", "1", text])["input"]
        let words = try #require((input as? [String: Any])?["words"] as? [[String: Any]])
        #expect(words.compactMap { $0["text"] as? String } == expected)
    }

    @Test("It is right on most of the sentences that come with the project")
    func accuracy() throws {
        let sample = Repository.root.appending(path: "datasets/sst2/sample.tsv").path
        let report = try #require(
            json(["evaluate", "accuracy", "--input", sample])["report"] as? [String: Any])
        #expect(report["sentences"] as? Int == 24)
        #expect((report["correct"] as? Int).map { $0 >= 18 } == true, "\(report)")
    }

    @Test("Its card names the weights that are there")
    func card() throws {
        let document = try json(["explain", "sentiment", "--max-forward", "1", "good film"])
        let digest = try #require((document["model"] as? [String: Any])?["sha256"] as? String)
        let card = try String(
            contentsOf: Repository.root.appending(path: "models/sentiment/README.md"), encoding: .utf8)
        #expect(card.contains(digest))
    }
}
