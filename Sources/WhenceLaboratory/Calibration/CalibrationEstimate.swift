internal import WhenceDiscovery

/// The mean of a measure over transformers, and how sure it is.
public struct CalibrationEstimate: Sendable, Hashable, Codable {
    /// The mean.
    public let value: Double
    /// Ends of the 95 % interval: percentiles of the means of samples of the transformers with replacement.
    public let interval: [Double]
    /// Transformers for which the measure is defined.
    public let seeds: Int

    /// Estimates from the value of each transformer.
    ///
    /// - Returns: nil without a value.
    /// - Note: Efron and Tibshirani 1993, *An introduction to the bootstrap*, §13.3.
    init?(_ values: [Double], resamples: Int) {
        guard !values.isEmpty else { return nil }
        var generator = SplitMix64(seed: 0)
        let count = Double(values.count)
        let means = (0..<resamples).map { _ in
            values.indices.reduce(0.0) { sum, _ in
                // The high half of the product: uniform but for one part in 2⁶⁴ a value.
                let drawn = generator.next().multipliedFullWidth(by: UInt64(values.count)).high
                return sum + values[Int(drawn)]
            } / count
        }.sorted()
        value = values.reduce(0, +) / count
        interval = [0.025, 0.975].map { means[Int(($0 * Double(means.count - 1)).rounded())] }
        seeds = values.count
    }
}
