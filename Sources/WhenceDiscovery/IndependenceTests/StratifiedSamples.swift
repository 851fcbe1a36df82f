#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The samples of two categorical variables, those that agree in a conditioning set next to each other.
///
/// Only strata that a permutation can change are kept: those in which both variables take several values.
struct StratifiedSamples {
    /// The variable that is permuted, and the other, stratum after stratum.
    private var permuted: [Int32] = []
    private var fixed: [Int32] = []
    /// Where each stratum starts, and where the last ends.
    private var bounds = [0]
    /// The number of a sample's cell is `permuted · width + fixed`.
    private let width: Int32
    private var cells: [Int32]
    /// `n ln n`.
    private let weighted: [Double]

    /// Sorts the samples; `nil` when no stratum can change, or the two have more than 2²² cells.
    init?(_ table: CategoryTable, _ i: Int, _ j: Int, given set: [Int]) {
        // The choice follows the content of the columns, so that their order does not matter.
        let (x, y) = (table.keys[i], i) < (table.keys[j], j) ? (i, j) : (j, i)
        width = Int32(table.categoryCounts[y])
        let (cellCount, isTooLarge) = table.categoryCounts[x].multipliedReportingOverflow(
            by: table.categoryCounts[y])
        guard !isTooLarge, cellCount <= 1 << 22 else { return nil }
        cells = [Int32](repeating: 0, count: cellCount)
        weighted = (0...max(1, table.sampleCount)).map { Self.weighted($0) }
        let strata = Self.partition(table, by: set)
        var starts = [Int](repeating: 0, count: strata.counts.count + 1)
        for (stratum, count) in strata.counts.enumerated() { starts[stratum + 1] = starts[stratum] + count }
        var next = starts
        var rows = [Int](repeating: 0, count: table.sampleCount)
        for (row, stratum) in strata.numbers.enumerated() {
            rows[next[stratum]] = row
            next[stratum] += 1
        }
        for stratum in strata.counts.indices {
            let members = rows[starts[stratum]..<starts[stratum + 1]]
            let (ofX, ofY) = (members.map { table.codes[x][$0] }, members.map { table.codes[y][$0] })
            guard ofX.contains(where: { $0 != ofX[0] }), ofY.contains(where: { $0 != ofY[0] }) else {
                continue
            }
            permuted += ofX
            fixed += ofY
            bounds.append(permuted.count)
        }
        guard bounds.count > 1 else { return nil }
    }

    /// Permutes the one variable within each stratum.
    mutating func shuffle(_ randomness: inout QuestionRandomness) {
        permuted.withUnsafeMutableBufferPointer { permuted in
            for stratum in 1..<bounds.count {
                randomness.shuffle(
                    UnsafeMutableBufferPointer(rebasing: permuted[bounds[stratum - 1]..<bounds[stratum]]))
            }
        }
    }

    /// `Σ n_xyz ln n_xyz`, the only term of the information that a permutation changes.
    mutating func jointTerm() -> Double {
        var sum = 0.0
        cells.withUnsafeMutableBufferPointer { cells in
            for stratum in 1..<bounds.count {
                let samples = bounds[stratum - 1]..<bounds[stratum]
                for sample in samples { cells[Int(permuted[sample] * width + fixed[sample])] += 1 }
                for sample in samples {
                    let cell = Int(permuted[sample] * width + fixed[sample])
                    guard cells[cell] > 0 else { continue }
                    sum += weighted[Int(cells[cell])]
                    cells[cell] = 0
                }
            }
        }
        return sum
    }

    /// The plug-in estimate of the conditional mutual information, in nats.
    static func information(_ table: CategoryTable, _ i: Int, _ j: Int, given set: [Int]) -> Double {
        func term(_ variables: [Int]) -> Double {
            partition(table, by: variables).counts.reduce(0) { $0 + weighted($1) }
        }
        let sum = term(set + [i, j]) + term(set) - term(set + [i]) - term(set + [j])
        return max(0, sum / Double(max(1, table.sampleCount)))
    }

    private static func weighted(_ count: Int) -> Double {
        count > 1 ? Double(count) * log(Double(count)) : 0
    }

    /// Numbers the combinations of values of some variables by their first samples, whatever the variables' order.
    private static func partition(_ table: CategoryTable, by variables: [Int]) -> (
        numbers: [Int], counts: [Int]
    ) {
        var numbers = [Int](repeating: 0, count: table.sampleCount)
        var count = min(1, table.sampleCount)
        for variable in variables {
            var known: [Int: Int] = [:]
            let radix = table.categoryCounts[variable]
            for (row, code) in table.codes[variable].enumerated() {
                // Both factors are at most the number of samples, which is below 2³¹.
                let combination = numbers[row] * radix + Int(code)
                let number = known[combination] ?? known.count
                known[combination] = number
                numbers[row] = number
            }
            count = known.count
        }
        var counts = [Int](repeating: 0, count: count)
        for number in numbers { counts[number] += 1 }
        return (numbers, counts)
    }
}
