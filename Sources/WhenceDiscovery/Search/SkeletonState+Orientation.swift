extension SkeletonState {
    /// The rules, ready for the graph as it stands: the one place where a run makes them.
    ///
    /// - Parameter order: The causal order that every edge follows, if one is known.
    func orientation(order: CausalOrder? = nil, endedBy interruption: Interruption) -> Orientation {
        Orientation(graph: graph, separators: separators, interruption: interruption, order: order)
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
        let interruption = session.orientationInterruption()
        var finished = self
        let unfinished = end.map { end in separators.sorted.filter { $0.set.count >= end.size } } ?? []
        for pair in unfinished { finished.graph.connect(Edge(pair.a, .circle, .circle, pair.b)) }
        var orientation = finished.orientation(order: order, endedBy: interruption)
        orientation.orientArrowheads()
        orientation.orientTails(selectionBias: options.selectionBias)
        var oriented = self
        oriented.graph = orientation.graph
        for pair in unfinished { oriented.graph.disconnect(pair.a, pair.b) }
        return oriented.result(session, end: end, orientationEnd: interruption.bound)
    }
}

extension SkeletonState {
    /// The result of a search without an oriented graph: all adjacencies found so far, every mark a circle.
    func skeletonResult(_ session: TestSession, stoppedBy bound: DiscoveryBound) -> DiscoveryResult {
        var bare = self
        bare.graph.resetMarks()
        return bare.result(
            session, status: .skeleton, stoppedBy: bound, stoppedIn: session.stage, isOriented: false)
    }

    /// The result of a search with an oriented graph.
    ///
    /// - Parameters:
    ///   - end: Where a bound ended the search.
    ///   - orientationEnd: The bound that ended the orientation.
    func result(
        _ session: TestSession, end: SearchEnd?, orientationEnd: DiscoveryBound?
    ) -> DiscoveryResult {
        let status: DiscoveryStatus =
            switch (end, orientationEnd) {
            case (let end?, _): .anytime(r: end.size)
            case (nil, _?): .anytime(r: session.counts.count)
            case (nil, nil): .complete
            }
        return result(
            session, status: status, stoppedBy: end?.bound ?? orientationEnd,
            stoppedIn: end?.stage ?? orientationEnd.map { _ in .orientation },
            isOriented: orientationEnd == nil)
    }

    private func result(
        _ session: TestSession, status: DiscoveryStatus, stoppedBy: DiscoveryBound?,
        stoppedIn: DiscoveryStage?, isOriented: Bool
    ) -> DiscoveryResult {
        DiscoveryResult(
            graph: graph, separatingSets: separators.sorted, edgePValues: edgePValues,
            testCounts: session.counts, degenerateTestCount: session.degenerateCount,
            sampleBound: stoppedBy == .samples ? session.maximumConditioningSize : nil,
            status: status, stoppedBy: stoppedBy, stoppedIn: stoppedIn, isOriented: isOriented)
    }
}
