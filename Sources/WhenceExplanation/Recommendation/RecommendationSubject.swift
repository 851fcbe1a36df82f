internal import WhenceInference

/// A history as the flow sees it.
struct RecommendationSubject<Outcome: Sendable>: ExplanationSubject {
    let session: RecommendationSession
    /// What another ranking makes of the recommendation; `nil` if the same item is recommended.
    let judge: (ItemRanking) -> Outcome?

    var trace: AttentionTrace { session.trace }
    var layout: NodeLayout { session.layout }
    var maximumSetSize: Int { session.maximumSetSize }
    var tokenCount: Int { session.query.ids.count }

    func replacing(_ set: CandidateSet) -> ModelInput {
        let input = session.recommender.query(session.replacing(set.nodes))
        return ModelInput(ids: input.ids, positions: [input.target])
    }

    func outcome(_ logits: [Float]) -> Outcome? {
        judge(ItemRanking(session.recommender.scores(logits), excluding: session.history))
    }
}
