internal import WhenceExplanation

/// One explanation.
struct FoundDocument: Codable {
    var nodes: [Int]
    var tokens: [Int]
    var words: [Int]
    var size: Int
    @ExplicitNull var distance: Int?
    var heads: [HeadLabel]
    var outcome: PredictionDocument

    init(_ found: CounterfactualExplanation) {
        (nodes, tokens, words) = (found.nodes, found.tokens, found.words)
        size = found.size
        distance = found.distance
        heads = found.heads
        outcome = PredictionDocument(found.outcome)
    }

    func value() -> CounterfactualExplanation {
        CounterfactualExplanation(
            nodes: nodes, tokens: tokens, words: words, size: size, distance: distance, heads: heads,
            outcome: outcome.value())
    }
}

/// How far the search got.
struct SearchDocument: Codable {
    var search: SearchStatus.Outcome
    var testedSizes: Int
    var certifiedSizes: Int
    @ExplicitNull var budget: String?
    var forwardPasses: Int
    /// Left out in the records of a data set.
    var elapsedMilliseconds: Double?

    init(_ status: SearchStatus) {
        search = status.search
        testedSizes = status.testedSizes
        certifiedSizes = status.certifiedSizes
        budget = status.budget
        forwardPasses = status.forwardPasses
        elapsedMilliseconds = status.elapsedMilliseconds
    }

    func value() throws -> SearchStatus {
        SearchStatus(
            search: search, testedSizes: testedSizes, certifiedSizes: certifiedSizes, budget: budget,
            forwardPasses: forwardPasses, elapsedMilliseconds: elapsedMilliseconds)
    }
}
