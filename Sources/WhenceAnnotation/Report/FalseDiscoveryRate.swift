/// Many tests at once.
enum FalseDiscoveryRate {
    /// The q-value of each test: the smallest share of false findings at which it is one.
    ///
    /// `q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ · m / j`, at most 1.
    /// - Parameters:
    ///   - pValues: one a test, in any order.
    ///   - count: `m`, if there are more tests: all others have p-values of 1.
    /// - Complexity: O(m log m).
    /// - Note: Benjamini and Hochberg 1995, *Controlling the false discovery rate*.
    static func qValues(_ pValues: [Double], of count: Int? = nil) -> [Double] {
        let count = Double(max(count ?? 0, pValues.count))
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var qValues = Array(repeating: 1.0, count: pValues.count)
        var smallest = 1.0
        for (rank, test) in order.enumerated().reversed() {
            smallest = min(smallest, pValues[test] * count / Double(rank + 1))
            qValues[test] = smallest
        }
        return qValues
    }
}
