import WhenceDiscovery

/// The causal graph of a few samples: every edge on a line, then how far the search got.
func discoverExample() throws -> [String] {
    let samples = try SampleTable(
        names: ["rain", "sprinkler", "wet"],
        columns: [
            [0.1, 2.3, 1.2, 0.4, 3.1, 1.9, 0.2, 2.7, 1.1, 0.8, 2.0, 1.6],
            [1.9, 0.4, 1.1, 0.2, 1.3, 0.3, 1.2, 1.8, 0.1, 1.0, 0.9, 1.7],
            [2.1, 2.6, 2.3, 0.7, 4.3, 2.2, 1.3, 4.6, 1.1, 1.9, 2.8, 3.4],
        ])
    var options = DiscoveryOptions()
    options.limits = DiscoveryLimits(time: .seconds(10), tests: 100_000)
    let search = ICD(options: options)
    let result = try search.run(FisherZTest(samples, alpha: 0.05))
    let edges = result.graph.edges.map { edge in
        "\(samples.names[edge.a]) \(edge.marks) \(samples.names[edge.b])"
    }
    return edges + ["\(result.status)"]
}

/// Answers from knowledge: both children share a parent, and nothing else connects them.
struct ForkTest: IndependenceTest {
    let nodeCount = 3
    let maximumConditioningSize: Int? = nil

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let isIndependent = i != 0 && j != 0 && set.contains(0)
        return IndependenceOutcome(pValue: isIndependent ? 1 : 0, isIndependent: isIndependent)
    }
}
