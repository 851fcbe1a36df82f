internal import WhenceDiscovery
internal import WhenceExplanation

/// The graphs in a report for a terminal: the edges around the prediction, those between nodes of the best
/// explanation, and every hidden common cause; then how many edges are left, and what discovery could not do.
struct GraphSection {
    private let graphs: [CausalGraph]
    private let best: Set<Int>
    private let kind: NodeKind
    private let predicted: String
    private let names: WordNames
    private let introduction: String
    private let rowLimit: Int
    private let tally: EdgeTally

    /// - Parameters:
    ///   - names: of the graphs' nodes.
    ///   - target: what “it” is in the links.
    ///   - rowLimit: most rows of one list.
    init(_ explanation: some ExplainedByGraphs, names: WordNames, target: String, rowLimit: Int) {
        graphs = explanation.graphs
        best = Set(explanation.foundNodes.first ?? [])
        kind = explanation.settings.nodes
        predicted = explanation.predicted
        self.names = names
        introduction =
            "“It” is \(target); links are what the attention of \(HeadWording.source(graphs.map(\.head))) implies."
        self.rowLimit = rowLimit
        tally = EdgeTally(graphs)
    }

    func add(to page: inout TextPage) {
        guard let target = graphs.first?.target else { return }
        page.addHeading("Whence it comes")
        page.addParagraph([StyledRun(introduction, .small)], indent: 2)
        let nearRows = tally.around(target).flatMap { neighbour, entries in
            entries.map { row(names[neighbour], $0, seenFrom: neighbour, other: "it") }
        }
        let inner = tally.entries.filter { entry in
            let (source, end) = (entry.edge.source, entry.edge.target)
            return source != target && end != target && best.contains(source) && best.contains(end)
                && entry.edge.meaning != .hiddenCommonCause
        }
        let innerRows = inner.map { entry in
            let (source, end) = (entry.edge.source, entry.edge.target)
            return row(names[source], entry, seenFrom: source, other: names[end])
        }
        if nearRows.isEmpty {
            page.addParagraph([StyledRun("No link to the \(predicted) was found.")], indent: 2)
        }
        addRows(nearRows, flexible: 2, to: &page)
        addRows(innerRows, flexible: 2, to: &page)

        let hidden = tally.entries.filter { entry in
            entry.edge.meaning == .hiddenCommonCause && entry.edge.source != target
                && entry.edge.target != target
        }
        addHiddenCauses(hidden, to: &page)

        let rest = tally.entries.count - nearRows.count - innerRows.count - hidden.count
        if rest > 0 {
            page.addBlankLine()
            let links = NumberWording.count(rest, "more link")
            page.addParagraph(
                [
                    StyledRun(
                        "\(links) between \(kind.rawValue): --format svg draws, json lists them.", .small)
                ],
                indent: 2)
        }
        for note in DiscoveryWording.notes(graphs) {
            page.addParagraph([StyledRun(note, .small)], indent: 2, hanging: 4)
        }
    }

    private func addHiddenCauses(_ hidden: [EdgeTally.Entry], to page: inout TextPage) {
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
            }, flexible: 0, to: &page)
    }

    private func addRows(_ rows: [[StyledRun]], flexible: Int, to page: inout TextPage) {
        page.addTable(Array(rows.prefix(rowLimit)), flexible: flexible)
        page.addOverflow(rows.count - rowLimit)
    }

    /// `“charming”  o->  causes it, or shares a hidden cause with it  3 of 4 heads`.
    private func row(
        _ name: String, _ entry: EdgeTally.Entry, seenFrom node: Int, other: String
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
}
