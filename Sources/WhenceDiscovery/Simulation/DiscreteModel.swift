#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A causal model of variables with a few levels each, by conditional probability tables.
///
/// Latent variables are left out of what it gives, and a sample is selected when every selection variable has level 0.
public struct DiscreteModel: Sendable, Hashable {
    /// The causes.
    public let graph: CausalDAG
    /// The number of levels of every node.
    public let levelCounts: [Int]
    /// For every node the probabilities of its levels, a row for each combination of its parents' levels, parents
    /// ascending, the last parent's level changing fastest.
    public let tables: [[Double]]

    /// Makes a model.
    ///
    /// - Throws: `DiscoveryError.parameter` when a node has no level, a table's size is wrong, or a row is none of
    ///   probabilities with sum 1, up to 1e-9.
    public init(graph: CausalDAG, levelCounts: [Int], tables: [[Double]]) throws {
        let sizes = try Self.tableSizes(graph, levelCounts)
        guard tables.map(\.count) == sizes else {
            throw DiscoveryError.parameter(
                name: "probability tables", value: "sizes \(tables.map(\.count))", expected: "sizes \(sizes)")
        }
        for (node, table) in tables.enumerated() {
            for start in stride(from: 0, to: table.count, by: levelCounts[node]) {
                let row = table[start..<start + levelCounts[node]]
                guard row.allSatisfy({ $0 >= 0 }), abs(row.reduce(0, +) - 1) <= 1e-9 else {
                    throw DiscoveryError.parameter(
                        name: "probabilities of node \(node)", value: "\(Array(row))",
                        expected: "numbers from 0 with sum 1")
                }
            }
        }
        (self.graph, self.levelCounts, self.tables) = (graph, levelCounts, tables)
    }

    /// Draws a model: each row of each table uniform among all laws (Dirichlet with all parameters 1).
    ///
    /// - Throws: `DiscoveryError.parameter` when a node has no level, or its table more than 2²⁴ rows.
    public init(
        randomOver graph: CausalDAG, levelCounts: [Int], using generator: inout some RandomNumberGenerator
    ) throws {
        let sizes = try Self.tableSizes(graph, levelCounts)
        let tables = zip(sizes, levelCounts).map { size, levels in
            (0..<size / levels).flatMap { _ in
                let weights = (0..<levels).map { _ in -log(1 - Double.random(in: 0..<1, using: &generator)) }
                let sum = weights.reduce(0, +)
                return weights.map { sum > 0 ? $0 / sum : 1 / Double(levels) }
            }
        }
        try self.init(graph: graph, levelCounts: levelCounts, tables: tables)
    }

    private static func tableSizes(_ graph: CausalDAG, _ levelCounts: [Int]) throws -> [Int] {
        guard levelCounts.count == graph.nodeCount, levelCounts.allSatisfy({ (1...256).contains($0) }) else {
            throw DiscoveryError.parameter(
                name: "level counts", value: "\(levelCounts)",
                expected: "1 to 256 for each of \(graph.nodeCount) nodes")
        }
        return try zip(graph.parents, levelCounts).map { parents, levels in
            var size = levels
            for parent in parents {
                size *= levelCounts[parent]
                guard size <= 1 << 24 else {
                    throw DiscoveryError.parameter(
                        name: "probability table", value: "more than \(1 << 24) entries",
                        expected: "nodes with fewer parents or levels")
                }
            }
            return size
        }
    }
}

extension DiscreteModel {
    /// Draws selected samples of the observed variables.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - maximumAttempts: How many draws in all, of which only the selected ones count.
    /// - Returns: `[count, observed]`, row-major, levels from 0, in the order of `graph.observed`.
    /// - Throws: `DiscoveryError.parameter` for a negative number, and when too few of the draws are selected.
    public func samples(
        _ count: Int, maximumAttempts: Int = 10_000_000, using generator: inout some RandomNumberGenerator
    ) throws -> [Int] {
        guard count >= 0 else {
            throw DiscoveryError.parameter(name: "samples", value: "\(count)", expected: "0 or more")
        }
        let parents = graph.parents
        var samples: [Int] = []
        var values = [Int](repeating: 0, count: graph.nodeCount)
        var (found, attempts) = (0, 0)
        while found < count {
            guard attempts < maximumAttempts else {
                throw DiscoveryError.parameter(
                    name: "samples", value: "\(found) of \(attempts) draws were selected",
                    expected: "a model in which every selection variable is more often at level 0")
            }
            attempts += 1
            for v in graph.causalOrder {
                let row = parents[v].reduce(0) { $0 * levelCounts[$1] + values[$1] }
                values[v] = level(of: v, row: row, at: Double.random(in: 0..<1, using: &generator))
            }
            guard graph.selection.allSatisfy({ values[$0] == 0 }) else { continue }
            samples.append(contentsOf: graph.observed.map { values[$0] })
            found += 1
        }
        return samples
    }

    /// The level at which the running sum of a row's probabilities passes a number; the last when rounding keeps
    /// the sum below it.
    private func level(of node: Int, row: Int, at number: Double) -> Int {
        let levels = levelCounts[node]
        var rest = number
        for level in 0..<levels - 1 {
            rest -= tables[node][row * levels + level]
            if rest < 0 { return level }
        }
        return levels - 1
    }
}
