internal import WhenceExplanation

extension DatasetReport {
    /// The report for a person at a terminal.
    ///
    /// Lists longer than the style's limit are cut. Everything users wrote is escaped against terminal control sequences.
    public func text(style: TextStyle = .plain) -> String {
        var text = DatasetReportText(report: self, style: style)
        text.addOverview()
        text.addShortcuts()
        text.addConfounded()
        text.addPairs()
        if let comparison { text.addComparison(comparison) }
        return text.page.text
    }
}

/// The parts of the report for a terminal, in the order in which they are read.
private struct DatasetReportText {
    let report: DatasetReport
    let style: TextStyle
    let wording: ReportWording
    var page: TextPage

    /// Findings of which examples are shown, where lists are cut.
    private static let shownWithExamples = 3

    init(report: DatasetReport, style: TextStyle) {
        self.report = report
        self.style = style
        wording = ReportWording(report: report)
        page = TextPage(style: style)
    }

    private var rowLimit: Int { style.rowLimit ?? .max }

    mutating func addOverview() {
        let overview = report.overview
        page.addParagraph([StyledRun("\(report.file.visibleLabel)", .heading)])
        page.addParagraph([StyledRun(ReportWording.source(report.source), .small)])
        page.addBlankLine()
        var rows = [("rows", NumberWording.count(overview.rows))]
        if let errors = wording.errors { rows.append(("", errors)) }
        rows.append((report.task == .sentiment ? "labels" : "items", wording.labels(5)))
        if let gold = overview.gold {
            let field = gold.field.quoted()
            rows.append(
                (
                    "right",
                    gold.correct.map {
                        "\(ReportWording.rate(Double($0) / Double(max(1, gold.rows)))) of "
                            + "\(NumberWording.count(gold.rows, "row")), by the field \(field)"
                    } ?? "unknown: the values of \(field) are no labels of the model"
                ))
        }
        var changed =
            "\(ReportWording.rate(overview.flippedShare)) by leaving \(wording.parts) out"
        if let median = overview.medianSize { changed += "; the smallest set has \(median) in the median" }
        rows.append(("changed", changed))
        if overview.cutShort > 0 {
            rows.append(
                (
                    "cut short",
                    NumberWording.count(overview.cutShort, "search", plural: "searches") + " by a budget"
                ))
        }
        page.addTable(rows.map { [StyledRun($0.0, .small), StyledRun($0.1)] }, flexible: 1)
        addSizes()
    }

    /// A bar a size.
    private mutating func addSizes() {
        let sizes = report.overview.sizes
        guard let most = sizes.max(), most > 0 else { return }
        page.addBlankLine()
        var rows: [[StyledRun]] = []
        for (position, count) in sizes.enumerated() where count > 0 {
            let bar = String(repeating: "█", count: max(1, 30 * count / most))
            rows.append([
                StyledRun(position == 0 ? "1 alone" : "\(position + 1) together", .small),
                StyledRun(bar, .mark), StyledRun(NumberWording.count(count)),
            ])
        }
        page.addTable(rows, flexible: 1)
    }

    mutating func addShortcuts() {
        let section = report.shortcuts
        page.addHeading(wording.shortcutsTitle)
        page.addParagraph([StyledRun(wording.shortcutsLead)])
        page.addParagraph([StyledRun(wording.shortcutsResult, section.findings > 0 ? .warning : .plain)])
        guard section.fit != nil else { return }
        let shown = findingsOrNearest(section.parts, \.isFinding)
        addTable(
            ["", "rows", "explains", "rate", "expected", "times", "q"],
            shown.map { entry in
                [
                    wording.name(entry.part, width: 24), NumberWording.count(entry.rows),
                    NumberWording.count(entry.explains), ReportWording.rate(entry.rate),
                    ReportWording.rate(entry.expectedRate), ReportWording.times(entry.ratio),
                    ReportWording.significance(entry.qValue),
                ]
            })
        page.addOverflow(section.findings - shown.count)
        for entry in shown.filter(\.isFinding).prefix(style.rowLimit == nil ? .max : Self.shownWithExamples) {
            addExamples(entry)
        }
        page.addBlankLine()
        page.addParagraph([StyledRun(wording.shortcutsMethod, .small)])
    }

    private mutating func addExamples(_ entry: DatasetReport.Shortcut) {
        page.addBlankLine()
        var runs = [StyledRun(wording.name(entry.part), .strong)]
        if let pull = entry.pull {
            runs.append(
                StyledRun(
                    " pulls to \(wording.name(ofLabel: pull.name)) (\(NumberWording.count(entry.pullRows)) of "
                        + "\(NumberWording.count(entry.explains, "row")))"))
        }
        if let accuracy = entry.accuracy {
            runs.append(StyledRun("; \(ReportWording.rate(accuracy)) of its rows are predicted right"))
        }
        page.addParagraph(runs, indent: 2, hanging: 4)
        for example in entry.examples {
            let place = ReportWording.place(index: example.index, line: example.line)
            let part = example.part.visibleLabel.elided(toWidth: 32)
            page.addParagraph(
                [
                    StyledRun("\(place): ", .small), StyledRun(example.before.escapedForDisplay),
                    StyledRun(style.colour ? part : "[[\(part)]]", .highlight),
                    StyledRun(example.after.escapedForDisplay),
                    StyledRun(
                        " (\(wording.name(ofLabel: example.label)) → \(wording.name(ofLabel: example.outcome)))",
                        .small),
                ], indent: 4, hanging: 6)
        }
    }

    mutating func addConfounded() {
        page.addHeading("Confounded only")
        page.addParagraph([StyledRun(wording.confoundedLead)])
        guard let section = report.confounded, !section.parts.isEmpty else { return }
        let shown = section.parts.prefix(rowLimit)
        addTable(
            ["", "adjacent", "only <->", "share", "expected", "q", "explains", "heads"],
            shown.map { entry in
                [
                    wording.name(entry.part, width: 24), NumberWording.count(entry.adjacent),
                    NumberWording.count(entry.confounded), ReportWording.rate(entry.share),
                    ReportWording.rate(entry.expectedShare), ReportWording.significance(entry.qValue),
                    NumberWording.count(entry.explains), NumberWording.count(entry.heads.count),
                ]
            })
        page.addOverflow(section.findings - shown.count)
    }

    mutating func addPairs() {
        page.addHeading("Frequent pairs")
        page.addParagraph([StyledRun(wording.pairsLead)])
        let shown = findingsOrNearest(report.pairs.pairs, \.isFinding)
        guard !shown.isEmpty else { return }
        addTable(
            ["", "rows", "expected", "lift", "q"],
            shown.map { pair in
                [
                    "\(wording.name(pair.first, width: 20)) and \(wording.name(pair.second, width: 20))",
                    NumberWording.count(pair.rows), NumberWording.score(pair.expectedRows),
                    ReportWording.times(pair.lift), ReportWording.significance(pair.qValue),
                ]
            })
        page.addOverflow(report.pairs.findings - shown.count)
    }

    /// The findings of a list, cut to its limit; without any, the three entries that are nearest to being one.
    private func findingsOrNearest<Entry>(_ entries: [Entry], _ isFinding: (Entry) -> Bool) -> ArraySlice<
        Entry
    > {
        let findings = entries.filter(isFinding)
        return findings.isEmpty ? entries.prefix(3) : findings.prefix(rowLimit)
    }

    /// A name and figures, the figures flush right under their headings.
    private mutating func addTable(_ headings: [String], _ rows: [[String]]) {
        let widths = headings.indices.map { column in
            ([headings] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        func cells(_ row: [String], _ role: TextRole) -> [StyledRun] {
            row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - text.displayWidth)
                return StyledRun(column == 0 ? text + padding : padding + text, role)
            }
        }
        page.addTable([cells(headings, .small)] + rows.map { cells($0, .plain) }, flexible: 0)
    }
}

// MARK: - Two models

extension DatasetReportText {
    mutating func addComparison(_ section: DatasetReport.Comparison) {
        page.addHeading("Against \(section.file.visibleLabel)")
        page.addParagraph([StyledRun(ReportWording.source(section.source), .small)])
        page.addParagraph([StyledRun(wording.comparisonLead(section))])
        page.addParagraph([StyledRun(wording.overlapLead(section))])
        if let missing = wording.missingLead(section) { page.addParagraph([StyledRun(missing, .warning)]) }
        for row in section.differing {
            page.addBlankLine()
            var runs = [
                StyledRun("\(ReportWording.place(index: row.index, line: row.line)): ", .small),
                StyledRun(row.beginning.escapedForDisplay),
            ]
            if let gold = row.gold {
                runs.append(StyledRun(" (truly \(gold.visibleLabel.elided(toWidth: 24)))", .small))
            }
            page.addParagraph(runs, indent: 2, hanging: 4)
            for (name, side) in [("first", row.first), ("second", row.second)] {
                page.addParagraph(
                    [StyledRun("\(name): ", .small), StyledRun(wording.sentence(side))], indent: 4, hanging: 6
                )
            }
        }
        guard section.tested > 0 else { return }
        page.addBlankLine()
        page.addParagraph([StyledRun(wording.comparedLead(section))])
        let shown = findingsOrNearest(section.parts, \.isFinding)
        addTable(
            ["", "rows", "both", "only first", "only second", "q"],
            shown.map { entry in
                [
                    wording.name(entry.part, width: 24), NumberWording.count(entry.rows),
                    NumberWording.count(entry.both), NumberWording.count(entry.onlyFirst),
                    NumberWording.count(entry.onlySecond), ReportWording.significance(entry.qValue),
                ]
            })
        page.addOverflow(section.findings - shown.count)
    }
}

extension ReportWording {
    /// What one model says of a row: `positive 51 %, but for “not” (and 2 other sets)`.
    func sentence(_ side: DatasetReport.DifferingRow.Side) -> String {
        var text = name(ofLabel: side.label.name)
        if let probability = side.probability { text += " \(NumberWording.percent(probability))" }
        guard !side.explanation.isEmpty else { return text + ", whatever is left out" }
        text +=
            ", but for "
            + WordNames(labels: side.explanation, maximumWidth: 24).list(Array(side.explanation.indices))
        if side.more > 0 {
            text += " (or \(NumberWording.count(side.more, "other set")))"
        }
        return text
    }
}
