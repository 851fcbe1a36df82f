internal import WhenceExplanation
internal import WhenceLoader

/// Checks that every index in an explanation points at something.
///
/// Renderers then subscript freely. Values made by the search are consistent by construction; those read
/// from a file need not be.
enum ConsistencyCheck {
    /// Checks a whole explanation.
    ///
    /// - Throws: `RenderingError.inconsistent` with the first place that does not hold.
    static func check(_ explanation: SentimentExplanation) throws(RenderingError) {
        try check(explanation.input)
        try check(explanation.prediction, "prediction")
        let tokenCount = explanation.input.tokens.count
        try checkGraphs(of: explanation, tokenCount: tokenCount)
        for (index, found) in explanation.explanations.enumerated() {
            let path = "explanations[\(index)]"
            try demand([found.size], below: countBound, "\(path).size")
            try demand(found.tokens, below: tokenCount, "\(path).tokens")
            try demand(found.words, below: explanation.input.words.count, "\(path).words")
            try check(found.outcome, "\(path).outcome")
        }
    }

    /// Checks a whole explanation of a recommendation.
    ///
    /// - Throws: `RenderingError.inconsistent` with the first place that does not hold.
    static func check(_ explanation: RecommendationExplanation) throws(RenderingError) {
        let input = explanation.input
        for (index, item) in input.history.enumerated() where item.index != index {
            throw .inconsistent(
                path: "input.history[\(index)]", problem: "it calls itself item \(item.index)")
        }
        try demand([input.unseenCount], below: input.history.count + 1, "input.firstSeen")
        try demand([input.queryTarget], below: input.query.count, "input.queryTarget")
        try check(explanation.prediction, "prediction")
        let tokenCount = input.abduction.count
        try checkGraphs(of: explanation, tokenCount: tokenCount)
        for (index, found) in explanation.explanations.enumerated() {
            let path = "explanations[\(index)]"
            try demand([found.size], below: countBound, "\(path).size")
            try demand(found.tokens, below: tokenCount, "\(path).tokens")
            try demand(found.items, below: input.history.count, "\(path).items")
            try demand([found.queryTarget], below: found.query.count, "\(path).queryTarget")
            try check(found.outcome, "\(path).outcome")
            try check(found.replacement, "\(path).replacement")
            try check(found.original, "\(path).original")
        }
    }

    private static func check(_ recommendation: Recommendation, _ path: String) throws(RenderingError) {
        for (index, ranked) in recommendation.top.enumerated() where ranked.rank != index + 1 {
            throw .inconsistent(path: "\(path).top[\(index)]", problem: "its rank is \(ranked.rank)")
        }
        guard recommendation.top.first.map({ $0 == recommendation.best }) ?? true else {
            throw .inconsistent(path: "\(path).top[0]", problem: "it is not the item recommended")
        }
        try demand([recommendation.candidateCount], below: countBound, "\(path).candidates")
    }

    private static func check(_ shift: ItemShift, _ path: String) throws(RenderingError) {
        for (rank, name) in [(shift.rankBefore, "rankBefore"), (shift.rankAfter, "rankAfter")] {
            guard rank >= 1, rank < countBound else {
                throw .inconsistent(path: "\(path).\(name)", problem: "\(rank) is no rank")
            }
        }
    }

    /// Checks the graphs of an explanation, which are over the same nodes, and the nodes that explanations name.
    private static func checkGraphs(
        of explanation: some ExplainedByGraphs, tokenCount: Int
    ) throws(RenderingError) {
        let graphs = explanation.graphs
        for (index, graph) in graphs.enumerated() {
            try check(graph, tokenCount: tokenCount, "graphs[\(index)]")
            guard graph.nodes == graphs[0].nodes, graph.target == graphs[0].target else {
                throw .inconsistent(
                    path: "graphs[\(index)]", problem: "its nodes are not those of the first graph")
            }
            guard !graphs[..<index].contains(where: { $0.head == graph.head }) else {
                throw .inconsistent(
                    path: "graphs[\(index)].head",
                    problem: "there is a graph of \(HeadWording.name(graph.head)) already")
            }
            try demand(graph.independenceTests, below: countBound, "graphs[\(index)].independenceTests")
            try demand([graph.degenerateTests], below: countBound, "graphs[\(index)].degenerateTests")
        }
        if let graph = graphs.first {
            for (index, nodes) in explanation.foundNodes.enumerated() {
                try demand(nodes, below: graph.nodes.count, "explanations[\(index)].nodes")
            }
        }
        let status = explanation.status
        try demand([status.testedSizes], below: countBound, "status.testedSizes")
        try demand([status.certifiedSizes], below: countBound, "status.certifiedSizes")
        try demand([status.forwardPasses], below: countBound, "status.forwardPasses")
    }

    /// Checks one graph. Edges run from the smaller node to the larger, and no pair has two.
    static func check(_ graph: CausalGraph, tokenCount: Int?, _ path: String) throws(RenderingError) {
        guard graph.nodes.indices.contains(graph.target) else {
            throw .inconsistent(path: "\(path).target", problem: "there is no node \(graph.target)")
        }
        for (index, node) in graph.nodes.enumerated() {
            guard node.index == index else {
                throw .inconsistent(
                    path: "\(path).nodes[\(index)]", problem: "it calls itself node \(node.index)")
            }
            if let tokenCount {
                try demand(node.tokens, below: tokenCount, "\(path).nodes[\(index)].tokens")
            }
        }
        var pairs: Set<Int> = []
        for (index, edge) in graph.edges.enumerated() {
            guard edge.a < edge.b else {
                throw .inconsistent(
                    path: "\(path).edges[\(index)]", problem: "a (\(edge.a)) is not before b (\(edge.b))")
            }
            try demand([edge.a, edge.b], below: graph.nodes.count, "\(path).edges[\(index)]")
            guard pairs.insert(edge.a * graph.nodes.count + edge.b).inserted else {
                throw .inconsistent(
                    path: "\(path).edges[\(index)]",
                    problem: "nodes \(edge.a) and \(edge.b) have an edge already")
            }
        }
    }

    /// Counts are sums of what a machine did: beyond this bound they are made up, and could overflow.
    private static let countBound = 1 << 40

    private static func check(_ input: TokenizedText) throws(RenderingError) {
        let byteCount = input.text.utf8.count
        for (index, token) in input.tokens.enumerated() {
            if let span = token.span {
                try demand(
                    [span.lowerBound, span.upperBound], below: byteCount + 1, "input.tokens[\(index)]")
            }
        }
        for (index, word) in input.words.enumerated() {
            let path = "input.words[\(index)]"
            try demand([word.span.lowerBound, word.span.upperBound], below: byteCount + 1, path)
            try demand(word.tokens, below: input.tokens.count, "\(path).tokens")
        }
        if let unseen = input.unseenFrom { try demand([unseen], below: byteCount + 1, "input.unseenFrom") }
        if let unseen = input.unseenUntil { try demand([unseen], below: byteCount + 1, "input.unseenUntil") }
    }

    private static func check(_ prediction: SentimentPrediction, _ path: String) throws(RenderingError) {
        let count = prediction.labels.count
        guard prediction.probabilities.count == count, prediction.logits.count == count else {
            throw .inconsistent(
                path: path,
                problem: """
                    \(count) labels, \(prediction.probabilities.count) probabilities \
                    and \(prediction.logits.count) logits
                    """)
        }
        try demand([prediction.index], below: count, "\(path).index")
    }

    private static func demand(
        _ indices: [Int], below bound: Int, _ path: @autoclosure () -> String
    ) throws(RenderingError) {
        for index in indices where index < 0 || index >= bound {
            throw .inconsistent(path: path(), problem: "\(index) is not in 0..<\(bound)")
        }
    }
}
