internal import WhenceExplanation

extension DatasetReport {
    /// The report as one page of HTML that loads nothing from elsewhere, for light and dark screens.
    ///
    /// Tables can be sorted by a short inline script, and are read as well without it. What users wrote is escaped.
    /// - Returns: the document, with a line break at its end.
    public func html() -> String { ReportPage(report: self).document }
}

/// The page, section by section.
struct ReportPage {
    let report: DatasetReport
    let wording: ReportWording

    init(report: DatasetReport) {
        self.report = report
        wording = ReportWording(report: report)
    }

    var document: String {
        var output = "<!DOCTYPE html>"
        let title = "What explains \(report.file)"
        let head = HTMLElement(
            "head", [],
            [
                .element(HTMLElement("meta", [("charset", "utf-8")])),
                .element(
                    HTMLElement(
                        "meta", [("http-equiv", "Content-Security-Policy"), ("content", Self.policy)])),
                .element(
                    HTMLElement(
                        "meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])),
                .tag("title", nil, title), .tag("style", nil, [.verbatim(Self.styleSheet)]),
            ])
        let body = HTMLElement(
            "body", [],
            [
                header, .tag("main", nil, sections),
                .tag("footer", nil, "Written by whence report, as whence.report/1."),
                .tag("script", nil, [.verbatim(Self.script)]),
            ])
        HTMLElement("html", [("lang", "en")], [.element(head), .element(body)]).write(into: &output)
        return output + "\n"
    }

    private var header: HTMLNode {
        .tag(
            "header", nil,
            [
                .tag("h1", nil, "What explains \(report.file.visibleLabel)"),
                .tag("p", "muted", ReportWording.source(report.source)), cards,
            ])
    }

    private var cards: HTMLNode {
        let overview = report.overview
        var cards = [("rows", NumberWording.count(overview.rows), wording.errors ?? "none failed")]
        if let gold = overview.gold, let correct = gold.correct {
            cards.append(
                (
                    "predicted right", ReportWording.rate(Double(correct) / Double(max(1, gold.rows))),
                    "by the field \(gold.field.quoted())"
                ))
        }
        cards.append(
            (
                "changed", ReportWording.rate(overview.flippedShare),
                overview.cutShort > 0
                    ? "\(NumberWording.count(overview.cutShort, "search", plural: "searches")) cut short by a budget"
                    : "by leaving \(wording.parts) out"
            ))
        cards.append(
            ("median set", overview.medianSize.map { "\($0)" } ?? "–", "\(wording.parts), where it changed"))
        cards.append(
            (
                "shortcuts",
                report.shortcuts.fit == nil ? "–" : NumberWording.count(report.shortcuts.findings),
                "of \(NumberWording.count(report.shortcuts.tested, wording.part, plural: wording.parts)) tested"
            ))
        if let comparison = report.comparison {
            cards.append(
                ("same \(wording.label)", ReportWording.rate(comparison.sameShare), "as the other model"))
        }
        return .tag(
            "dl", "cards",
            cards.map { name, figure, remark in
                .tag(
                    "div", "card",
                    [
                        .tag("dt", nil, name),
                        .tag("dd", nil, [.text(figure), .tag("span", "small muted", remark)]),
                    ])
            })
    }

    private var sections: [HTMLNode] {
        [distributions, shortcuts, confounded, pairs] + (report.comparison.map { [comparison($0)] } ?? [])
    }

    /// Labels and sizes of explanations as bars.
    private var distributions: HTMLNode {
        let overview = report.overview
        var labels = overview.labels.prefix(10).map {
            (wording.name(ofLabel: $0.label.name, width: 36), $0.rows)
        }
        let rest = overview.rows - labels.reduce(0) { $0 + $1.1 }
        if rest > 0 { labels.append(("others", rest)) }
        let sizes = overview.sizes.enumerated().filter { $0.element > 0 }.map { position, count in
            (position == 0 ? "1 alone" : "\(position + 1) together", count)
        }
        let unchanged = overview.rows - overview.flipped
        return .tag(
            "section", nil,
            [
                .tag(
                    "div", "columns",
                    [
                        .tag(
                            "div", nil,
                            [
                                .tag(
                                    "h2", nil,
                                    report.task == .sentiment ? "Predicted labels" : "Recommended items"),
                                bars(labels),
                            ]),
                        .tag(
                            "div", nil,
                            [
                                .tag("h2", nil, "Smallest sets that change the \(wording.outcome)"),
                                bars(sizes + [("none found", unchanged)]),
                            ]),
                    ])
            ])
    }

    private func bars(_ entries: [(String, Int)]) -> HTMLNode {
        let most = max(1, entries.map(\.1).max() ?? 1)
        return .tag(
            "div", "bars",
            entries.flatMap { name, count -> [HTMLNode] in
                let width = "width:\(SVGElement.number(100 * Double(count) / Double(most)))%"
                let share = ReportWording.rate(Double(count) / Double(max(1, report.overview.rows)))
                return [
                    .tag("span", nil, name),
                    .tag("span", nil, [.element(HTMLElement("span", [("class", "bar"), ("style", width)]))]),
                    .tag("span", "small muted", "\(NumberWording.count(count)) (\(share))"),
                ]
            })
    }
}
