import WhenceExplanation

@testable import WhenceRendering

/// Reports made by hand.
enum ReportSamples {
    static let source = ExplanationSource(
        model: ModelIdentity(family: "albert", name: "sentiment", parameters: 7_123_586, sha256: "686f"),
        settings: ExplanationSettings())

    /// Every section, with findings.
    static let full: DatasetReport = {
        var report = DatasetReport(
            file: "reviews.jsonl", task: .sentiment, source: source,
            overview: DatasetReport.Overview(
                rows: 1_872,
                errors: [
                    DatasetReport.Overview.ErrorCount(kind: "too-long", rows: 2),
                    DatasetReport.Overview.ErrorCount(kind: "empty", rows: 1),
                ],
                labels: [
                    DatasetReport.Overview.LabelCount(label: ReportedPart(name: "positive"), rows: 950),
                    DatasetReport.Overview.LabelCount(label: ReportedPart(name: "negative"), rows: 922),
                ], cutShort: 4, sizes: [802, 311],
                gold: DatasetReport.Overview.Gold(field: "label", rows: 1_872, correct: 1_701)),
            shortcuts: DatasetReport.Shortcuts(
                minimumRows: 10, level: 0.05, smallestRatio: 1.5, reference: .gold, tested: 143,
                fit: DatasetReport.Shortcuts.Fit(
                    intercept: 0.93, association: 1.25, frequency: -0.55, dispersion: 0.021, parts: 141),
                parts: [
                    shortcut("zq", 120, 96, 0.061), shortcut(",", 733, 119, 0.058),
                    shortcut("but", 94, 11, 0.09),
                ],
                findings: 2, forgottenRows: 0),
            confounded: DatasetReport.Confounded(
                rows: 1_872, graphs: 22_464, share: 0.41, minimumRows: 10, level: 0.05, tested: 120,
                parts: [
                    DatasetReport.ConfoundedPart(
                        part: ReportedPart(name: "the"), adjacent: 212, confounded: 212, expectedShare: 0.44,
                        pValue: 1e-40, qValue: 1e-38, explains: 3,
                        heads: [
                            DatasetReport.ConfoundedPart.HeadCount(
                                head: .head(0), adjacent: 200, confounded: 200),
                            DatasetReport.ConfoundedPart.HeadCount(
                                head: .head(7), adjacent: 31, confounded: 31),
                        ])
                ], findings: 1),
            pairs: DatasetReport.Pairs(
                rows: 311, minimumRows: 10, level: 0.05, tested: 7,
                pairs: [
                    DatasetReport.Pair(
                        first: ReportedPart(name: "effects"), second: ReportedPart(name: "special"), rows: 21,
                        expectedRows: 1.62, pValue: 1e-17, qValue: 7e-17, isFinding: true),
                    DatasetReport.Pair(
                        first: ReportedPart(name: "a"), second: ReportedPart(name: "bit"), rows: 3,
                        expectedRows: 2.9, pValue: 0.5, qValue: 1, isFinding: false),
                ], findings: 1, forgottenRows: 0), comparison: nil)
        report.comparison = DatasetReport.Comparison(
            file: "other.jsonl", source: source, rows: 1_870, onlyFirst: 2, onlySecond: 0, sameLabel: 1_861,
            explained: DatasetReport.Comparison.Explained(
                both: 1_090, onlyFirst: 12, onlySecond: 9, neither: 750),
            overlap: 0.87,
            differing: [
                DatasetReport.DifferingRow(
                    index: 17, line: 19, beginning: "not exactly the bees knees, but it has its moments",
                    gold: "0",
                    first: DatasetReport.DifferingRow.Side(
                        label: ReportedPart(name: "positive"), probability: 0.52, explanation: ["but"],
                        more: 2),
                    second: DatasetReport.DifferingRow.Side(
                        label: ReportedPart(name: "negative"), probability: 0.97, explanation: [], more: 0))
            ], minimumRows: 10, level: 0.05,
            parts: [
                DatasetReport.ComparedPart(
                    part: ReportedPart(name: "but"), rows: 94, both: 3, onlyFirst: 8, onlySecond: 0,
                    pValue: 0.0078,
                    qValue: 0.039, isFinding: true)
            ], tested: 5, findings: 1)
        return report
    }()

    /// Items, nothing found, no graphs, no comparison.
    static let items = DatasetReport(
        file: "histories.jsonl", task: .recommendation, source: source,
        overview: DatasetReport.Overview(
            rows: 43, errors: [],
            labels: [
                DatasetReport.Overview.LabelCount(
                    label: ReportedPart(name: "Return of the Jedi (1983)", item: "181"), rows: 30)
            ], cutShort: 0, sizes: [40], gold: nil),
        shortcuts: DatasetReport.Shortcuts(
            minimumRows: 10, level: 0.05, smallestRatio: 1.5, reference: .prediction, tested: 12,
            fit: DatasetReport.Shortcuts.Fit(
                intercept: 0, association: 0, frequency: 0, dispersion: 0, parts: 12),
            parts: [
                DatasetReport.Shortcut(
                    part: ReportedPart(
                        name: "Dr. Strangelove or: How I Learned to Stop Worrying (1963)", item: "474"),
                    rows: 12,
                    explains: 6, blindRate: 0.2, expectedRate: 0.3, excess: 1.5, pValue: 0.1, qValue: 0.6,
                    isFinding: false, association: 0.4, pull: nil, pullRows: 0, pullLogOdds: 0, accuracy: nil,
                    examples: [])
            ], findings: 0, forgottenRows: 3),
        confounded: nil,
        pairs: DatasetReport.Pairs(
            rows: 0, minimumRows: 10, level: 0.05, tested: 0, pairs: [], findings: 0, forgottenRows: 0),
        comparison: nil)

    /// The full report with a text in the place of every name.
    static func hostile(_ text: String) -> DatasetReport {
        var report = full
        let part = ReportedPart(name: text)
        report.file = text
        report.source.model.name = text
        report.source.model.family = text
        report.overview.labels[0].label = part
        report.overview.errors[0].kind = text
        report.overview.gold?.field = text
        report.shortcuts.parts[0].part = part
        report.shortcuts.parts[0].pull = part
        report.shortcuts.parts[0].examples = [
            DatasetReport.Example(
                index: 0, line: nil, before: text, part: text, after: text, label: text, outcome: text)
        ]
        report.confounded?.parts[0].part = part
        report.pairs.pairs[0].first = part
        report.pairs.pairs[0].second = part
        report.comparison?.file = text
        report.comparison?.source.model.name = text
        report.comparison?.differing[0].beginning = text
        report.comparison?.differing[0].gold = text
        report.comparison?.differing[0].first.label = part
        report.comparison?.differing[0].first.explanation = [text, text]
        report.comparison?.parts[0].part = part
        return report
    }

    private static func shortcut(
        _ name: String, _ rows: Int, _ explains: Int, _ expected: Double
    ) -> DatasetReport.Shortcut {
        let isFinding = name != "but"
        return DatasetReport.Shortcut(
            part: ReportedPart(name: name), rows: rows, explains: explains, blindRate: 0.05,
            expectedRate: expected, excess: isFinding ? 6.3 : 0.5, pValue: isFinding ? 1e-6 : 0.3,
            qValue: isFinding ? 0.00007 : 0.61, isFinding: isFinding, association: 0.12,
            pull: ReportedPart(name: "positive"), pullRows: explains - 8, pullLogOdds: -1.26, accuracy: 0.512,
            examples: [
                DatasetReport.Example(
                    index: 15, line: 17, before: "a charming ", part: name, after: " journey…",
                    label: "positive",
                    outcome: "negative")
            ])
    }
}
