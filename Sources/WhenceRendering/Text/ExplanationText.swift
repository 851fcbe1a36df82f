internal import WhenceDiscovery
public import WhenceExplanation
internal import WhenceLoader

extension SentimentExplanation {
    /// The explanation for a person at a terminal: the prediction, the sentence, what would change it, what
    /// it comes from, and how sure all that is.
    ///
    /// Edges that several heads share are told once, with their number. Lists longer than the style's limit are cut, and say so.
    /// Everything users wrote is escaped against terminal control sequences.
    public func text(style: TextStyle = .plain) -> String {
        var report = ExplanationText(explanation: self, style: style)
        report.addPrediction()
        report.addSentence()
        report.addExplanations()
        GraphSection(
            self, names: WordNames(labels: graphs.first?.nodes.map(\.label) ?? [], maximumWidth: 24),
            target: report.target, rowLimit: report.rowLimit
        ).add(to: &report.page)
        report.page.addSmallPrint(self)
        return report.page.text
    }
}

/// The parts of the report for a terminal, in the order in which they are read.
struct ExplanationText {
    let explanation: SentimentExplanation
    let style: TextStyle
    let removed: RemovedParts
    var page: TextPage

    /// Most rows of one list.
    var rowLimit: Int { style.rowLimit ?? .max }

    init(explanation: SentimentExplanation, style: TextStyle) {
        self.explanation = explanation
        self.style = style
        removed = RemovedParts(explanation)
        page = TextPage(style: style)
    }

    /// What “it” is in the links. A label such as `[CLS]` needs no quotation marks; any other gets them.
    var target: String {
        guard let graph = explanation.graphs.first else { return "" }
        let label = graph.nodes[graph.target].label
        let isSpecial = label.allSatisfy { $0.isASCII && !$0.isWhitespace } && !label.isEmpty
        let name = isSpecial ? label.visibleLabel.elided(toWidth: 24) : label.quoted(maximumWidth: 24)
        return "the prediction, read at \(name)"
    }

    mutating func addPrediction() {
        let prediction = explanation.prediction
        var runs = [StyledRun(PredictionWording.short(prediction), .heading), StyledRun("  ")]
        if style.width >= 48 { runs += Self.bar(prediction.probability, width: 20) }
        page.addLine(runs)
        if prediction.labels.count > 2 {
            page.addParagraph(
                [StyledRun("then " + PredictionWording.runnersUp(prediction), .small)], indent: 2)
        }
    }

    mutating func addSentence() {
        let spans = explanation.explanations.first.map(removed.spans) ?? []
        page.addBlankLine()
        var sentence = SentenceRuns.runs(
            explanation.input, highlighting: spans, bracketed: !style.colour)
        if explanation.input.unseenFrom != nil { sentence.append(StyledRun(" …", .small)) }
        if explanation.input.unseenUntil != nil { sentence.insert(StyledRun("… ", .small), at: 0) }
        page.addParagraph(sentence, indent: 2)
        if !spans.isEmpty, !style.colour {
            page.addBlankLine()
            page.addParagraph([StyledRun("[[…]] marks what the first change below leaves out.", .small)])
        }
        if let border = SentenceRuns.border(explanation.input) {
            let side = explanation.input.unseenUntil == nil ? "from character" : "before character"
            let end = explanation.input.unseenUntil == nil ? " on" : ""
            page.addBlankLine()
            page.addParagraph([
                StyledRun("Warning:", .warning),
                StyledRun(
                    " the text is too long for the model, which saw nothing \(side) "
                        + "\(NumberWording.count(border.position))\(end): \(border.beginning)"),
            ])
        }
    }

    mutating func addExplanations() {
        page.addHeading("What would change it")
        let found = explanation.explanations
        let rows = found.prefix(rowLimit).map { one in
            [
                StyledRun("without " + removed.names(one), .strong),
                StyledRun("→ " + PredictionWording.short(one.outcome)),
                StyledRun(HeadWording.origin(one.heads, of: explanation.graphs.count), .small),
            ]
        }
        page.addTable(rows, flexible: 0)
        page.addOverflow(found.count - rows.count)
        page.addParagraph([StyledRun(SearchWording.sentence(explanation), .small)], indent: 2)
    }

    /// A thin bar, filled to half a column.
    private static func bar(_ share: Double, width: Int) -> [StyledRun] {
        let halves = share.isFinite ? Int((min(max(share, 0), 1) * Double(2 * width)).rounded()) : 0
        let filled = String(repeating: "━", count: halves / 2) + (halves.isMultiple(of: 2) ? "" : "╸")
        return [
            StyledRun(filled, .mark),
            StyledRun(String(repeating: "┄", count: width - (halves + 1) / 2), .small),
        ]
    }
}
