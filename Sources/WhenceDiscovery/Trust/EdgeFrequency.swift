/// How often graphs over the same nodes join two of them, and with which marks.
public struct EdgeFrequency: Sendable, Hashable, Codable {
    /// How often an end has each mark.
    public struct MarkCounts: Sendable, Hashable, Codable {
        /// Graphs with a tail.
        public var tail = 0
        /// Graphs with an arrowhead.
        public var arrow = 0
        /// Graphs with a circle.
        public var circle = 0

        /// Graphs with a mark.
        public subscript(mark: Mark) -> Int {
            get {
                switch mark {
                case .tail: tail
                case .arrow: arrow
                case .circle: circle
                }
            }
            set {
                switch mark {
                case .tail: tail = newValue
                case .arrow: arrow = newValue
                case .circle: circle = newValue
                }
            }
        }
    }

    /// The smaller node.
    public let a: Int
    /// The larger node.
    public let b: Int
    /// Graphs with an edge between the two.
    public internal(set) var count = 0
    /// The marks at `a` in these.
    public internal(set) var marksAtA = MarkCounts()
    /// The marks at `b` in these.
    public internal(set) var marksAtB = MarkCounts()

    init(a: Int, b: Int) { (self.a, self.b) = (a, b) }
}

/// How much of one edge graphs agree on, as shares of all graphs, 0 to 1.
public struct EdgeAgreement: Sendable, Hashable, Codable {
    /// Share of the graphs with an edge between the same nodes.
    public var adjacency: Double
    /// Share of the graphs with that edge and the same mark at the smaller node.
    public var markAtA: Double
    /// Share of the graphs with that edge and the same mark at the larger node.
    public var markAtB: Double

    /// Makes an agreement.
    public init(adjacency: Double, markAtA: Double, markAtB: Double) {
        (self.adjacency, self.markAtA, self.markAtB) = (adjacency, markAtA, markAtB)
    }
}
