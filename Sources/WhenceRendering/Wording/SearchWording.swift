internal import WhenceExplanation

/// What the search for explanations can claim, in one honest sentence.
enum SearchWording {
    static func sentence(_ explanation: SentimentExplanation) -> String {
        let status = explanation.status
        let unit = explanation.settings.nodes == .words ? "word" : "token"
        // The first forward pass is that of the text as it is.
        let tried = NumberWording.count(max(0, status.forwardPasses - 1), "set") + " tried"
        let upTo = NumberWording.count(status.testedSizes, unit)
        switch (status.search, explanation.explanations.first?.size) {
        case (.minimal, let size?):
            return minimal(size: size, certified: status.certifiedSizes, unit: unit) + " (\(tried))."
        case (.budget, let size):
            let reason = status.budget.map { " (\($0.escapedForDisplay))" } ?? ""
            var sentence = "The search ended early, at its budget\(reason), among sets of "
            sentence += NumberWording.count(status.testedSizes + 1, unit)
            if let size, size > status.testedSizes {
                sentence += "; there may be other explanations of this size"
            } else if size != nil {
                sentence += "; up to \(upTo) the list is complete for the graphs"
            } else if status.testedSizes > 0 {
                sentence += "; no set of up to \(upTo) that the graphs allow changes the prediction"
            }
            return sentence + " (\(tried))."
        case (.none, _), (.minimal, nil):
            guard status.forwardPasses > 1 else {
                return "Nothing to try: no \(unit) is linked to the prediction."
            }
            var sentence = "No set of up to \(upTo) that the graphs allow changes the prediction"
            if status.certifiedSizes > 0 {
                sentence += ", nor does any other set of up to "
                sentence += NumberWording.count(status.certifiedSizes, unit)
            }
            return sentence + " (\(tried))."
        }
    }

    private static func minimal(size: Int, certified: Int, unit: String) -> String {
        if size <= 1 { return "Minimal: a single \(unit) is enough" }
        if certified >= size - 1 {
            return "Minimal, certified: no smaller set of \(unit)s changes the prediction, "
                + "whatever the graphs say"
        }
        return "Minimal on the graphs: no smaller set that they allow changes the prediction"
    }
}
