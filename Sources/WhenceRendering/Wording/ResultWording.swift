internal import WhenceDiscovery

/// What a discovered graph means, in plain words.
enum ResultWording {
    /// One sentence for what the graph is, then one for each thing that limits it.
    static func sentences(_ graph: DiscoveredGraph) -> [String] {
        var sentences = [meaning(graph)]
        let result = graph.result
        if !result.isOriented, result.stoppedIn != .orientation, result.status != .skeleton {
            sentences.append("Marks were not set to the end: circles are left that could be decided.")
        }
        if graph.algorithm == "pc" {
            sentences.append(
                "PC takes for granted that no common cause is hidden; --- is an edge of open direction.")
        }
        if result.degenerateTestCount > 0 {
            let tests = NumberWording.count(result.degenerateTestCount, "test")
            let verb = result.degenerateTestCount == 1 ? "counts" : "count"
            sentences.append(
                "\(tests) could not be decided, \(reason(graph.test)), and \(verb) as dependent.")
        }
        sentences += ambiguous(graph)
        sentences += conflicts(graph)
        return sentences
    }

    /// Which triples are left undecided. A graph may have very many: five are named.
    private static func ambiguous(_ graph: DiscoveredGraph) -> [String] {
        let triples = graph.result.ambiguousTriples
        guard !triples.isEmpty else { return [] }
        let names = listed(triples.map { triple($0.a, $0.b, $0.c, graph) })
        return [
            "It is not decided whether both outer nodes point to the middle one in \(names), because separating "
                + "sets disagree; no rule used this."
        ]
    }

    /// Where the data speak against the background knowledge.
    private static func conflicts(_ graph: DiscoveredGraph) -> [String] {
        [true, false].compactMap { isCollider in
            let conflicts = graph.result.knowledgeConflicts.filter { $0.isColliderByData == isCollider }
            guard !conflicts.isEmpty else { return nil }
            let names = listed(conflicts.map { triple($0.a, $0.b, $0.c, graph) })
            return "The data speak against the background knowledge, which is followed: by the data, "
                + (isCollider ? "both outer nodes point" : "the outer nodes do not both point")
                + " to the middle one in \(names)."
        }
    }

    private static func triple(_ a: Int, _ b: Int, _ c: Int, _ graph: DiscoveredGraph) -> String {
        [a, b, c].map { graph.nodes[$0].escapedForDisplay }.joined(separator: " - ")
    }

    private static func listed(_ names: [String]) -> String {
        names.prefix(5).joined(separator: "; ") + (names.count > 5 ? "; and \(names.count - 5) more" : "")
    }

    private static func meaning(_ graph: DiscoveredGraph) -> String {
        let result = graph.result
        guard let bound = result.stoppedBy else {
            return graph.test == nil && graph.alpha == nil
                ? "The search came to its own end, and its tests are exact."
                : "The search came to its own end: the graph holds as far as the tests are right."
        }
        if result.stoppedIn == .orientation {
            return "\(ending(bound, graph)) while marks were set: the edges are final, "
                + "and circles are left that could be decided."
        }
        if result.stoppedIn == .colliders, result.status != .skeleton {
            return "\(ending(bound, graph)) while colliders were judged: the edges are final, "
                + "and some marks are those of the plain rule."
        }
        switch result.status {
        case .complete, .skeleton:
            return
                "\(ending(bound, graph)) before all adjacencies were tested: further edges would have gone, and no "
                + "mark is decided."
        case .anytime(let r):
            let done =
                switch r {
                case 0: "no size of conditioning set was tested to the end"
                case 1: "all tests without a condition are done"
                default: "all tests with fewer than \(r) conditions are done"
                }
            return
                "\(ending(bound, graph)): \(done), and larger conditioning sets might remove further edges."
        }
    }

    private static func ending(_ bound: DiscoveryBound, _ graph: DiscoveredGraph) -> String {
        switch bound {
        case .conditioningSize: "Ended by the limit on conditioning sets"
        case .samples:
            graph.result.sampleBound.map {
                "Ended by the number of samples, which allow conditions on \(NumberWording.count($0, "variable")) at most"
            } ?? "Ended by the number of samples"
        case .tests: "Ended by the limit on tests"
        case .time: "Ended by the limit on time"
        case .cancellation: "Interrupted"
        }
    }

    private static func reason(_ test: String?) -> String {
        switch test {
        case "g2", "chi2": "because there are too few samples for their tables"
        case "cmi", "cmi-knn": "because no permutation changes anything"
        default: "because variables determine each other (singular correlations)"
        }
    }
}
