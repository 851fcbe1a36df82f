/// Everything that a calibration follows from.
public struct CalibrationSettings: Sendable, Hashable, Codable {
    /// The families of graphs.
    public var families = CalibrationFamily.allCases
    /// Transformers of each family, trained with the seeds 0, 1, …
    public var seeds = 5
    /// Steps of each training.
    public var steps = 1 << 12
    /// Sequences of a step.
    public var batchSize = 1024
    /// Fresh sequences over which the interpreter runs for each transformer.
    public var sequences = 32
    /// Different tokens.
    public var vocabulary = 3
    /// Positions, hidden ones and the question included.
    public var length = 16
    /// Level of the independence tests.
    public var alpha = 0.01
    /// Samples that the independence tests count with; nil for the width of the residual stream that enters the
    /// layer, which stands for the hidden size.
    public var samples: Int?
    /// Independence tests of a graph after which the search stops with the graph so far; how often is counted.
    public var testLimit = 20_000
    /// Samples of seeds for the intervals.
    public var resamples = 2000

    /// The defaults.
    public init() {}

    /// - Throws: `setting` for whatever is out of range.
    func check() throws(LaboratoryError) {
        func require(_ holds: Bool, _ name: String, _ value: some Any, _ expected: String)
            throws(LaboratoryError)
        {
            guard holds else { throw .setting(name: name, value: "\(value)", expected: expected) }
        }
        try require(!families.isEmpty, "the number of families", 0, "1 or more")
        try require(
            Set(families).count == families.count, "the families",
            families.map(\.rawValue).joined(separator: ", "), "each once")
        try require((1...1000).contains(seeds), "the seeds", seeds, "1 to 1000")
        try require((1...100_000).contains(sequences), "the sequences", sequences, "1 to 100000")
        try require((5...64).contains(length), "the length of a sequence", length, "5 to 64 positions")
        try require(alpha > 0 && alpha < 1, "alpha", alpha, "a number between 0 and 1")
        try require(samples ?? 4 >= 4, "the samples", samples ?? 4, "4 or more")
        try require(testLimit >= 1, "the limit on independence tests", testLimit, "1 or more")
        try require(
            (1...1_000_000).contains(resamples), "the samples of seeds", resamples, "1 to 1000000")
        for family in families {
            let task = try family.task(vocabulary: vocabulary, length: length, seed: 0)
            _ = try family.training(task, steps: steps, batchSize: batchSize, seed: 0)
        }
    }
}
