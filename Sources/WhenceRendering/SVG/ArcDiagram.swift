internal import WhenceDiscovery
public import WhenceExplanation
internal import WhenceLoader

extension SentimentExplanation {
    /// Arc diagrams over the sentence as one self-contained SVG: a panel for each graph that has links.
    ///
    /// Words stand in order of the text, the token that the prediction is read from among them. Arcs carry
    /// the marks of the partial ancestral graph at their ends; hidden common causes are dashed. The words of
    /// the first explanation are highlighted. Colours follow the reader's preference for light or dark.
    /// - Parameter heads: which graphs to draw; `nil` draws all.
    public func svg(heads: [HeadLabel]? = nil) -> String {
        let chosen = graphs.filter { heads?.contains($0.head) ?? true }
        let found = explanations.first
        let removed = RemovedParts(self)
        let subtitle =
            found.map { "without \(removed.names($0)): \(PredictionWording.short($0.outcome))" }
            ?? SearchWording.sentence(self)
        return ArcDiagram(
            title: headline, subtitle: subtitle, graphs: chosen, input: input,
            highlighted: Set(found?.nodes ?? []), subject: .text, alpha: settings.alpha
        ).svg()
    }
}

extension RecommendationExplanation {
    /// Arc diagrams over the history as one self-contained SVG, as for a sentence: items in the order in which they
    /// were seen, the recommended one at the end.
    ///
    /// - Parameter heads: which graphs to draw; `nil` draws all.
    public func svg(heads: [HeadLabel]? = nil) -> String {
        ArcDiagram(
            title: headline, subtitle: RecommendationWording(self).summary,
            graphs: graphs.filter { heads?.contains($0.head) ?? true }, input: nil,
            highlighted: Set(explanations.first?.nodes ?? []), subject: .history, alpha: settings.alpha
        ).svg()
    }
}

extension CausalGraph {
    /// An arc diagram of the graph alone.
    ///
    /// - Parameters:
    ///   - title: one line above the diagram.
    ///   - highlighted: nodes to point out.
    ///   - alpha: significance level of the tests. With it, arcs are the wider the further an edge's p-value is
    ///     from it.
    public func svg(
        title: String, highlighting highlighted: Set<Int> = [], alpha: Double? = nil
    ) -> String {
        ArcDiagram(
            title: title, subtitle: nil, graphs: [self], input: nil, highlighted: highlighted, subject: .text,
            alpha: alpha
        ).svg()
    }
}

/// Arc diagrams of graphs over the same nodes, below one another.
struct ArcDiagram {
    /// What the graphs are about.
    enum Subject {
        /// The words of a text; each edge is trusted by its p-value.
        case text
        /// The items of a history; each edge is trusted by its p-value.
        case history
        /// Variables from elsewhere, and how far each edge of the one graph is trusted.
        case variables([EdgeTrust])
    }

    private static let margin = 28.0
    private static let minimumWidth = 660.0

    let title: String
    let subtitle: String?
    let graphs: [CausalGraph]
    let input: TokenizedText?
    let highlighted: Set<Int>
    let subject: Subject
    /// Significance level of the tests; without it all arcs are equally wide.
    let alpha: Double?

    func svg() -> String {
        let linked = graphs.filter { !$0.edges.isEmpty }
        var columns = ArcColumns(
            graphs: graphs, input: input, minimumWidth: Self.minimumWidth, areTitles: subject.areTitles)
        let inner = max(columns.width, Self.minimumWidth)
        columns.shift(by: Self.margin + (inner - columns.width) / 2)

        var body: [SVGElement] = []
        var y = Self.margin + 22
        body.append(.label(elided(title, inner, 22), x: Self.margin, y: y, classes: "title"))
        if let subtitle {
            for line in TextExtent.lines(subtitle.escapedForDisplay, width: inner, size: 14) {
                y += 22
                body.append(.label(line, x: Self.margin, y: y, classes: "subtitle muted"))
            }
        }
        y += 18
        for graph in linked.isEmpty ? Array(graphs.prefix(1)) : linked {
            let panel = ArcPanel(graph, columns: columns, widths: widths(of: graph))
            body.append(rule(y: y, width: inner))
            if subject.hasHeads {
                y += 24
                body += heading(of: graph, y: y)
            }
            y += panel.height + 10
            body += arcs(of: panel, line: y)
            body += ArcLabels(columns: columns, target: graph.target, highlighted: highlighted).elements(
                line: y)
            y += columns.labelHeight + 20
        }
        if graphs.isEmpty {
            y += 10
            body += ArcLabels(columns: columns, target: nil, highlighted: []).elements(line: y)
            y += columns.labelHeight + 20
        }
        body.append(rule(y: y, width: inner))
        y += 14
        let silent = graphs.filter(\.edges.isEmpty)
        if !silent.isEmpty, !linked.isEmpty {
            let text = "No links in \(HeadWording.list(silent.map(\.head)))."
            for line in TextExtent.lines(text, width: inner, size: 12.5) {
                y += 18
                body.append(.label(line, x: Self.margin, y: y, classes: "small muted"))
            }
            y += 6
        }
        let legend = ArcLegend(
            graphs: graphs, target: subject.target, hasHighlight: !highlighted.isEmpty, widths: widthLegend)
        body += legend.elements(x: Self.margin, y: &y, width: inner)
        return document(body, width: inner + 2 * Self.margin, height: y + Self.margin)
    }

    private func document(_ body: [SVGElement], width: Double, height: Double) -> String {
        let size = (SVGElement.number(width.rounded(.up)), SVGElement.number(height.rounded(.up)))
        let edgeCount = graphs.reduce(0) { $0 + $1.edges.count }
        let about =
            "Causal graph over \(subject.things): \(NumberWording.count(edgeCount, "link")) in "
            + NumberWording.count(graphs.count, "graph") + (subtitle.map { "; \($0)" } ?? "")
        let root = SVGElement(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", size.0), ("height", size.1),
                ("viewBox", "0 0 \(size.0) \(size.1)"), ("role", "img"),
            ],
            children: [
                SVGElement("title", text: title.escapedForDisplay),
                SVGElement("desc", text: about.escapedForDisplay),
                SVGElement("style", text: ArcPalette.styleSheet),
                SVGElement(
                    "rect", [("class", "background"), ("width", "100%"), ("height", "100%")]),
            ] + body)
        var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        root.write(into: &output)
        return output
    }

    private func widths(of graph: CausalGraph) -> [Double?] {
        switch subject {
        case .text, .history: graph.edges.map { EdgeTrust(pValue: $0.pValue).width(alpha: alpha) }
        case .variables(let trust): trust.map { $0.width(alpha: alpha) }
        }
    }

    private var widthLegend: String? {
        guard graphs.contains(where: { widths(of: $0).contains { $0 != nil } }) else { return nil }
        guard case .variables(let trust) = subject else { return EdgeTrust.legend(hasStability: false) }
        return EdgeTrust.legend(hasStability: trust.contains { $0.stability != nil })
    }

    private func heading(of graph: CausalGraph, y: Double) -> [SVGElement] {
        let name = HeadWording.name(graph.head)
        let shown = name.prefix(1).uppercased() + name.dropFirst()
        var note = NumberWording.count(graph.edges.count, "link")
        if graph.status != .complete { note += ", discovery cut short" }
        let x = Self.margin + TextExtent.width(shown, size: 13, bold: true) + 10
        return [
            .label(shown, x: Self.margin, y: y, classes: "head"),
            .label(note, x: x, y: y, classes: "small muted"),
        ]
    }

    /// Links of the target are drawn last, over the others.
    private func arcs(of panel: ArcPanel, line y: Double) -> [SVGElement] {
        let names = WordNames(
            labels: panel.graph.nodes.map(\.label), maximumWidth: subject.areTitles ? 60 : 32,
            areTitles: subject.areTitles)
        let ordered = panel.arcs.filter { !$0.isNear } + panel.arcs.filter(\.isNear)
        return ordered.map { arc in
            let edge = OrientedEdge(arc.edge)
            let predicate = edge.meaning.predicate(of: .source, other: names[edge.target])
            return ArcShapes.arc(arc, line: y, note: "\(names[edge.source]) \(edge.marks) \(predicate)")
        }
    }

    private func rule(y: Double, width: Double) -> SVGElement {
        SVGElement(
            "line",
            [
                ("class", "rule"), ("x1", SVGElement.number(Self.margin)),
                ("x2", SVGElement.number(Self.margin + width)), ("y1", SVGElement.number(y)),
                ("y2", SVGElement.number(y)),
            ])
    }

    private func elided(_ text: String, _ width: Double, _ size: Double) -> String {
        TextExtent.elided(text, toWidth: width, size: size, bold: true)
    }
}

extension ArcDiagram.Subject {
    /// What the nodes are.
    fileprivate var things: String {
        switch self {
        case .text: "the words of a text"
        case .history: "the items of a history"
        case .variables: "variables"
        }
    }

    /// What the target is, for the legend.
    fileprivate var target: String {
        switch self {
        case .text, .variables: "where the prediction is read"
        case .history: "the recommended item"
        }
    }

    fileprivate var areTitles: Bool {
        if case .history = self { true } else { false }
    }

    /// Whether graphs are those of attention heads.
    fileprivate var hasHeads: Bool {
        if case .variables = self { false } else { true }
    }
}
