internal import WhenceDiscovery
internal import WhenceExplanation

extension ExplanationText {
    /// The edges around the prediction, those between words of the best explanation, and every hidden common
    /// cause; then how many edges are left, and what discovery could not do.
    mutating func addGraph() {
        guard let first = explanation.graphs.first else { return }
        let tally = EdgeTally(explanation.graphs)
        let names = WordNames(labels: first.nodes.map(\.label), maximumWidth: 24)
        let target = first.target
        let best = Set(explanation.explanations.first?.nodes ?? [])

        page.addHeading("Whence it comes")
        page.addParagraph([StyledRun(introduction(target: first.nodes[target].label), .small)], indent: 2)
        let around = tally.around(target)
        let nearRows = around.flatMap { neighbour, entries in
            entries.map { row(names[neighbour], $0, seenFrom: neighbour, other: "it", of: tally) }
        }
        let inner = tally.entries.filter { entry in
            let (source, end) = (entry.edge.source, entry.edge.target)
            return source != target && end != target && best.contains(source) && best.contains(end)
                && entry.edge.meaning != .hiddenCommonCause
        }
        let innerRows = inner.map { entry in
            let (source, end) = (entry.edge.source, entry.edge.target)
            return row(names[source], entry, seenFrom: source, other: names[end], of: tally)
        }
        if nearRows.isEmpty {
            page.addParagraph([StyledRun("No link to the prediction was found.")], indent: 2)
        }
        addRows(nearRows, flexible: 2)
        addRows(innerRows, flexible: 2)

        let hidden = tally.entries.filter { entry in
            entry.edge.meaning == .hiddenCommonCause && entry.edge.source != target
                && entry.edge.target != target
        }
        addHiddenCauses(hidden, names: names, of: tally)

        let rest = tally.entries.count - nearRows.count - innerRows.count - hidden.count
        if rest > 0 {
            page.addBlankLine()
            let links = NumberWording.count(rest, "more link")
            let parts = explanation.settings.nodes.rawValue
            page.addParagraph(
                [StyledRun("\(links) between \(parts): --format svg draws, json lists them.", .small)],
                indent: 2)
        }
        for note in DiscoveryWording.notes(explanation.graphs) {
            page.addParagraph([StyledRun(note, .small)], indent: 2, hanging: 4)
        }
    }

    private mutating func addHiddenCauses(_ hidden: [EdgeTally.Entry], names: WordNames, of tally: EdgeTally)
    {
        guard !hidden.isEmpty else { return }
        page.addHeading("Hidden common causes")
        page.addParagraph(
            [
                StyledRun(
                    "Something outside the graph drives both; neither causes the other.", .small)
            ],
            indent: 2)
        let sorted = hidden.sorted { first, second in
            (second.count, first.edge.source, first.edge.target)
                < (first.count, second.edge.source, second.edge.target)
        }
        addRows(
            sorted.map { entry in
                [
                    StyledRun(names.list([entry.edge.source, entry.edge.target])),
                    StyledRun(entry.edge.marks, .hiddenCause),
                    StyledRun(HeadWording.share(entry.count, of: tally.graphCount) ?? "", .small),
                ]
            }, flexible: 0)
    }

    private mutating func addRows(_ rows: [[StyledRun]], flexible: Int) {
        page.addTable(Array(rows.prefix(rowLimit)), flexible: flexible)
        addOverflow(rows.count - rowLimit)
    }

    /// `“charming”  o->  causes it, or shares a hidden cause with it  3 of 4 heads`.
    private func row(
        _ name: String, _ entry: EdgeTally.Entry, seenFrom node: Int, other: String, of tally: EdgeTally
    ) -> [StyledRun] {
        let edge = entry.edge
        let isSource = edge.source == node
        let marks =
            isSource
            ? edge.marks : Edge(0, edge.markAtTarget, edge.markAtSource, 1).marks
        let predicate = edge.meaning.predicate(of: isSource ? .source : .target, other: other)
        return [
            StyledRun(name, .strong),
            StyledRun(marks, edge.meaning == .hiddenCommonCause ? .hiddenCause : .mark),
            StyledRun(predicate),
            StyledRun(HeadWording.share(entry.count, of: tally.graphCount) ?? "", .small),
        ]
    }

    /// What the rows speak about. A label such as `[CLS]` needs no quotation marks; any other gets them.
    private func introduction(target: String) -> String {
        let isSpecial = target.allSatisfy { $0.isASCII && !$0.isWhitespace } && !target.isEmpty
        let name = isSpecial ? target.visibleLabel.elided(toWidth: 24) : target.quoted(maximumWidth: 24)
        let heads = explanation.graphs.map(\.head)
        let source: String =
            switch (heads.count, heads[0]) {
            case (1, .pooled): "all heads, pooled,"
            case (1, _): "\(HeadWording.name(heads[0])) alone"
            default: "\(heads.count) heads"
            }
        return "“It” is the prediction, read at \(name); links are what the attention of \(source) implies."
    }
}
