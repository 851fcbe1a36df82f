internal import WhenceInference
internal import WhenceLoader
internal import WhenceTensor

extension RecommendationSession {
    /// The rank before of what another ranking recommends; `nil` if it recommends the same.
    func replacementRank(in ranking: ItemRanking) -> Int? {
        let best = ranking.top(1)[0]
        return best == recommended ? nil : before.rank(of: best)
    }

    /// What the recommended item attends to: for every node the mean over heads.
    var attention: [Double] {
        let (headCount, count) = (trace.attention.shape[0], trace.attention.shape[1])
        return trace.attention.withUnsafeBufferPointer { weights in
            layout.nodes.map { node in
                let sum = (0..<headCount).reduce(0.0) { sum, head in
                    node.tokens.reduce(sum) {
                        $0 + Double(weights[(head * count + abduction.target) * count + $1])
                    }
                }
                return sum / Double(headCount)
            }
        }
    }

    /// By how much the recommended item's score falls without each node; 0 for the target.
    func losses(in workspace: Workspace) throws -> [Double] {
        var losses = Array(repeating: 0.0, count: layout.nodes.count)
        let nodes = maximumSetSize > 0 ? replaceable : []
        for start in stride(from: 0, to: nodes.count, by: batchSize) {
            let batch = Array(nodes[start..<min(start + batchSize, nodes.count)])
            for (node, ranking) in zip(batch, try rankings(replacing: batch.map { [$0] }, in: workspace)) {
                losses[node] = Double(before.scores[recommended] - ranking.scores[recommended])
            }
        }
        return losses
    }
}
