public import WhenceDiscovery

/// The causal graph of one input, read from one attention head or from all heads pooled.
public struct CausalGraph: Sendable, Hashable, Codable {
    /// A node: a word, a token, or the token that the prediction is read from.
    public struct Node: Sendable, Hashable, Codable {
        /// Position in `nodes`.
        public var index: Int
        /// The word as the text spells it, the vocabulary's piece, or the special token's name.
        public var label: String
        /// Indices of the tokens pooled in this node.
        public var tokens: [Int]

        /// Makes a node.
        public init(index: Int, label: String, tokens: [Int]) {
            self.index = index
            self.label = label
            self.tokens = tokens
        }
    }

    /// An edge between the nodes `a < b`.
    public struct GraphEdge: Sendable, Hashable, Codable {
        /// Smaller node index.
        public var a: Int
        /// Larger node index.
        public var b: Int
        /// The mark at `a`.
        public var markAtA: Mark
        /// The mark at `b`.
        public var markAtB: Mark
        /// Largest p-value of the tests that kept this edge: how near it came to being removed.
        public var pValue: Double

        /// Makes an edge.
        public init(a: Int, b: Int, markAtA: Mark, markAtB: Mark, pValue: Double) {
            self.a = a
            self.b = b
            self.markAtA = markAtA
            self.markAtB = markAtB
            self.pValue = pValue
        }
    }

    /// Where the graph was read.
    public var head: HeadLabel
    /// Index of the node that the prediction is read from.
    public var target: Int
    /// Nodes in order of the text, the target where its token stands.
    public var nodes: [Node]
    /// Edges by `(a, b)`.
    public var edges: [GraphEdge]
    /// Independence tests by size of the conditioning set.
    public var independenceTests: [Int]
    /// Tests that a singular covariance decided as dependent.
    public var degenerateTests: Int
    /// How far discovery got.
    public var status: DiscoveryStatus
    /// Largest size of a conditioning set that the number of samples allowed, where that was a bound.
    public var sampleBound: Int?

    /// Makes a graph; every field is as documented above.
    public init(
        head: HeadLabel, target: Int, nodes: [Node], edges: [GraphEdge], independenceTests: [Int],
        degenerateTests: Int, status: DiscoveryStatus, sampleBound: Int?
    ) {
        self.head = head
        self.target = target
        self.nodes = nodes
        self.edges = edges
        self.independenceTests = independenceTests
        self.degenerateTests = degenerateTests
        self.status = status
        self.sampleBound = sampleBound
    }
}
