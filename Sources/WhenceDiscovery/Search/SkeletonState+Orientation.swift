extension SkeletonState {
    /// The rules, ready for the graph as it stands: the one place where a run makes them.
    ///
    /// - Parameter order: The causal order that every edge follows, if one is known.
    func orientation(
        _ options: DiscoveryOptions, order: CausalOrder? = nil, endedBy interruption: Interruption
    ) -> Orientation {
        Orientation(
            graph: graph, separators: separators, interruption: interruption, order: order,
            knowledge: knowledge,
            schedule: options.separatingSetRule == .maximumPValue ? .rounds : .sweeps)
    }

    /// Makes the tests of the conservative collider rule, where it is chosen; returns where a bound ended them.
    mutating func takeCensus(_ session: TestSession, _ options: DiscoveryOptions) -> SearchEnd? {
        guard options.colliderRule == .conservative else { return nil }
        var census = ColliderCensus(self)
        let end = census.run(session)
        census.record(in: &self)
        return end
    }

    /// The run's result, with all rules applied.
    ///
    /// A search that ended amid size r has removed some edges with sets of that size, or a larger one, and kept others
    /// that such a set would remove. Those that stand by oversight would make false colliders of their neighbours.
    /// So the rules are applied to the graph of the finished sizes, in which no pair is missing for a set of size r or
    /// more, and what they draw there, which is true of the nodes, stays on the edges that are left.
    /// - Parameter end: Where a bound ended the search; `nil` when none did.
    func orientedResult(
        _ session: TestSession, options: DiscoveryOptions, order: CausalOrder? = nil, end: SearchEnd?
    ) -> DiscoveryResult {
        var state = self
        let censusEnd = state.takeCensus(session, options)
        let interruption = session.orientationInterruption()
        let unfinished = end.map { end in separators.sorted.filter { $0.set.count >= end.size } } ?? []
        var finished = state
        for pair in unfinished { finished.graph.connect(Edge(pair.a, .circle, .circle, pair.b)) }
        var orientation = finished.orientation(options, order: order, endedBy: interruption)
        orientation.orientArrowheads()
        orientation.orientTails(selectionBias: options.selectionBias)
        state.graph = orientation.graph
        for pair in unfinished { state.graph.disconnect(pair.a, pair.b) }
        return state.result(
            session, orientation, end: end ?? censusEnd, orientationEnd: interruption.bound)
    }
}

extension SkeletonState {
    /// The result of a search without an oriented graph: all adjacencies found so far, every mark a circle.
    func skeletonResult(_ session: TestSession, stoppedBy bound: DiscoveryBound) -> DiscoveryResult {
        var bare = self
        bare.graph.resetMarks()
        return bare.result(
            session, nil, status: .skeleton, stoppedBy: bound, stoppedIn: session.stage, isOriented: false)
    }

    /// The result of a search with an oriented graph.
    ///
    /// - Parameters:
    ///   - orientation: The rules, applied.
    ///   - end: Where a bound ended the search.
    ///   - orientationEnd: The bound that ended the orientation.
    func result(
        _ session: TestSession, _ orientation: Orientation, end: SearchEnd?, orientationEnd: DiscoveryBound?
    ) -> DiscoveryResult {
        let status: DiscoveryStatus =
            switch (end, orientationEnd) {
            case (let end?, _): .anytime(r: end.size)
            case (nil, _?): .anytime(r: session.counts.count)
            case (nil, nil): .complete
            }
        return result(
            session, orientation, status: status, stoppedBy: end?.bound ?? orientationEnd,
            stoppedIn: end?.stage ?? orientationEnd.map { _ in .orientation },
            isOriented: orientationEnd == nil)
    }

    private func result(
        _ session: TestSession, _ orientation: Orientation?, status: DiscoveryStatus,
        stoppedBy: DiscoveryBound?,
        stoppedIn: DiscoveryStage?, isOriented: Bool
    ) -> DiscoveryResult {
        DiscoveryResult(
            graph: graph, separatingSets: separators.sorted, edgePValues: edgePValues,
            testCounts: session.counts, degenerateTestCount: session.degenerateCount,
            sampleBound: stoppedBy == .samples ? session.maximumConditioningSize : nil,
            status: status, stoppedBy: stoppedBy, stoppedIn: stoppedIn, isOriented: isOriented,
            markOrigins: (orientation?.origins ?? MarkOriginTable(nodeCount: graph.nodeCount))
                .edgeOrigins(of: graph),
            ambiguousTriples: orientation?.ambiguity.sorted ?? [],
            knowledgeConflicts: orientation?.knowledgeConflicts ?? [])
    }
}
