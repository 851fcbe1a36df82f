import Foundation
import Testing
import WhenceDiscovery
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Shortcuts of an annotated data set")
struct ShortcutTests {
    private func report(
        _ rows: [SyntheticRows.Row], _ change: (inout ReportSettings) -> Void = { _ in }
    ) throws -> DatasetReport {
        let folder = try TemporaryFolder()
        var settings = ReportSettings()
        settings.listLimit = 1_000
        change(&settings)
        return try DatasetReporter(settings: settings).report(on: SyntheticRows.file(rows, in: folder))
    }

    @Test(
        "A meaningless word that explains is found, and words that bear sentiment are not",
        arguments: [1, 2, 3])
    func planted(seed: UInt64) throws {
        let report = try report(SyntheticRows.sentences(600, seed: seed, planted: "zq"))
        let findings = report.shortcuts.parts.filter(\.isFinding)
        #expect(findings.map(\.part.name) == ["zq"])
        #expect(report.shortcuts.findings == 1)
        let found = try #require(findings.first)
        #expect(found.rate > 0.4 && found.ratio > 2, "\(found)")
        #expect(found.qValue < 0.001 && found.excess > 4)
        let terrible = try #require(report.shortcuts.parts.first { $0.part.name == "terrible" })
        #expect(terrible.rate > 0.5 && terrible.qValue > 0.05, "\(terrible)")
    }

    @Test("A frequent word that explains hardly more than expected pushes no finding out of the list")
    func frequentWord() throws {
        // Every word explains in each tenth of its rows, "the" in each seventh of very many, "zq" in nine of a few.
        var generator = SplitMix64(seed: 11)
        let rare: [Double] = (2...61).map { 0.004 * Double($0) }
        let frequent: [Double] = (3...10).map { 0.1 * Double($0) - 0.02 }
        let shares = rare + frequent
        var seen: [String: Int] = [:]
        var rows: [SyntheticRows.Row] = []
        for index in 0..<1_500 {
            var words: [String] = []
            for (word, share) in shares.enumerated() where generator.happens(share) {
                words.append("word\(word)")
            }
            if index % 10 > 0 { words.append("the") }
            if index % 80 == 0 { words.append("zq") }
            var explanations: [[Int]] = []
            for (place, word) in words.enumerated() {
                let count = seen[word, default: 0]
                seen[word] = count + 1
                let explains =
                    word == "the"
                    ? count % 7 == 3 : word == "zq" ? count % 2 == 0 && count < 18 : count % 10 == 0
                if explains { explanations.append([place]) }
            }
            rows.append(SyntheticRows.Row(index: index, words: words, explanations: explanations))
        }
        let whole = try report(rows).shortcuts
        let the = try #require(whole.parts.first { $0.part.name == "the" })
        let zq = try #require(whole.parts.first)
        #expect(zq.part.name == "zq" && zq.isFinding && whole.findings == 1)
        #expect(the.pValue < zq.pValue && the.qValue < 0.05 && !the.isFinding, "\(the) \(zq)")
        let short = try report(rows) { $0.listLimit = 1 }.shortcuts
        #expect(short.parts.map(\.part.name) == ["zq"])
    }

    @Test("The finding's rows are counted and shown right")
    func examples() throws {
        let rows = SyntheticRows.sentences(600, seed: 4, planted: "zq")
        let found = try #require(try report(rows).shortcuts.parts.first)
        let holding = rows.filter { $0.words.contains("zq") }
        let explained = holding.filter { row in
            row.explanations.contains { $0.contains { row.words[$0] == "zq" } }
        }
        #expect(found.rows == holding.count && found.explains == explained.count)
        #expect(found.pullRows == explained.count { $0.label == found.pull?.name })
        #expect(found.examples.map(\.index) == explained.prefix(3).map(\.index))
        for (example, row) in zip(found.examples, explained) {
            let text = row.words.joined(separator: " ")
            let (before, after) = (
                example.before.drop { $0 == "…" }, example.after.split(separator: "…").first ?? ""
            )
            #expect(text.contains("\(before)zq\(after)") && example.part == "zq")
            #expect(example.line == row.index + 2 && example.label == row.label)
            #expect(example.outcome != row.label)
        }
    }

    @Test("Where words explain blindly, nothing is found", arguments: 1...20)
    func blind(seed: UInt64) throws {
        let report = try report(SyntheticRows.sentences(300, seed: seed, planted: "zq", isBlind: true))
        #expect(report.shortcuts.tested > 20)
        #expect(report.shortcuts.findings == 0, "\(report.shortcuts.parts.prefix(2))")
    }

    @Test("A word that decides the model against the true labels is found only with these")
    func reference() throws {
        // The word makes the model say positive; so predictions are correlated with it, and true labels are not.
        let rows = SyntheticRows.sentences(600, seed: 5, planted: "zq").map { row in
            var row = row
            if row.words.contains("zq") { row.label = "positive" }
            return row
        }
        let byGold = try report(rows) { $0.labelField = "label" }
        #expect(byGold.shortcuts.reference == .gold)
        let found = try #require(byGold.shortcuts.parts.first)
        #expect(found.part.name == "zq" && found.isFinding && found.association < 0.5)
        #expect(found.pull?.name == "positive" && found.pullRows == found.explains && found.pullLogOdds > 1)
        let accuracy = try #require(found.accuracy)
        #expect(accuracy > 0.3 && accuracy < 0.7)

        let byPrediction = try report(rows)
        #expect(byPrediction.shortcuts.reference == .prediction)
        let same = try #require(byPrediction.shortcuts.parts.first { $0.part.name == "zq" })
        #expect(same.association > 0.9 && same.expectedRate > found.expectedRate && same.accuracy == nil)
    }

    @Test("A word counts once a row, whatever its case and however often it stands there")
    func occurrences() throws {
        let rows = (0..<12).map {
            SyntheticRows.Row(
                index: $0, words: ["Zq", "zq", "plain", "ZQ", "word\($0)"], explanations: [[0], [3]])
        }
        let entry = try #require(
            try report(rows) { $0.minimumRows = 1 }.shortcuts.parts.first { $0.part.name == "zq" })
        #expect(entry.rows == 12 && entry.explains == 12)
        // One of the three words of a row, drawn blindly.
        #expect(abs(entry.blindRate - 1.0 / 3) < 1e-12)
    }

    @Test("Only the smallest sets of a row count")
    func smallest() throws {
        let rows = (0..<12).map {
            SyntheticRows.Row(index: $0, words: ["a", "b", "c", "w\($0)"], explanations: [[0], [1, 2]])
        }
        let report = try report(rows) { $0.minimumRows = 1 }
        let explains = Dictionary(
            uniqueKeysWithValues: report.shortcuts.parts.map { ($0.part.name, $0.explains) })
        #expect(explains["a"] == 12 && explains["b"] == 0)
        #expect(report.overview.sizes == [12] && report.pairs.rows == 0)
    }

    @Test("Few words are not compared, and the report says so")
    func few() throws {
        let rows = (0..<20).map { SyntheticRows.Row(index: $0, words: ["a", "b"], explanations: [[0]]) }
        let report = try report(rows)
        #expect(report.shortcuts.fit == nil && report.shortcuts.parts.isEmpty)
        #expect(report.text().contains("Too few to compare"))
    }
}
