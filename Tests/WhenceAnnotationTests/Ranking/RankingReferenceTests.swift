import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

/// `Tests/Fixtures/ranking/cases.json`.
struct RankingCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Figures: Decodable, Sendable {
        var name: String
        var better: [Int]
        var tied: [Int]
        var means: [Double]
    }

    var items: Int
    var k: Int
    var histories: [[Int]]
    var neighbours: Int
    var shrinkage: Double
    var test: [Figures]
    var validation: [Figures]

    var testDescription: String { "\(histories.count) users, \(items) items" }

    static let all: [RankingCase] = {
        // A missing fixture is a failure: without cases the count below does not hold.
        guard let data = try? Data(contentsOf: Repository.fixture("ranking/cases.json")) else { return [] }
        return (try? JSONDecoder().decode([RankingCase].self, from: data)) ?? []
    }()

    /// The histories as a data set whose items are `0`, `1`, …
    var dataset: InteractionDataset {
        var starts = [0]
        for history in histories { starts.append(starts[starts.count - 1] + history.count) }
        return InteractionDataset(
            path: "case", format: .jsonLines, users: histories.indices.map(String.init),
            items: (0..<items).map { .init(id: String($0)) }, starts: starts,
            sequence: histories.flatMap { $0.map { Int32($0) } }, times: nil, ratings: nil)
    }

    func task(_ split: RankingTask.Split) throws -> RankingTask {
        try RankingTask(dataset, itemCount: items, indices: (0..<items).map { $0 }, split: split)
    }
}

@Suite("Ranking figures of an independent implementation")
struct RankingReferenceTests {
    @Test("There are cases")
    func present() { #expect(RankingCase.all.count == 3) }

    @Test("Every item to be found stands where the reference puts it", arguments: RankingCase.all)
    func placements(_ example: RankingCase) throws {
        for (split, figures) in [(RankingTask.Split.test, example.test), (.validation, example.validation)] {
            let task = try example.task(split)
            let setting: NeighbourBaseline.Setting =
                split == .test
                ? .init(neighbours: example.neighbours, shrinkage: example.shrinkage)
                : .init(neighbours: 3, shrinkage: 1.5)
            let found = [
                try PopularityBaseline(task).placements(task), try MarkovBaseline(task).placements(task),
                try NeighbourBaseline(task, setting).placements(task),
            ]
            for (placements, expected) in zip(found, figures) {
                #expect(placements.map(\.better) == expected.better, "\(expected.name), \(split)")
                #expect(placements.map(\.tied) == expected.tied, "\(expected.name), \(split)")
            }
        }
    }

    @Test("The report has the reference's means and its tuned setting", arguments: RankingCase.all)
    func means(_ example: RankingCase) throws {
        var evaluation = RankingEvaluation()
        evaluation.cutOff = example.k
        evaluation.samples = 20
        let report = try evaluation.baselines(on: example.dataset)
        #expect(report.recommenders.map(\.name) == example.test.map(\.name))
        for (row, expected) in zip(report.recommenders, example.test) {
            let values = [row.hitRate.value, row.ndcg.value, row.mrr.value]
            #expect(disagreement(values, expected.means) < 1e-12, "\(row.name): \(values) \(expected.means)")
        }
        #expect(report.recommenders.last?.neighbours == example.neighbours)
        #expect(report.recommenders.last?.shrinkage == example.shrinkage)
        #expect(report.users == example.histories.count { $0.count > 1 })
        #expect(report.shortHistories == example.histories.count { $0.count < 2 })
    }

    private func disagreement(_ found: [Double], _ expected: [Double]) -> Double {
        zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    }
}
