internal import WhenceExplanation
internal import WhenceLoader

extension AnnotatedRow {
    /// The row as it can be written: what holds an infinity, NaN or an index that points at nothing becomes a
    /// failure of the model's, so that one row never ends a run.
    func sound() -> AnnotatedRow {
        let fault: String? =
            switch outcome {
            case .failure: nil
            case .sentiment(let explanation): explanation.fault
            case .recommendation(let explanation): explanation.fault
            }
        guard let fault else { return self }
        var row = self
        row.outcome = .failure(
            RowProblem(.model, "The model's answer cannot be written: \(fault)."))
        return row
    }
}

extension SentimentExplanation {
    fileprivate var fault: String? {
        let predictions = [prediction] + explanations.map(\.outcome)
        if predictions.contains(where: { !$0.isFinite }) { return "a probability or logit is no number" }
        if let fault = graphs.fault { return fault }
        let isKnown = explanations.allSatisfy { found in
            found.words.allSatisfy(input.words.indices.contains)
        }
        return isKnown ? nil : "an explanation names a word that the text does not have"
    }
}

extension RecommendationExplanation {
    fileprivate var fault: String? {
        let predictions = [prediction] + explanations.map(\.outcome)
        let shifts = explanations.flatMap { [$0.replacement, $0.original] }
        guard predictions.allSatisfy(\.isFinite),
            shifts.allSatisfy({ $0.scoreBefore.isFinite && $0.scoreAfter.isFinite })
        else { return "a score is no number" }
        if let fault = graphs.fault { return fault }
        let isKnown = explanations.allSatisfy { found in
            found.items.allSatisfy(input.history.indices.contains)
        }
        return isKnown ? nil : "an explanation names an item that the history does not have"
    }
}

extension SentimentPrediction {
    fileprivate var isFinite: Bool {
        probability.isFinite && probabilities.allSatisfy(\.isFinite) && logits.allSatisfy(\.isFinite)
    }
}

extension Recommendation {
    fileprivate var isFinite: Bool { best.score.isFinite && top.allSatisfy(\.score.isFinite) }
}

extension [CausalGraph] {
    fileprivate var fault: String? {
        for graph in self {
            guard graph.nodes.count == self[0].nodes.count else { return "the heads have different nodes" }
            for edge in graph.edges {
                guard edge.pValue.isFinite else { return "a p-value is no number" }
                guard 0 <= edge.a, edge.a < edge.b, edge.b < graph.nodes.count else {
                    return "an edge joins nodes that do not exist"
                }
            }
        }
        return nil
    }
}
