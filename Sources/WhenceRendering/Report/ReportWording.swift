internal import Foundation
internal import WhenceExplanation

/// The sentences and figures that the report's text and page share.
struct ReportWording {
    var report: DatasetReport

    private var isText: Bool { report.task == .sentiment }

    /// What rows are made of.
    var part: String { isText ? "word" : "item" }
    var parts: String { isText ? "words" : "items" }
    var label: String { isText ? "label" : "recommended item" }
    var outcome: String { isText ? "prediction" : "recommendation" }

    /// A share between 0 and 1, with a decimal where it is small: `0.4 %`, `37 %`.
    static func rate(_ rate: Double) -> String {
        guard rate > 0, rate < 0.0995 else { return NumberWording.share(rate) }
        return rate < 0.0005 ? "< 0.1 %" : String(format: "%.1f %%", rate * 100)
    }

    /// A ratio: `0.4×`, `3.1×`, `27×`.
    static func times(_ ratio: Double) -> String {
        if ratio >= 9.95 { return "\(NumberWording.count(Int(min(ratio, 1e6).rounded())))×" }
        return String(format: "%.1f×", ratio)
    }

    /// A p-value or q-value: `< 0.001`, `0.012`, `0.34`, `1`.
    static func significance(_ value: Double) -> String {
        if value < 0.001 { return "< 0.001" }
        if value < 0.0995 { return String(format: "%.3f", value) }
        return value > 0.995 ? "1" : String(format: "%.2f", value)
    }

    /// A figure with a sign: `+1.2`, `−0.4`.
    static func signed(_ value: Double) -> String {
        let text = String(format: "%.1f", abs(value))
        return (value < 0 && text != "0.0" ? "\u{2212}" : "+") + text
    }

    /// A name of a part, escaped and in quotation marks where it is a word.
    func name(_ part: ReportedPart, width: Int = 28) -> String {
        part.item == nil
            ? part.name.quoted(maximumWidth: width) : part.name.visibleLabel.elidedTitle(toWidth: width)
    }

    /// A label, escaped.
    func name(ofLabel label: String, width: Int = 28) -> String {
        isText ? label.visibleLabel.elided(toWidth: width) : label.visibleLabel.elidedTitle(toWidth: width)
    }

    /// Where a row is: by its line, or by its number.
    static func place(index: Int, line: Int?) -> String { line.map { "line \($0)" } ?? "row \(index)" }

    /// What made the annotations: `albert “sentiment” in int8 · icd · alpha 0.01 · heads each · words`.
    static func source(_ source: ExplanationSource) -> String {
        let (model, settings) = (source.model, source.settings)
        let parts = [
            "\(model.family.visibleLabel) \(model.name.quoted())"
                + (model.precision == "fp32" ? "" : " in \(model.precision.visibleLabel)"),
            settings.algorithm.rawValue, "alpha \(settings.alpha)", "heads \(settings.heads)",
            "\(settings.nodes.rawValue) in sets up to \(settings.maximumSetSize)",
        ]
        return parts.joined(separator: " · ")
    }

    /// Label counts: `positive 444 (51 %), negative 428 (49 %)`.
    func labels(_ most: Int) -> String {
        let overview = report.overview
        var shown = overview.labels.prefix(most).map {
            "\(name(ofLabel: $0.label.name)) \(NumberWording.count($0.rows)) "
                + "(\(Self.rate(Double($0.rows) / Double(max(1, overview.rows)))))"
        }
        let rest = overview.rows - overview.labels.prefix(most).reduce(0) { $0 + $1.rows }
        if rest > 0 { shown.append("others \(NumberWording.count(rest))") }
        return shown.joined(separator: ", ")
    }

    /// Error records by kind; `nil` without any.
    var errors: String? {
        let errors = report.overview.errors
        guard !errors.isEmpty else { return nil }
        let kinds = errors.map {
            "\(NumberWording.count($0.rows)) \($0.kind.visibleLabel.elided(toWidth: 24))"
        }
        return NumberWording.count(report.overview.errorCount, "row")
            + " could not be annotated: " + kinds.joined(separator: ", ")
    }
}

// MARK: - What the lists are

extension ReportWording {
    var shortcutsTitle: String { "Shortcuts" }

    /// What the list of shortcuts holds.
    var shortcutsLead: String {
        let with = report.shortcuts.reference == .gold ? "the true label" : "the predicted label"
        return
            "\(isText ? "Words" : "Items") that belong to a smallest explanation far more often than their "
            + "correlation with \(with) explains."
    }

    /// What was found.
    var shortcutsResult: String {
        let section = report.shortcuts
        let tested = NumberWording.count(section.tested, part, plural: parts)
        guard section.fit != nil else {
            return
                "Too few to compare: \(tested) in \(NumberWording.count(section.minimumRows, "row")) or more, some with an explanation. "
                + "Annotate more rows, or lower --min-rows."
        }
        let level = "q ≤ \(section.level), \(Self.times(section.smallestRatio)) what is expected or more"
        guard section.findings > 0 else {
            return "None of \(tested) stands out (\(level)). The nearest:"
        }
        return
            "\(NumberWording.count(section.findings)) of \(tested) \(section.findings == 1 ? "stands" : "stand") out "
            + "(\(level))."
    }

    /// How shortcuts are found.
    var shortcutsMethod: String {
        let section = report.shortcuts
        let reference = section.reference == .gold ? "data set's own" : "predicted"
        var text =
            "\(isText ? "A word" : "An item") explains in a row if it belongs to one of the smallest sets without which the \(outcome) would be "
            + "another. Expected is the rate of \(parts) of the same association with the \(reference) label "
            + "(√(2·KL) of the labels of its rows from those of all, in nats) and the same frequency, relative to "
            + "drawing explanations blindly from each row: a logistic regression over all \(parts) in "
            + "\(NumberWording.count(section.minimumRows, "row")) or more, without the findings. The p-value is beta-binomial, as \(parts) "
            + "that are alike still differ; q is the share of false findings (Benjamini and Hochberg)."
        if let fit = section.fit {
            text += String(
                format:
                    " Fitted to %d: logit rate = logit blind %@ %@ · association %@ · ln rows; dispersion %.3f.",
                fit.parts, Self.term(fit.intercept), Self.term(fit.association), Self.term(fit.frequency),
                fit.dispersion)
        }
        if section.forgottenRows > 0 {
            text +=
                " There were too many \(parts) to count all: counts can be short of up to "
                + NumberWording.count(section.forgottenRows, "row") + "."
        }
        return text
    }

    private static func term(_ value: Double) -> String {
        (value < 0 ? "− " : "+ ") + String(format: "%.2f", abs(value))
    }

    /// What the list of confounded parts holds.
    var confoundedLead: String {
        guard let section = report.confounded else {
            return
                "The file has no graphs; annotate with --fields graphs to see which \(parts) only a hidden common "
                + "cause joins to the \(outcome)."
        }
        let tested = NumberWording.count(section.tested, part, plural: parts)
        let lead =
            "\(isText ? "Words" : "Items") that only hidden common causes (<->) join to the \(outcome), in all heads of "
            + "a row, where an edge joins them at all. Over all \(parts) that is so in "
            + "\(Self.rate(section.share)) of the rows."
        guard section.findings > 0 else {
            return lead
                + " None of \(tested) adjacent in \(NumberWording.count(section.minimumRows, "row")) or more is joined so always, or "
                + "more often than chance has it (q ≤ \(section.level))."
        }
        return lead
            + " \(NumberWording.count(section.findings)) of \(tested) adjacent in \(NumberWording.count(section.minimumRows, "row")) or "
            + "more \(section.findings == 1 ? "is" : "are") joined so always, or more often than chance has it "
            + "(q ≤ \(section.level)). Expected is the share of \(parts) joined in as many heads."
    }

    /// What the list of pairs holds.
    var pairsLead: String {
        let section = report.pairs
        let lead =
            "\(isText ? "Words" : "Items") that belong to one smallest explanation together. Expected is what "
            + "independent \(parts) would do in the \(NumberWording.count(section.rows, "row")) whose smallest "
            + "explanations have two or more."
        guard section.tested > 0 else {
            return lead + " No two \(parts) explain in \(section.minimumRows) of these or more."
        }
        let tested =
            "\(NumberWording.count(section.tested, "pair")) of \(parts) that explain in \(section.minimumRows) of "
            + "these or more"
        guard section.findings > 0 else {
            return lead + " None of \(tested) stands out (q ≤ \(section.level))."
                + (section.pairs.isEmpty ? "" : " The nearest:")
        }
        return lead
            + " \(NumberWording.count(section.findings)) of \(tested) \(section.findings == 1 ? "stands" : "stand") "
            + "out (q ≤ \(section.level))."
    }

    /// How often two models agree.
    func comparisonLead(_ section: DatasetReport.Comparison) -> String {
        guard section.rows > 0 else { return "The two files have no row in common." }
        return "The same \(label) in \(NumberWording.count(section.sameLabel)) of "
            + "\(NumberWording.count(section.rows, "row")) (\(Self.rate(section.sameShare)))."
    }

    /// How much the explanations have in common.
    func overlapLead(_ section: DatasetReport.Comparison) -> String {
        let explained = section.explained
        let counts =
            "Where it is the same, both models have explanations in \(NumberWording.count(explained.both, "row")), only "
            + "the first in \(NumberWording.count(explained.onlyFirst)), only the second in "
            + "\(NumberWording.count(explained.onlySecond)), neither in \(NumberWording.count(explained.neither))."
        guard let overlap = section.overlap else { return counts }
        return counts
            + " Where both have, their \(parts) overlap by \(Self.rate(overlap)) (intersection over union)."
    }

    /// Rows that only one file has.
    func missingLead(_ section: DatasetReport.Comparison) -> String? {
        guard section.onlyFirst + section.onlySecond > 0 else { return nil }
        return
            "Not compared: \(NumberWording.count(section.onlyFirst, "row")) with a prediction only in the first "
            + "file, \(NumberWording.count(section.onlySecond)) only in the second."
    }

    /// What the list of compared parts holds.
    func comparedLead(_ section: DatasetReport.Comparison) -> String {
        let tested = NumberWording.count(section.tested, part, plural: parts)
        return
            "\(isText ? "Words" : "Items") that explain for one model and not for the other, of \(tested) in "
            + "\(NumberWording.count(section.minimumRows, "row")) or more (McNemar's exact test): "
            + (section.findings == 0 ? "none" : NumberWording.count(section.findings))
            + " at q ≤ \(section.level)."
    }
}
