import Testing

@testable import WhenceAnnotation
@testable import WhenceExplanation

@Suite("What explanation methods reach")
struct MethodStatisticsTests {
    private static let methods: [ExplanationMethod] = [.icd, .attentionGreedy, .exhaustive]

    /// One user: for each method the size and rank, or neither.
    private static func user(_ found: (Int, Int)?...) -> [MethodOutcome] {
        zip(methods, found).map { method, found in
            MethodOutcome(
                method: method, items: found.map { Array(0..<$0.0) }, replacementRank: found?.1,
                isComplete: found != nil, forwardPasses: 10, milliseconds: 2)
        }
    }

    private static let outcomes = [
        user((1, 2), (2, 4), (1, 2)), user((2, 6), nil, (2, 9)), user(nil, (3, 8), nil),
        user((3, 4), (3, 2), (2, 2)),
    ]

    @Test("Means are over the users that they can be taken over")
    func means() throws {
        let statistics = MethodStatistics(Self.outcomes, methods: Self.methods, samples: 500, seed: 1)
        let rows = try statistics.rows()
        #expect(rows.map(\.flipped.value) == [0.75, 0.75, 0.75])
        #expect(rows.map(\.size.value) == [2, 8.0 / 3, 5.0 / 3])
        #expect(rows.map(\.replacementRank.value) == [4, 14.0 / 3, 13.0 / 3])
        #expect(rows.map(\.sizeInCommon.users) == [2, 2, 2], "the first and the last")
        #expect(rows.map(\.sizeInCommon.value) == [2, 2.5, 1.5])
        #expect(rows.map(\.smallest.value) == [2.0 / 3, 0, 1])
        #expect(rows.map(\.unfinished) == [1, 1, 1])
        for row in rows {
            let (low, high) = (row.flipped.interval[0], row.flipped.interval[1])
            #expect(low <= 0.75 && high >= 0.75 && low < high)
            #expect(row.milliseconds.interval == [2, 2])
        }
    }

    @Test("Differences are between the same users")
    func differences() throws {
        let statistics = MethodStatistics(Self.outcomes, methods: Self.methods, samples: 500, seed: 1)
        let comparisons = try statistics.comparisons(of: .icd)
        #expect(
            comparisons.map { "\($0.other) \($0.measure)" } == [
                "attention-greedy size", "attention-greedy replacementRank", "exhaustive size",
                "exhaustive replacementRank",
            ])
        #expect(comparisons.map(\.difference.value) == [-0.5, 0, 1.0 / 3, -1.0 / 3])
        #expect(comparisons.map(\.difference.users) == [2, 2, 3, 3])
        #expect(try statistics.comparisons(of: .fci).isEmpty)
    }

    @Test("Nobody to take a mean over is no mean")
    func nobody() throws {
        let statistics = MethodStatistics(
            [Self.user(nil, nil, nil)], methods: Self.methods, samples: 20, seed: 0)
        let row = try #require(try statistics.rows().first)
        #expect(row.flipped.value == 0)
        #expect(row.size.value == nil && row.size.interval.isEmpty && row.size.users == 0)
    }
}
