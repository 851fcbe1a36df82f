/// One law that a graph breaks, and the nodes where.
public struct GraphViolation: Sendable, Hashable, Codable {
    /// The laws.
    public enum Law: String, Sendable, Hashable, Codable, CaseIterable {
        /// A circle where every mark must be decided; nodes: the circle's end, the other end.
        case circle
        /// An edge that the kind of graph does not have; nodes: its ends.
        case edgeKind
        /// A directed cycle; nodes: around it.
        case directedCycle
        /// A cycle of directed and undecided edges, at least one directed; nodes: around it, the directed edge first.
        case partiallyDirectedCycle
        /// A directed path from one end of `<->` to the other; nodes: along the path.
        case almostDirectedCycle
        /// An arrowhead at a node with an undirected edge; nodes: that node, the undirected edge's other end, the
        /// arrow's other end.
        case arrowheadAtUndirectedEdge
        /// An inducing path between two nodes without an edge, which nothing therefore separates; nodes: along it.
        case inducingPath
        /// Circle (or undirected) edges that cannot all be directed without a new collider between two nodes that
        /// have no edge: a cycle of them without a chord; nodes: two of its nodes and one between them.
        case chordlessCycle
        /// A directed edge into one end of an undirected one, with no edge from its start to the other end; nodes:
        /// start, near end, far end.
        case directedIntoUndirected
        /// A mark that some graph of the class does not have; nodes: the mark's end, the other end.
        case markNotShared
        /// A circle where all graphs of the class agree; nodes: the circle's end, the other end.
        case circleDecided
        /// A mark opposite to the one that all graphs of the class have; nodes: the mark's end, the other end.
        case markContradicted
    }

    /// The law that is broken.
    public var law: Law
    /// The nodes concerned, in the order that the law says.
    public var nodes: [Int]

    /// Makes a violation.
    public init(_ law: Law, nodes: [Int]) {
        self.law = law
        self.nodes = nodes
    }
}

extension GraphViolation: CustomStringConvertible {
    /// A sentence that names nodes by number.
    public var description: String { sentence { "\($0)" } }

    /// A sentence that names nodes as the caller does.
    public func sentence(naming name: (Int) -> String) -> String {
        let names = nodes.map(name)
        func at(_ place: Int) -> String { place < names.count ? names[place] : "?" }
        switch law {
        case .circle: return "the edge between \(at(0)) and \(at(1)) has a circle at \(at(0))"
        case .edgeKind:
            return "the edge between \(at(0)) and \(at(1)) is of a kind that this graph cannot have"
        case .directedCycle:
            return "a directed cycle: \((names + names.prefix(1)).joined(separator: " --> "))"
        case .partiallyDirectedCycle:
            return "\(at(0)) --> \(at(1)) lies on a cycle of directed and undecided edges: "
                + names.joined(separator: ", ")
        case .almostDirectedCycle:
            return "an almost directed cycle: \(names.joined(separator: " --> ")), "
                + "but \(at(0)) <-> \(at(names.count - 1))"
        case .arrowheadAtUndirectedEdge:
            return "\(at(0)) has the undirected edge to \(at(1)), and an arrowhead from \(at(2))"
        case .inducingPath:
            return "nothing can separate \(at(0)) and \(at(names.count - 1)), which have no edge: "
                + "the path \(names.joined(separator: ", ")) is inducing"
        case .chordlessCycle:
            return
                "the undecided edges around \(at(1)) lie on a cycle without a chord: it joins \(at(0)) and "
                + "\(at(2)), which have no edge"
        case .directedIntoUndirected:
            return "\(at(0)) --> \(at(1)) would direct the undecided edge between \(at(1)) and \(at(2)) too"
        case .markNotShared:
            return "the mark at \(at(0)) on its edge to \(at(1)) should be a circle: "
                + "not all graphs of the class have it"
        case .circleDecided:
            return "the circle at \(at(0)) on its edge to \(at(1)) should be a mark: "
                + "all graphs of the class have the same"
        case .markContradicted:
            return "all graphs of the class have the opposite of the mark at \(at(0)) on its edge to \(at(1))"
        }
    }
}
