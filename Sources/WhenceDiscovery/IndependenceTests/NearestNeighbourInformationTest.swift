/// Permutation test of conditional mutual information by nearest neighbours, for numeric variables of any law.
///
/// Every variable is replaced by its ranks. With `ε_t` the distance (largest difference in a coordinate) from sample t
/// to its k-th neighbour among all of (X, Y, Z), and `k_Z(t)` the number of samples, itself included, nearer than
/// `ε_t` in Z alone, and so on,
///
///     I(X; Y | Z) = ψ(k) − mean over t of ( ψ(k_XZ) + ψ(k_YZ) − ψ(k_Z) ),   ψ the digamma function.
///
/// The estimate is compared with those after permuting X among samples that are neighbours in Z: each sample, in random
/// order, takes the value of one of its `shuffleNeighbours` neighbours that no other has taken, as far as there is one.
/// Independent means: the p-value is above `alpha`. Equal values are ranked in an order that chance decides.
///
/// A permutation takes time in proportion to samples²: about 3 ms for 1,000 samples and one member of Z on one core,
/// so a second or two for a dependent pair.
/// - Note: Runge 2018, *Conditional independence testing based on a nearest-neighbor estimator of conditional mutual
///   information*, AISTATS; Frenzel and Pompe 2007, Physical Review Letters 99, for the estimator.
public struct NearestNeighbourInformationTest: IndependenceTest {
    /// Number of samples.
    public let sampleCount: Int
    /// Significance level.
    public let alpha: Double
    /// k, the neighbour that sets the distance.
    public let neighbour: Int
    /// Neighbours in Z, itself among them, from which a sample may take a value.
    public let shuffleNeighbours: Int
    /// Permutations and their seed.
    public let permutation: PermutationTest
    /// `[variables][samples]`, from 0.
    let ranks: [[Int16]]
    let keys: [UInt64]

    /// Makes a test.
    ///
    /// - Parameters:
    ///   - samples: At least 8 samples, and at most 32,767.
    ///   - alpha: Above 0, below 1.
    ///   - neighbour: From 1 to the number of samples less 1; `nil` is a fifth of the samples. Small ones follow fine
    ///     structure, large ones have less variance.
    ///   - shuffleNeighbours: 2 or more.
    ///   - permutation: Permutations and their seed.
    /// - Throws: `DiscoveryError.alpha`, `.testSetting`.
    public init(
        _ samples: SampleTable, alpha: Double = 0.01, neighbour: Int? = nil, shuffleNeighbours: Int = 5,
        permutation: PermutationTest = PermutationTest()
    ) throws {
        try permutation.validate(alpha: alpha)
        let count = samples.sampleCount
        guard (8...Self.largestSampleCount).contains(count) || samples.variableCount == 0 else {
            throw DiscoveryError.testSetting(
                "\(count) samples are out of the range of the nearest-neighbour test, 8 to "
                    + "\(Self.largestSampleCount)")
        }
        let neighbour = neighbour ?? max(1, count / 5)
        guard (1..<max(2, count)).contains(neighbour) else {
            throw DiscoveryError.testSetting(
                "neighbour \(neighbour) is out of range: it has to be 1 or more and less than the \(count) samples"
            )
        }
        guard shuffleNeighbours >= 2 else {
            throw DiscoveryError.testSetting(
                "values cannot be permuted among \(shuffleNeighbours) neighbours; give 2 or more")
        }
        sampleCount = count
        self.alpha = alpha
        self.neighbour = neighbour
        self.shuffleNeighbours = min(shuffleNeighbours, max(2, count))
        self.permutation = permutation
        keys = samples.columns.map { column in
            column.reduce(0) { ContentKey.extend($0, by: ($1 == 0 ? 0 : $1).bitPattern) }
        }
        ranks = zip(samples.columns, keys).map { column, key in
            Self.ranks(column, key: ContentKey.extend(key, by: permutation.seed))
        }
    }

    /// Number of variables.
    public var nodeCount: Int { ranks.count }

    /// Nothing bounds the conditioning set.
    public var maximumConditioningSize: Int? { nil }

    /// Tests `i` and `j` given `set`.
    ///
    /// - Precondition: different variables, `set` without them.
    /// - Complexity: O(samples² · |set| · permutations), fewer permutations for independent pairs.
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        // What is permuted follows the content of the columns, so that their order does not matter.
        let (x, y) = (keys[i], i) < (keys[j], j) ? (i, j) : (j, i)
        let conditions = set.map { ranks[$0] }
        var randomness = QuestionRandomness(
            seed: permutation.seed, pair: (keys[x], keys[y]), set: set.map { keys[$0] })
        let estimate = NeighbourInformation(ranks[y], given: conditions, neighbour: neighbour)
        let observed = estimate.information(with: ranks[x])
        let threshold = observed - 1e-12
        var shuffling = NeighbourShuffling(
            conditions, sampleCount: sampleCount, neighbours: shuffleNeighbours)
        return permutation.outcome(alpha: alpha) {
            let permuted = shuffling.shuffled(ranks[x], &randomness)
            return estimate.information(with: permuted) >= threshold
        }
    }

    /// The estimate of `I(i; j | set)` in nats; it may fall a little below 0.
    ///
    /// - Precondition: different variables, `set` without them.
    public func information(_ i: Int, _ j: Int, given set: [Int]) -> Double {
        NeighbourInformation(ranks[j], given: set.map { ranks[$0] }, neighbour: neighbour).information(
            with: ranks[i])
    }

    /// The most samples whose number 16 bits hold.
    static let largestSampleCount = Int(Int16.max)

    /// The place of each value among the sorted ones; equal ones in an order that the key decides.
    private static func ranks(_ column: [Double], key: UInt64) -> [Int16] {
        let chance = column.indices.map { ContentKey.extend(key, by: UInt64($0)) }
        let order = column.indices.sorted { (column[$0], chance[$0], $0) < (column[$1], chance[$1], $1) }
        var ranks = [Int16](repeating: 0, count: column.count)
        for (rank, row) in order.enumerated() { ranks[row] = Int16(rank) }
        return ranks
    }
}
