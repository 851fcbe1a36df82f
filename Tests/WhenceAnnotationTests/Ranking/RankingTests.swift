import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Ranking")
struct RankingTests {
    @Test("Measures are means over all orders of the ties, as counting them one by one gives")
    func tiesByCounting() {
        let values = RankValues(cutOff: 4, itemCount: 12)
        for better in 0..<8 {
            for tied in 0..<4 {
                let ranks = (better + 1)...(better + tied + 1)
                let count = Double(ranks.count)
                let measures = values.measure(Placement(better: better, tied: tied))
                #expect(abs(measures.hitRate - Double(ranks.count { $0 <= 4 }) / count) < 1e-14)
                let gain = ranks.reduce(0.0) { $0 + ($1 <= 4 ? 1 / log2(Double($1 + 1)) : 0) } / count
                #expect(abs(measures.discountedGain - gain) < 1e-14)
                let reciprocal = ranks.reduce(0.0) { $0 + 1 / Double($1) } / count
                #expect(abs(measures.reciprocalRank - reciprocal) < 1e-14)
            }
        }
    }

    @Test("Items of the history are no candidates, the item to be found always is one")
    func candidates() {
        let scores = [5, 4, 3, 3, 2, 9]
        let isExcluded = [true, false, false, false, false, true]
        #expect(Placement(of: 2, in: scores, excluding: isExcluded) == Placement(better: 1, tied: 1))
        #expect(Placement(of: 5, in: scores, excluding: isExcluded) == Placement(better: 0, tied: 0))
        let equal = Array(repeating: 1.0, count: 6)
        #expect(Placement(of: 1, in: equal, excluding: isExcluded) == Placement(better: 0, tied: 3))
    }

    @Test("A split withholds the right items, and says whom it cannot ask about")
    func splits() throws {
        let files = try DatasetFiles([
            "h.jsonl": """
            {"user":"a","history":["1","2","x","3"]}
            {"user":"b","history":["1"]}
            {"user":"c","history":["2","x"]}
            {"user":"d","history":["x","1"]}
            {"user":"e","history":["1","2","1"]}
            """
        ])
        let data = try InteractionDataset(path: files("h.jsonl"))
        let indices: [Int?] = data.items.map { Int($0.id).map { $0 - 1 } }
        let test = try RankingTask(data, itemCount: 3, indices: indices, split: .test)
        #expect(test.questions.map(\.user) == [0, 4])
        #expect(test.questions.map(\.history) == [[0, 1], [0, 1]])
        #expect(test.questions.map(\.target) == [2, 0])
        #expect(test.training == [[0, 1], [], [1], [], [0, 1]])
        #expect(test.shortHistories == 2, "b, and d of whose items before the last none is known")
        #expect(test.unknownTargets == 1, "c")
        #expect(test.repeatedTargets == 1, "e")
        #expect(test.unknownInteractions == 2, "one of a, one of d")
        let validation = try RankingTask(data, itemCount: 3, indices: indices, split: .validation)
        #expect(validation.questions.map(\.history) == [[0]])
        #expect(validation.questions.map(\.target) == [1])
        #expect(validation.training == [[0, 1], [], [], [], [0]])
        #expect(validation.unknownTargets == 1, "a, whose last item but one is not known")
    }

    @Test("A data set that the model knows nothing of is refused, and says so")
    func strangers() throws {
        let files = try DatasetFiles(["x.txt": "1 1\n1 2\n"])
        let data = try InteractionDataset(path: files("x.txt"))
        let error = #expect(throws: AnnotationError.self) {
            try RankingTask(data, itemCount: 2, indices: [nil, nil], split: .test)
        }
        #expect(try #require(error).description.contains("data set of this model"))
    }

    @Test("Histories too short to tune on leave item-kNN its plain setting")
    func nothingToTuneOn() throws {
        let files = try DatasetFiles(["x.txt": "1 1\n1 2\n2 1\n2 3\n"])
        var evaluation = RankingEvaluation()
        evaluation.samples = 5
        let report = try evaluation.baselines(on: InteractionDataset(path: files("x.txt")))
        #expect(report.users == 2)
        #expect(report.recommenders.last?.neighbours == 100 && report.recommenders.last?.shrinkage == 0)
    }

    @Test("The nearest items are those that sorting finds", arguments: [1, 3, 10, 40])
    func nearest(limit: Int) {
        var state = 1
        let entries = (0..<40).map { item in
            state = state * 7919 % 10_007
            return NearestItems.Entry(item: item, similarity: Double(state % 7))
        }
        var nearest = NearestItems(limit: limit)
        for entry in entries { nearest.insert(entry) }
        let expected = entries.sorted { ($1.similarity, $0.item) < ($0.similarity, $1.item) }.prefix(limit)
        #expect(nearest.sorted().map(\.item) == expected.map(\.item))
    }

    @Test("Intervals: the same seed draws the same users, and paired differences are narrower")
    func bootstrap() throws {
        func measures(_ values: [Double]) -> [RankingMeasures] {
            values.map { RankingMeasures(hitRate: $0, discountedGain: $0 / 2, reciprocalRank: 1) }
        }
        let first = (0..<99).map { $0 % 3 == 0 ? 1.0 : 0 }
        let second = first.enumerated().map { $0.offset % 30 == 0 ? 0 : $0.element }
        let rows = [measures(first), measures(second)]
        let bootstrap = try RankingBootstrap(rows, samples: 500, seed: 7)
        let interval = bootstrap.interval(0, \.hitRate)
        // Normal approximation: 1.96·√(p(1−p)/99) = 0.0929 around a third; 500 samples tell an end to ± 0.012.
        #expect(abs(interval[0] - (1.0 / 3 - 0.0929)) < 0.025, "\(interval)")
        #expect(abs(interval[1] - (1.0 / 3 + 0.0929)) < 0.025, "\(interval)")
        #expect(bootstrap.interval(0, \.reciprocalRank) == [1, 1])
        let difference = bootstrap.interval(0, minus: 1, \.hitRate)
        #expect(difference[0] >= 0 && difference[1] - difference[0] < 0.1, "\(difference)")
        let few = try (0..<3).map { try RankingBootstrap(rows, samples: 20, seed: UInt64($0 / 2)) }
        #expect(few[0].interval(0, \.hitRate) == few[1].interval(0, \.hitRate))
        #expect(few[0].interval(0, \.hitRate) != few[2].interval(0, \.hitRate))
    }
}
