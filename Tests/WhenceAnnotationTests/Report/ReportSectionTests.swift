import Foundation
import Testing
import WhenceDiscovery
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("The rest of a report")
struct ReportSectionTests {
    private func report(
        _ lines: [String], against other: [String]? = nil, minimumRows: Int = 10
    ) throws -> DatasetReport {
        let folder = try TemporaryFolder()
        var settings = ReportSettings()
        settings.minimumRows = minimumRows
        let path = try SyntheticRows.file(lines, in: folder)
        let second = try other.map { try SyntheticRows.file($0, in: folder, name: "other.jsonl") }
        return try DatasetReporter(settings: settings).report(on: path, against: second)
    }

    @Test("Rows, errors, labels and sizes are counted")
    func overview() throws {
        var lines = (0..<9).map { index in
            SyntheticRows.Row(
                index: index, words: ["a", "b", "c"], label: index < 3 ? "negative" : "positive",
                explanations: index < 2 ? [] : index < 6 ? [[0]] : [[0, 1], [1, 2]]
            ).json
        }
        lines.insert(SyntheticRows.failure(9, kind: "empty"), at: 9)
        lines += [SyntheticRows.failure(10, kind: "too-long"), SyntheticRows.failure(11, kind: "too-long")]
        let overview = try report(lines).overview
        #expect(overview.rows == 9 && overview.errorCount == 3)
        #expect(overview.errors.map(\.kind) == ["too-long", "empty"])
        #expect(overview.labels.map(\.label.name) == ["positive", "negative"])
        #expect(overview.labels.map(\.rows) == [6, 3] && overview.otherLabels == 0)
        #expect(overview.sizes == [4, 3] && overview.flipped == 7 && overview.medianSize == 1)
        #expect(abs(overview.flippedShare - 7.0 / 9) < 1e-12)
        #expect(overview.gold == nil)
    }

    @Test("A word that only hidden common causes join is found among words that are joined in all ways")
    func confounded() throws {
        let marks = ["<->", "-->", "o->", "<->", "o-o"]
        let rows = (0..<60).map { index in
            SyntheticRows.Row(
                index: index, words: ["hidden", "mixed", "other"], explanations: [[0]],
                graphs: [
                    [(0, "<->"), (1, marks[index % 5])], [(0, "<->"), (2, marks[(index + 1) % 5])],
                    [(1, "<->")],
                ]
            ).json
        }
        let section = try #require(try report(rows).confounded)
        #expect(section.rows == 60 && section.graphs == 180 && section.tested == 3)
        #expect(section.findings == 1)
        let found = try #require(section.parts.first)
        #expect(found.part.name == "hidden" && found.isOnly && found.share == 1)
        #expect(found.adjacent == 60 && found.confounded == 60 && found.explains == 60)
        #expect(found.heads.map(\.adjacent) == [60, 60] && found.heads.map(\.confounded) == [60, 60])
        #expect(found.qValue < 0.05)
        // Joined by two heads, as "mixed" is, whose rows are confounded in two of five.
        #expect(abs(found.expectedShare - (60.0 + 24) / 120) < 1e-12)
    }

    @Test("A row in which any head has another edge is not confounded")
    func mixedHeads() throws {
        let rows = (0..<12).map {
            SyntheticRows.Row(index: $0, words: ["a"], graphs: [[(0, "<->")], [(0, "o->")]]).json
        }
        let section = try #require(try report(rows).confounded)
        #expect(section.findings == 0 && section.share == 0 && section.tested == 1)
    }

    @Test("A file without graphs has no such section, and says what to do")
    func noGraphs() throws {
        let report = try report([SyntheticRows.Row(index: 0, words: ["a"], explanations: [[0]]).json])
        #expect(report.confounded == nil)
        #expect(report.text().contains("--fields graphs"))
        #expect(try report.json().contains("\"confounded\": null"))
    }

    @Test("Words that explain together more often than apart are a frequent pair")
    func pairs() throws {
        let rows = (0..<80).map { index in
            let words = ["special", "effects", "x\(index % 4)", "y\(index % 5)"]
            return SyntheticRows.Row(
                index: index, words: words,
                explanations: index % 4 == 0 ? [[1]] : index % 2 == 0 ? [[0, 1]] : [[2, 3]]
            ).json
        }
        let section = try report(rows).pairs
        // All pairs of "effects", "special", "x1" and "x3": the others explain in eight rows each.
        #expect(section.rows == 60 && section.tested == 6 && section.findings == 1)
        let pair = try #require(section.pairs.first)
        #expect(pair.first.name == "effects" && pair.second.name == "special" && pair.rows == 20)
        // Each explains in 20 of the 60 rows; where "effects" explains alone does not count.
        #expect(abs(pair.expectedRows - 20.0 * 20 / 60) < 1e-12 && abs(pair.lift - 3) < 1e-12)
        #expect(pair.isFinding)
    }

    /// Rows of which any word explains with the others that do, whatever they are.
    ///
    /// - Parameter planted: how often the first two words explain together besides.
    private func independent(_ count: Int, seed: UInt64, planted: Int = 0) -> [String] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { index in
            var words = (0..<40).filter { _ in generator.happens(0.12) }
            if index < planted { words = [0, 1] + words.filter { $0 > 1 } }
            return SyntheticRows.Row(
                index: index, words: ["row"] + words.map { "word\($0)" },
                explanations: words.count > 1 ? [Array(1...words.count)] : []
            ).json
        }
    }

    @Test("Words that explain independently give no more false pairs than the level says")
    func falsePairs() throws {
        let sections = try (1...20).map { try report(independent(300, seed: $0)).pairs }
        // Chance has pairs in ten rows and more, as many as this in some file each time.
        let most = sections.map { $0.pairs.map(\.rows).max() ?? 0 }
        #expect(most.allSatisfy { $0 >= 10 }, "\(most)")
        #expect(sections.allSatisfy { $0.tested >= 700 }, "\(sections.map(\.tested))")
        // Where nothing is true every finding is false: expected are 0.05 · 20 files with any.
        let wrong = sections.count { $0.findings > 0 }
        #expect(wrong <= 1, "\(sections.map(\.findings))")
    }

    @Test("A planted pair is found among them", arguments: [1, 2, 3] as [UInt64])
    func plantedPair(seed: UInt64) throws {
        let section = try report(independent(300, seed: seed, planted: 50)).pairs
        let found = section.pairs.filter(\.isFinding).map { [$0.first.name, $0.second.name] }
        #expect(found == [["word0", "word1"]] && section.findings == 1)
    }

    @Test("Two models are compared row by row, whatever rows one lacks")
    func comparison() throws {
        let all = SyntheticRows.sentences(200, seed: 9)
        let first = all.filter { $0.index != 3 }.map(\.json)
        let second =
            all.filter { $0.index != 5 && $0.index != 199 }.map { row in
                var row = row
                row.model = row.model.replacing("0f0f", with: "1e1e")
                if row.index % 50 == 0 { row.label = row.label == "positive" ? "negative" : "positive" }
                // The other model never needs a second word, and never finds "terrible".
                row.explanations = row.explanations.filter { !$0.contains { row.words[$0] == "terrible" } }
                return row.json
            } + [SyntheticRows.failure(300, kind: "empty")]
        let section = try #require(try report(first, against: second).comparison)
        #expect(section.rows == 197 && section.onlyFirst == 2 && section.onlySecond == 1)
        #expect(section.sameLabel == 193 && abs(section.sameShare - 193.0 / 197) < 1e-12)
        #expect(section.differing.map(\.index) == [0, 50, 100, 150])
        let explained = section.explained
        #expect(explained.both + explained.onlyFirst + explained.onlySecond + explained.neither == 193)
        #expect(explained.onlyFirst > 0 && explained.onlySecond == 0 && section.overlap == 1)
        let part = try #require(section.parts.first)
        #expect(part.part.name == "terrible" && part.isFinding && part.onlySecond == 0 && part.both == 0)
        // Half to the power of the rows, on either side.
        #expect(abs(part.pValue - 2 * pow(0.5, Double(part.onlyFirst))) < 1e-12)
        #expect(section.parts.count(where: \.isFinding) == 1)
    }

    @Test("A file against itself has nothing to say")
    func same() throws {
        let rows = SyntheticRows.sentences(50, seed: 2).map(\.json)
        let section = try #require(try report(rows, against: rows).comparison)
        #expect(
            section.sameShare == 1 && section.overlap == 1 && section.differing.isEmpty && section.tested == 0
        )
    }

    @Test("The same bytes come out each time")
    func deterministic() throws {
        let rows = SyntheticRows.sentences(150, seed: 8, planted: "zq").map(\.json)
        let outputs = try (0..<3).map { _ in
            let report = try report(rows, against: rows)
            return try report.json().replacing(/"file": "[^"]*"/, with: "")
                + report.shortcuts.parts.description
        }
        #expect(Set(outputs).count == 1)
    }
}
