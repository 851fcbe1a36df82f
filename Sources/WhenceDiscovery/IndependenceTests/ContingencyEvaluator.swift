#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Counts tables and compares them with independence; its tables are reused from question to question.
///
/// A sample's place in the tables is the mixed-radix number `(((s₁·r₂ + s₂)·…)·r_i + x_i)·r_j + x_j`. The tables are
/// small: a test is possible only when they have at most a few cells for each sample.
final class ContingencyEvaluator {
    private let test: ContingencyTest
    private var places: [Int32]
    private var cells: [Int32] = []
    private var rowTotals: [Double] = []
    private var columnTotals: [Double] = []

    init(_ test: ContingencyTest) {
        self.test = test
        places = [Int32](repeating: 0, count: test.table.sampleCount)
    }

    func outcome(_ a: Int, _ b: Int, given set: [Int]) -> IndependenceOutcome {
        let (i, j) = (min(a, b), max(a, b))
        let impossible = IndependenceOutcome(pValue: 0, isIndependent: false, isDegenerate: true)
        guard test.degreesOfFreedom(i, j, given: set) != nil else { return impossible }
        let counts = test.table.categoryCounts
        count(set + [i, j])
        var (distance, degrees) = (0.0, 0)
        let tableSize = counts[i] * counts[j]
        for first in stride(from: 0, to: cells.count, by: tableSize) {
            add(first, rows: counts[i], columns: counts[j], to: &distance, &degrees)
        }
        guard degrees > 0 else { return impossible }
        let pValue = ChiSquaredDistribution.upperTail(max(0, distance), degreesOfFreedom: degrees)
        return IndependenceOutcome(pValue: pValue, isIndependent: pValue > test.alpha)
    }

    /// Fills `cells` with the numbers of samples in the cells of the tables over the variables.
    private func count(_ variables: [Int]) {
        let table = test.table
        var size = 1
        for (position, variable) in variables.enumerated() {
            let radix = Int32(table.categoryCounts[variable])
            size *= table.categoryCounts[variable]
            table.codes[variable].withUnsafeBufferPointer { codes in
                places.withUnsafeMutableBufferPointer { places in
                    if position == 0 {
                        for row in places.indices { places[row] = codes[row] }
                    } else {
                        for row in places.indices { places[row] = places[row] &* radix &+ codes[row] }
                    }
                }
            }
        }
        cells.removeAll(keepingCapacity: true)
        cells.append(contentsOf: repeatElement(0, count: size))
        cells.withUnsafeMutableBufferPointer { cells in
            places.withUnsafeBufferPointer { places in
                for place in places { cells[Int(place)] &+= 1 }
            }
        }
    }

    /// Adds the distance from independence of one table, and its degrees of freedom.
    private func add(
        _ first: Int, rows: Int, columns: Int, to distance: inout Double, _ degrees: inout Int
    ) {
        rowTotals.removeAll(keepingCapacity: true)
        columnTotals.removeAll(keepingCapacity: true)
        columnTotals.append(contentsOf: repeatElement(0, count: columns))
        var total = 0.0
        for row in 0..<rows {
            var sum = 0.0
            for column in 0..<columns {
                let count = Double(cells[first + row * columns + column])
                sum += count
                columnTotals[column] += count
            }
            rowTotals.append(sum)
            total += sum
        }
        guard total > 0 else { return }
        degrees += (rowTotals.count { $0 > 0 } - 1) * (columnTotals.count { $0 > 0 } - 1)
        for row in 0..<rows where rowTotals[row] > 0 {
            for column in 0..<columns where columnTotals[column] > 0 {
                let expected = rowTotals[row] * columnTotals[column] / total
                let count = Double(cells[first + row * columns + column])
                switch test.statistic {
                case .gSquared: if count > 0 { distance += 2 * count * log(count / expected) }
                case .chiSquared: distance += (count - expected) * (count - expected) / expected
                }
            }
        }
    }
}
