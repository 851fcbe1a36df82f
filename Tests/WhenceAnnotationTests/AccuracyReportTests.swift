import Testing

@testable import WhenceAnnotation

@Suite("Accuracy")
struct AccuracyReportTests {
    @Test("Recall goes by rows of the confusion matrix, precision by columns")
    func counts() {
        let report = AccuracyReport(
            confusion: [[8, 2], [1, 9]], names: ["negative", "positive"], crossEntropy: 0, cutSentences: 0)
        #expect(report.correct == 17)
        #expect(report.accuracy == 0.85)
        #expect(report.labels[0].recall == 0.8)
        #expect(report.labels[0].precision == 8.0 / 9)
    }

    /// Values of `scipy.stats.binomtest(…).proportion_ci(method="wilson")`.
    @Test(
        "The Wilson interval is that of SciPy",
        arguments: [(733, 872, 0.8148139, 0.8633910), (0, 10, 0.0, 0.2775328), (10, 10, 0.7224672, 1.0)])
    func wilson(correct: Int, trials: Int, lower: Double, upper: Double) {
        let interval = AccuracyReport.wilsonInterval(successes: correct, trials: trials)
        #expect(abs(interval[0] - lower) < 1e-6)
        #expect(abs(interval[1] - upper) < 1e-6)
    }
}
