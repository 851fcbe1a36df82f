internal import WhenceDiscovery
internal import WhenceInference
internal import WhenceLoader

/// The part of an explanation that does not depend on what the model predicts, for one input or several together.
///
/// What the deepest attention layer saw becomes correlations of the nodes, those become graphs, and on the graphs
/// sets of nodes are searched whose replacement changes the prediction. Sets of several inputs are verified together;
/// what is found of each is the same as if it were alone.
struct ExplanationRun {
    /// With samples and replacement resolved.
    let settings: ExplanationSettings
    /// The model that is explained.
    let model: Transformer
    /// Cores to use for graphs; `nil` for all.
    let threads: Int?
    /// Forward passes of an input itself; they count against its budget.
    let passesBefore: Int

    /// Learns the graphs of several inputs, and searches their explanations together.
    ///
    /// - Parameters:
    ///   - subjects: the inputs; those that failed already are passed on.
    ///   - clock: counts one input for each of them.
    ///   - progress: told of each input's own steps.
    /// - Returns: one finding an input, or the error that is about it.
    func explain<Subject: ExplanationSubject>(
        _ subjects: [Result<Subject, any Error>], clock: inout SharedClock, in workspace: Workspace,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [Result<Finding<Subject.Outcome>, any Error>] {
        var findings: [Int: Result<Finding<Subject.Outcome>, any Error>] = [:]
        var members: [ExplanationMember<Subject>] = []
        for (index, subject) in subjects.enumerated() {
            do {
                let subject = try subject.get()
                let graphs = try await learn(
                    subject.trace, layout: subject.layout, time: clock.remaining(index), progress)
                members.append(member(subject, number: index, on: graphs))
            } catch  where InputFault.isOfInput(error) {
                findings[index] = .failure(error)
            }
            clock.charge(index)
        }
        try verify(&members, clock: &clock, in: workspace, progress)
        for member in members {
            findings[member.number] = member.finding(milliseconds: clock.milliseconds(member.number))
        }
        return subjects.indices.compactMap { findings[$0] }
    }

    /// One graph for each head asked for, or one of all heads pooled; in their order.
    ///
    /// - Parameters:
    ///   - trace: the pass whose attention is read.
    ///   - layout: which of its tokens are which node.
    ///   - time: how long it may take; `nil` for as long as it takes.
    func learn(
        _ trace: AttentionTrace, layout: NodeLayout, time: Duration?,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [LearntGraph] {
        let correlations = try NodeCorrelation.all(
            trace, layout: layout, heads: settings.heads, estimator: settings.estimator)
        var options = DiscoveryOptions()
        options.maximumConditioningSize = settings.maximumConditioningSize
        options.selectionBias = settings.selectionBias
        options.limits.tests = settings.maximumTests
        let discovery = GraphDiscovery(
            algorithm: settings.algorithm, alpha: settings.alpha, samples: settings.samples ?? 0,
            options: options, isCausal: model.configuration.isCausal, deadline: time.map { .now + $0 })
        return try await discovery.run(correlations, layout: layout, threads: threads, progress)
    }

    /// An input with its search, on graphs that were learnt.
    ///
    /// - Parameter number: the input's number on the clock.
    func member<Subject: ExplanationSubject>(
        _ subject: Subject, number: Int, on learnt: [LearntGraph]
    ) -> ExplanationMember<Subject> {
        let search = ExplanationSearch<Subject.Outcome>(
            roots: learnt.map { .init(head: $0.graph.head, tree: $0.tree) },
            replaceable: subject.layout.nodes.indices.filter { $0 != subject.layout.target },
            maximumSetSize: min(subject.maximumSetSize, settings.maximumSetSize),
            exhaustiveSetSize: settings.exhaustiveSetSize, allSizes: settings.allSizes,
            maximumVerifications: settings.maximumForwardPasses - passesBefore, passesBefore: passesBefore)
        return ExplanationMember(
            number: number, subject: subject, graphs: learnt.map(\.graph), search: search)
    }

    /// Carries the searches of several inputs to their ends, in rounds that share calls of the model.
    func verify<Subject: ExplanationSubject>(
        _ members: inout [ExplanationMember<Subject>], clock: inout SharedClock, in workspace: Workspace,
        _ progress: (ExplanationProgress) -> Void
    ) throws {
        var unfinished = Array(members.indices)
        while true {
            try Task.checkCancellation()
            let round = VerificationRound(of: &members, unfinished: &unfinished, clock, model)
            guard !round.shares.isEmpty else { return }
            let answers = try InputFault.answers(to: round.shares.map(\.inputs)) { inputs in
                try model.logits(inputs.map(\.ids), at: inputs.map(\.positions), in: workspace)
            }
            for (share, logits) in zip(round.shares, answers) {
                members[share.member].take(logits, of: share.sets)
                progress(
                    .sets(
                        verified: members[share.member].search.report.verifications,
                        size: share.sets.last?.nodes.count ?? 0))
            }
            clock.charge(round.shares.map { (members[$0.member].number, $0.tokenCount) })
        }
    }
}
