public import WhenceDiscovery

/// How right the graphs of one transformer are: counts, summed over its sequences.
public struct CalibrationTally: Sendable, Hashable, Codable {
    /// The transformer's seed.
    public let seed: Int
    /// Samples that its tests counted with; nil for a baseline.
    public let samples: Int?
    /// Graphs: one a sequence.
    public private(set) var graphs = 0
    /// Adjacencies.
    public private(set) var skeleton = RetrievalCounts()
    /// Arrowheads, at the ends of edges that are right.
    public private(set) var arrowheads = RetrievalCounts()
    /// Tails, at the ends of edges that are right.
    public private(set) var tails = RetrievalCounts()
    /// Ends of edges that are right with the right mark, circles too.
    public private(set) var equalMarks = 0
    /// Structural Hamming distances, summed.
    public private(set) var hammingDistance = 0
    /// Tests that a singular covariance decided as dependent.
    public private(set) var degenerateTests = 0
    /// Searches that a limit ended: that on tests, or the number of samples.
    public private(set) var stopped = 0

    init(seed: Int, samples: Int?) { (self.seed, self.samples) = (seed, samples) }

    mutating func add(_ graph: MixedGraph, truth: MixedGraph) throws {
        let comparison = try GraphComparison(graph, to: truth)
        graphs += 1
        skeleton = skeleton + comparison.skeleton
        arrowheads = arrowheads + comparison.arrowheads
        tails = tails + comparison.tails
        equalMarks += comparison.equalMarkCount
        hammingDistance += comparison.structuralHammingDistance
    }

    mutating func add(_ result: DiscoveryResult, truth: MixedGraph) throws {
        try add(result.graph, truth: truth)
        degenerateTests += result.degenerateTestCount
        stopped += result.stoppedBy == nil ? 0 : 1
    }

    /// What a measure is for this transformer; nil where nothing was found, or nothing could be.
    public func value(_ measure: CalibrationMeasure) -> Double? {
        switch measure {
        case .precision: skeleton.precision
        case .recall: skeleton.recall
        case .f1: skeleton.f1
        case .marks: skeleton.correct == 0 ? nil : Double(equalMarks) / Double(2 * skeleton.correct)
        case .distance: graphs == 0 ? nil : Double(hammingDistance) / Double(graphs)
        }
    }
}

/// What is measured of a graph.
public enum CalibrationMeasure: String, Sendable, Hashable, Codable, CaseIterable {
    /// Share of the adjacencies found that are right.
    case precision
    /// Share of the right adjacencies that are found.
    case recall
    /// Harmonic mean of the two.
    case f1
    /// Share of the ends of right adjacencies that have the right mark.
    case marks
    /// Structural Hamming distance: pairs that are joined differently, in skeleton or marks.
    case distance
}
