import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

/// `Tests/Fixtures/report/statistics.py` made the cases with scipy and statsmodels.
@Suite("Statistics of the report")
struct ReportStatisticsTests {
    private struct Cases: Decodable {
        struct Tail: Decodable {
            var rows: Int
            var mean: Double
            var dispersion: Double
            var count: Int
            var tail: Double
        }

        struct Fit: Decodable {
            struct Part: Decodable {
                var rows: Int
                var explains: Int
                var blind: Double
                var association: Double
            }

            var parts: [Part]
            var coefficients: [Double]
            var dispersion: Double
            var rates: [Double]

            var observations: [ExpectedRate.Observation] {
                parts.map {
                    ExpectedRate.Observation(
                        rows: $0.rows, explains: $0.explains, blind: $0.blind, association: $0.association)
                }
            }
        }

        var tails: [Tail]
        var pValues: [Double]
        var qValues: [Double]
        var fits: [Fit]
    }

    private let cases: Cases

    init() throws {
        let file = Repository.fixture("report/statistics.json")
        cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: file))
    }

    @Test("Upper tails are scipy's, to nine digits of their value")
    func tails() {
        #expect(cases.tails.count > 50)
        var worst = (error: 0.0, sentence: "")
        for tail in cases.tails {
            let observed = CountDistribution(rows: tail.rows, mean: tail.mean, dispersion: tail.dispersion)
                .upperTail(tail.count)
            let error = tail.tail > 0 ? abs(observed - tail.tail) / tail.tail : observed
            if !(error <= worst.error) { worst = (error, "\(tail): \(observed)") }
        }
        #expect(worst.error < 1e-9, "\(worst.sentence)")
    }

    @Test("Tails at the ends are certain, impossible, and never beyond")
    func ends() {
        for dispersion in [0, 0.01, 0.5, 0.99] {
            let distribution = CountDistribution(rows: 30, mean: 0.2, dispersion: dispersion)
            #expect(distribution.upperTail(0) == 1)
            #expect(distribution.upperTail(31) == 0)
            let tails = (0...31).map { distribution.upperTail($0) }
            #expect(zip(tails, tails.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 })
        }
    }

    @Test("q-values are statsmodels'")
    func qValues() {
        let observed = FalseDiscoveryRate.qValues(cases.pValues)
        #expect(
            disagreement(of: observed.map(Float.init), with: cases.qValues.map(Float.init), within: 1e-7)
                == nil)
        #expect(FalseDiscoveryRate.qValues([]).isEmpty)
    }

    @Test("Expected rates are those of the same regression by scipy", arguments: 0..<3)
    func fits(index: Int) {
        let fit = cases.fits[index]
        let rate = ExpectedRate(fit.observations)
        let observed = rate.coefficients + [rate.dispersion] + fit.observations.map { rate($0) }
        let expected = fit.coefficients + [fit.dispersion] + fit.rates
        // Both stop searching near 1e-9.
        #expect(
            disagreement(of: observed.map(Float.init), with: expected.map(Float.init), within: 1e-6) == nil)
    }

    @Test("Parts that are told apart completely give a finite fit")
    func separation() {
        let parts = (0..<20).map {
            ExpectedRate.Observation(
                rows: 20, explains: $0 < 10 ? 0 : 20, blind: 0.1, association: $0 < 10 ? 0.1 : 1.5)
        }
        let rate = ExpectedRate(parts)
        #expect(rate.coefficients.allSatisfy(\.isFinite) && rate.dispersion.isFinite)
        #expect(rate(parts[0]) < 0.2 && rate(parts[19]) > 0.8)
    }

    @Test("Counts of numbers come in order, however they were added")
    func sparseCounts() {
        var counts = SparseCounts()
        for number in [7, 3, 7, 1_000, 3, 7] { counts.add(number) }
        #expect(counts.entries.map(\.key) == [3, 7, 1_000])
        #expect(counts.entries.map(\.count) == [2, 3, 1])
        #expect(counts[7] == 3 && counts[8] == 0)
        #expect(counts.mostFrequent?.key == 7)
    }

    @Test("Rare keys are forgotten, frequent ones are not, and the bound holds")
    func forgetting() {
        var table = FrequentTable<String, Int>(limit: 50) { $0 }
        var truth: [String: Int] = [:]
        for row in 0..<5_000 {
            for key in ["frequent\(row % 10)", "rare\(row)"] {
                truth[key, default: 0] += 1
                table.update(key, from: 0) { $0 += 1 }
            }
        }
        let kept = table.sorted
        #expect(kept.count <= 50)
        #expect(kept.map(\.key) == kept.map(\.key).sorted())
        #expect(table.forgottenRows > 0)
        for (key, count) in kept {
            let all = truth[key] ?? 0
            #expect(count <= all && all - count <= table.forgottenRows, "\(key)")
        }
        for (key, count) in truth where count > table.forgottenRows {
            #expect(table[key] != nil, "\(key) was counted \(count) times")
        }
    }
}
