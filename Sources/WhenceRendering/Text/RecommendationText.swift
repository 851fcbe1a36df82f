public import WhenceExplanation

extension RecommendationExplanation {
    /// The explanation for a person at a terminal: what is recommended, because of what and what else would be, the
    /// history, the links, and how sure all that is.
    ///
    /// Long histories are shown around what the first explanation leaves out, and at their end. Everything that the
    /// catalogue says is escaped against terminal control sequences.
    public func text(style: TextStyle = .plain) -> String {
        var report = RecommendationText(self, style: style)
        report.addRecommendation()
        report.addHistory()
        report.addExplanations()
        GraphSection(
            self,
            names: WordNames(
                labels: graphs.first?.nodes.map(\.label) ?? [], maximumWidth: 36, areTitles: true),
            target:
                "\(RecommendationWording.title(prediction.best.title)), read in its place behind the history",
            rowLimit: report.rowLimit
        ).add(to: &report.page)
        report.page.addSmallPrint(self)
        return report.page.text
    }
}

/// The parts of a recommendation's report for a terminal, in the order in which they are read.
struct RecommendationText {
    private let explanation: RecommendationExplanation
    private let style: TextStyle
    private let wording: RecommendationWording
    var page: TextPage

    /// Most rows of one list.
    var rowLimit: Int { style.rowLimit ?? .max }

    init(_ explanation: RecommendationExplanation, style: TextStyle) {
        self.explanation = explanation
        self.style = style
        wording = RecommendationWording(explanation)
        page = TextPage(style: style)
    }

    mutating func addRecommendation() {
        let recommendation = explanation.prediction
        page.addParagraph([
            StyledRun("Recommended: "),
            StyledRun(RecommendationWording.title(recommendation.best.title), .heading),
        ])
        if let best = explanation.explanations.first {
            page.addParagraph(wording.because(best))
        }
        let others = recommendation.top.dropFirst().prefix(3).map { RecommendationWording.title($0.title) }
        if !others.isEmpty {
            let all = "of \(NumberWording.count(recommendation.candidateCount, "item"))"
            page.addParagraph(
                [StyledRun("Next best: \(others.joined(separator: ", ")) (\(all)).", .small)])
        }
    }

    mutating func addHistory() {
        let input = explanation.input
        let removed = explanation.explanations.first?.items ?? []
        let owner = input.user.map { " of user \($0.visibleLabel.elided(toWidth: 24))" } ?? ""
        page.addHeading("History\(owner), \(NumberWording.count(input.history.count, "item"))")
        page.addParagraph(
            HistoryRuns.runs(
                input, highlighting: Set(removed), bracketed: !style.colour, isWhole: style.rowLimit == nil),
            indent: 2)
        if !removed.isEmpty, !style.colour {
            page.addBlankLine()
            page.addParagraph([StyledRun("[[…]] marks what the first change below leaves out.", .small)])
        }
        for note in wording.notes {
            page.addBlankLine()
            page.addParagraph([StyledRun("Note:", .warning), StyledRun(" " + note)])
        }
    }

    mutating func addExplanations() {
        page.addHeading("What would change it")
        let found = explanation.explanations
        let rows = found.prefix(rowLimit).map { one in
            [
                StyledRun("without " + wording.names(one), .strong),
                StyledRun("→ " + RecommendationWording.replacement(one)),
                StyledRun(HeadWording.origin(one.heads, of: explanation.graphs.count), .small),
            ]
        }
        page.addTable(rows, flexible: 0)
        page.addOverflow(found.count - rows.count)
        if let best = found.first {
            page.addParagraph(
                [StyledRun("With the first, \(RecommendationWording.scores(best)).", .small)], indent: 2)
        }
        page.addParagraph([StyledRun(SearchWording.sentence(explanation), .small)], indent: 2)
    }
}
