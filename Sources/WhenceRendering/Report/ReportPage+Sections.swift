internal import WhenceExplanation

extension ReportPage {
    /// The main thing: parts that explain too often.
    var shortcuts: HTMLNode {
        let section = report.shortcuts
        var nodes: [HTMLNode] = [
            .tag("h2", nil, wording.shortcutsTitle), .tag("p", nil, wording.shortcutsLead),
            .tag("p", section.findings > 0 ? "alarm" : nil, wording.shortcutsResult),
        ]
        guard section.fit != nil else { return .tag("section", nil, nodes) }
        var table = ReportTable([
            (wording.part, "as rows spell it"), ("rows", "rows that hold it"),
            ("explains in", "rows where it belongs to a smallest explanation"),
            ("rate, and expected", "share of its rows; the line is where it was expected"),
            ("expected", "rate of \(wording.parts) of the same association and frequency"),
            ("times", "rate by expected rate"), ("excess", "in standard deviations"),
            ("q", "share of false findings at which it is one"),
            ("association", "distance of the labels of its rows from all, in nats"),
            (
                "pulls to",
                "\(wording.label) predicted most where it explains, and its log odds with the \(wording.part)"
            ),
        ])
        for entry in section.parts {
            let pull = entry.pull.map {
                "\(wording.name(ofLabel: $0.name)) \(ReportWording.signed(entry.pullLogOdds))"
            }
            table.add(
                isFinding: entry.isFinding,
                [
                    .name(wording.name(entry.part, width: 60)), .count(entry.rows), .count(entry.explains),
                    .rate(entry.rate, expected: entry.expectedRate),
                    .figure(ReportWording.rate(entry.expectedRate), entry.expectedRate),
                    .figure(ReportWording.times(entry.ratio), entry.ratio),
                    .figure(ReportWording.signed(entry.excess), entry.excess),
                    .figure(ReportWording.significance(entry.qValue), entry.qValue),
                    .figure(NumberWording.score(entry.association), entry.association),
                    ReportTable.Cell(value: entry.pullLogOdds, content: [.text(pull ?? "–")]),
                ])
        }
        nodes.append(table.node)
        let findings = section.parts.filter(\.isFinding)
        nodes += findings.flatMap(examples)
        nodes.append(
            .tag(
                "details", "small",
                [.tag("summary", nil, "How this is computed"), .tag("p", nil, wording.shortcutsMethod)]))
        return .tag("section", nil, nodes)
    }

    /// The rows that show a finding.
    private func examples(_ entry: DatasetReport.Shortcut) -> [HTMLNode] {
        var remark: [String] = []
        if let pull = entry.pull {
            remark.append(
                "pulls to \(wording.name(ofLabel: pull.name)) in \(NumberWording.count(entry.pullRows)) of "
                    + NumberWording.count(entry.explains, "row"))
        }
        if let accuracy = entry.accuracy {
            remark.append("\(ReportWording.rate(accuracy)) of its rows are predicted right")
        }
        let rows = entry.examples.map { example in
            HTMLNode.tag(
                "li", nil,
                [
                    .tag("span", "place", ReportWording.place(index: example.index, line: example.line)),
                    .text(example.before), .tag("mark", nil, example.part.visibleLabel), .text(example.after),
                    .tag(
                        "span", "change",
                        "\(wording.name(ofLabel: example.label)) → \(wording.name(ofLabel: example.outcome))"),
                ])
        }
        return [
            .tag(
                "h3", nil,
                [
                    .text(wording.name(entry.part, width: 60) + " "),
                    .tag("span", "small muted", remark.joined(separator: "; ")),
                ]), .tag("ul", "rows", rows),
        ]
    }

    /// What hidden common causes alone join.
    var confounded: HTMLNode {
        var nodes: [HTMLNode] = [
            .tag("h2", nil, "Confounded only"), .tag("p", nil, wording.confoundedLead),
        ]
        guard let section = report.confounded, !section.parts.isEmpty else {
            return .tag("section", nil, nodes)
        }
        var table = ReportTable([
            (wording.part, "as rows spell it"), ("adjacent in", "rows where an edge joins it, in some head"),
            ("only <-> in", "rows where every such edge is a hidden common cause"),
            ("share, and expected", "share of those rows; the line is where it was expected"),
            ("q", "share of false findings at which it is one"),
            ("explains in", "rows where it belongs to a smallest explanation"),
            ("by heads", "head: rows with <-> alone of rows where it is adjacent"),
        ])
        for entry in section.parts {
            let heads = entry.heads.map { "\($0.head.shortName): \($0.confounded)/\($0.adjacent)" }
            table.add(
                isFinding: entry.qValue <= section.level,
                [
                    .name(wording.name(entry.part, width: 60)), .count(entry.adjacent),
                    .count(entry.confounded),
                    .rate(entry.share, expected: entry.expectedShare),
                    .figure(ReportWording.significance(entry.qValue), entry.qValue), .count(entry.explains),
                    ReportTable.Cell(
                        className: "text small", value: Double(entry.heads.count),
                        content: [.text(heads.joined(separator: ", "))]),
                ])
        }
        nodes.append(table.node)
        return .tag("section", nil, nodes)
    }

    /// What explains together.
    var pairs: HTMLNode {
        var nodes: [HTMLNode] = [.tag("h2", nil, "Frequent pairs"), .tag("p", nil, wording.pairsLead)]
        guard !report.pairs.pairs.isEmpty else { return .tag("section", nil, nodes) }
        var table = ReportTable([
            (wording.part, "the first by name"), ("with", "the other"),
            ("rows", "rows where one smallest explanation holds both"),
            ("expected", "rows, were they independent"), ("lift", "rows by expected rows"),
            ("q", "share of false findings at which it is one"),
        ])
        for pair in report.pairs.pairs {
            table.add(
                isFinding: pair.isFinding,
                [
                    .name(wording.name(pair.first, width: 60)),
                    ReportTable.Cell(
                        className: "name", content: [.text(wording.name(pair.second, width: 60))]),
                    .count(pair.rows), .figure(NumberWording.score(pair.expectedRows), pair.expectedRows),
                    .figure(ReportWording.times(pair.lift), pair.lift),
                    .figure(ReportWording.significance(pair.qValue), pair.qValue),
                ])
        }
        nodes.append(table.node)
        return .tag("section", nil, nodes)
    }

    /// Where two models part.
    func comparison(_ section: DatasetReport.Comparison) -> HTMLNode {
        var nodes: [HTMLNode] = [
            .tag("h2", nil, "Against \(section.file.visibleLabel)"),
            .tag("p", "muted", ReportWording.source(section.source)),
            .tag("p", nil, wording.comparisonLead(section)), .tag("p", nil, wording.overlapLead(section)),
        ]
        if let missing = wording.missingLead(section) { nodes.append(.tag("p", "alarm", missing)) }
        if !section.differing.isEmpty {
            var table = ReportTable([
                ("row", "where it stands in the data set"), ("begins", "the beginning of the row"),
                ("first", "what the first model says"), ("second", "what the second model says"),
            ])
            for row in section.differing {
                let gold = row.gold.map { " (truly \($0.visibleLabel.elided(toWidth: 24)))" } ?? ""
                table.add(
                    isFinding: false,
                    [
                        ReportTable.Cell(
                            className: "name", value: Double(row.index),
                            content: [.text(ReportWording.place(index: row.index, line: row.line))]),
                        .text(row.beginning + gold), .text(wording.sentence(row.first)),
                        .text(wording.sentence(row.second)),
                    ])
            }
            nodes += [.tag("h3", nil, "Rows with different \(wording.label)s"), table.node]
        }
        guard section.tested > 0 else { return .tag("section", nil, nodes) }
        var table = ReportTable([
            (wording.part, "as rows spell it"), ("rows", "rows that hold it"),
            ("both", "rows where it explains for both models"),
            ("only first", "rows where it explains for the first model alone"),
            ("only second", "rows where it explains for the second model alone"),
            ("q", "share of false findings at which it is one"),
        ])
        for entry in section.parts {
            table.add(
                isFinding: entry.isFinding,
                [
                    .name(wording.name(entry.part, width: 60)), .count(entry.rows), .count(entry.both),
                    .count(entry.onlyFirst), .count(entry.onlySecond),
                    .figure(ReportWording.significance(entry.qValue), entry.qValue),
                ])
        }
        nodes += [
            .tag("h3", nil, "For one model and not for the other"),
            .tag("p", nil, wording.comparedLead(section)), table.node,
        ]
        return .tag("section", nil, nodes)
    }
}

extension HeadLabel {
    /// `3`, `pooled`.
    fileprivate var shortName: String {
        switch self {
        case .head(let number): "\(number)"
        case .pooled: "pooled"
        }
    }
}
