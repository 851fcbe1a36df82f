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

/// Two graphs that cannot be compared because their nodes differ.
public struct GraphNodeMismatch: Error, Sendable, Hashable, CustomStringConvertible {
    /// Names (or, without names, numbers) of nodes that only the first graph has.
    public var onlyInFirst: [String]
    /// Those that only the second graph has.
    public var onlyInSecond: [String]
    /// Names that stand for more than one node.
    public var repeated: [String]

    /// What differs, and what to try.
    public var description: String {
        var parts: [String] = []
        if !repeated.isEmpty { parts.append("more than one node is called \(Self.list(repeated))") }
        if !onlyInFirst.isEmpty { parts.append("only the first graph has \(Self.list(onlyInFirst))") }
        if !onlyInSecond.isEmpty { parts.append("only the second graph has \(Self.list(onlyInSecond))") }
        return
            "the graphs have different nodes: \(parts.joined(separator: "; ")); compare graphs over the same nodes"
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
    }
}
