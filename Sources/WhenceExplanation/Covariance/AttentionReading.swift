internal import WhenceInference
internal import WhenceTensor

/// The interpreter's reading of attention that does not come from one of its own models: the laboratory's.
public enum AttentionReading {
    /// The correlations that the interpreter learns a graph from: of `A·Aᵀ`, averaged over the heads given.
    ///
    /// - Parameters:
    ///   - attention: `[heads][tokens][tokens]`, the weight of the key (last axis) for the query; at least one head,
    ///     all of one size.
    ///   - nodes: the tokens that are nodes; the others take part in the attention and are marginalised.
    /// - Returns: `[nodes, nodes]`, row-major.
    /// - Throws: `ExplanationError.constantNode` for a node that attends to nothing; `noSuchHead` without a head.
    /// - Complexity: O(heads · tokens³).
    /// - Note: Rohekar, Gurwicz, Nisimov 2023, §3, https://arxiv.org/abs/2310.20307.
    public static func correlation(
        of attention: [[[Float]]], nodes: [Int]
    ) throws(ExplanationError) -> [Double] {
        guard let first = attention.first else { throw .noSuchHead(0, headCount: 0) }
        let empty = Tensor(shape: [0], elements: [])
        let trace = AttentionTrace(
            logits: empty,
            attention: Tensor(
                shape: [attention.count, first.count, first.count],
                elements: attention.flatMap { $0.flatMap { $0 } }),
            values: empty, context: empty, hidden: empty)
        let layout = NodeLayout(tokens: nodes, of: first.count)
        let all = try NodeCorrelation.all(trace, layout: layout, heads: .pooled, estimator: .attention)
        return all.flatMap(\.matrix.elements)
    }
}

extension NodeLayout {
    /// Lays single tokens out as nodes, each named by its number; the last of them is the target.
    init(tokens: [Int], of tokenCount: Int) {
        nodes = tokens.enumerated().map {
            CausalGraph.Node(index: $0.offset, label: "\($0.element)", tokens: [$0.element])
        }
        parts = tokens.map { [$0] }
        target = max(0, tokens.count - 1)
        let covered = Set(tokens)
        marginalised = (0..<tokenCount).filter { !covered.contains($0) }
    }
}
