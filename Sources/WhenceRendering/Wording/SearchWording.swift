internal import WhenceExplanation

/// What the search for explanations can claim, in one honest sentence.
enum SearchWording {
    static func sentence<Explanation: ExplainedByGraphs>(_ explanation: Explanation) -> String {
        let status = explanation.status
        let unit = explanation.settings.nodes.unit
        let change = "changes the \(explanation.predicted)"
        // The first forward passes are those of the input as it is.
        let triedCount = max(0, status.forwardPasses - Explanation.passesBeforeSearch)
        let tried = NumberWording.count(triedCount, "set") + " tried"
        let upTo = NumberWording.count(status.testedSizes, unit)
        switch (status.search, explanation.smallestSize) {
        case (.minimal, let size?):
            return minimal(size: size, certified: status.certifiedSizes, unit: unit, change: change)
                + " (\(tried))."
        case (.budget, let size):
            let reason = status.budget.map { " (\($0.escapedForDisplay))" } ?? ""
            var sentence = "The search ended early, at its budget\(reason), among sets of "
            sentence += NumberWording.count(status.testedSizes + 1, unit)
            if let size, size > status.testedSizes {
                sentence += "; there may be other explanations of this size"
            } else if size != nil {
                sentence += "; up to \(upTo) the list is complete for the graphs"
            } else if status.testedSizes > 0 {
                sentence += "; no set of up to \(upTo) that the graphs allow \(change)"
            }
            return sentence + " (\(tried))."
        case (.none, _), (.minimal, nil):
            guard triedCount > 0 else {
                let isLinked = explanation.graphs.contains { graph in
                    graph.edges.contains { $0.a == graph.target || $0.b == graph.target }
                }
                // Deleting all that a causal model reads would leave it nothing.
                if isLinked { return "Nothing to try: no \(unit) can be left out of this input." }
                return "Nothing to try: no \(unit) is linked to the \(explanation.predicted)."
            }
            var sentence = "No set of up to \(upTo) that the graphs allow \(change)"
            if status.certifiedSizes > 0 {
                sentence += ", nor does any other set of up to "
                sentence += NumberWording.count(status.certifiedSizes, unit)
            }
            return sentence + " (\(tried))."
        }
    }

    private static func minimal(size: Int, certified: Int, unit: String, change: String) -> String {
        if size <= 1 { return "Minimal: a single \(unit) is enough" }
        if certified >= size - 1 {
            return "Minimal, certified: no smaller set of \(unit)s \(change), "
                + "whatever the graphs say"
        }
        return "Minimal on the graphs: no smaller set that they allow \(change)"
    }
}

extension NodeKind {
    /// One node, as a noun.
    var unit: String {
        switch self {
        case .words: "word"
        case .tokens: "token"
        case .items: "item"
        }
    }
}
