internal import WhenceDiscovery

/// Samples of users drawn with replacement, for intervals of what is measured on them.
/// - Note: Efron and Tibshirani 1993, *An introduction to the bootstrap*, §13.3.
struct Resampling {
    /// The number of users.
    var users: Int
    /// How many samples are drawn.
    var samples: Int
    /// The same seed draws the same users.
    var seed: UInt64

    private static let level = 0.95

    /// Calls `body` with every sample: as many users as there are.
    func forEach(_ body: ([Int]) throws -> Void) throws {
        var generator = SplitMix64(seed: seed)
        var drawn = Array(repeating: 0, count: users)
        for _ in 0..<samples {
            try Task.checkCancellation()
            for place in drawn.indices {
                // The high half of the product: uniform but for one part in 2⁶⁴ a user.
                drawn[place] = Int(generator.next().multipliedFullWidth(by: UInt64(users)).high)
            }
            try body(drawn)
        }
    }

    /// The ends that 95 % of the values lie between; none of no values.
    static func interval(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return [] }
        return [(1 - level) / 2, (1 + level) / 2].map { share in
            // Between the two nearest values, as numpy's `quantile` does.
            let place = share * Double(last)
            let below = Int(place)
            let above = min(below + 1, last)
            return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
        }
    }
}
