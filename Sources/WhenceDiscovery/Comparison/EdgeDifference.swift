/// One pair of nodes that two graphs join differently.
public struct EdgeDifference: Sendable, Hashable {
    /// The edge in the first graph, `nil` without one.
    public var first: Edge?
    /// The edge in the second graph, between the same nodes; `nil` without one.
    public var second: Edge?

    /// Which graphs have the edge.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Only the first graph has the edge.
        case onlyInFirst = "only in first"
        /// Only the second graph has the edge.
        case onlyInSecond = "only in second"
        /// Both have it, with different marks.
        case marks
    }

    /// Which graphs have the edge.
    public var kind: Kind { second == nil ? .onlyInFirst : first == nil ? .onlyInSecond : .marks }
}
