import ArgumentParser
import Whence

/// The test of independence that a search asks, and its settings.
struct DiscoverTest: ParsableArguments {
    /// The tests by name.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case fisherZ = "fisher-z"
        case gSquared = "g2"
        case chiSquared = "chi2"
        case categoricalInformation = "cmi"
        case neighbourInformation = "cmi-knn"

        /// Whether each value of a column is a category.
        var takesCategories: Bool {
            switch self {
            case .fisherZ, .neighbourInformation: false
            case .gSquared, .chiSquared, .categoricalInformation: true
            }
        }

        /// Whether the test permutes.
        var permutes: Bool { self == .categoricalInformation || self == .neighbourInformation }
    }

    @Option(
        name: .long,
        help: """
            Test for --data: fisher-z (numbers, linear), g2 or chi2 (categories), cmi (categories, permutation test of \
            mutual information), cmi-knn (numbers, any dependence, slow).
            """)
    var test = Name.fisherZ

    @Option(name: .long, parsing: .unconditional, help: "Significance level of the tests.")
    var alpha = 0.01

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Samples that g2 and chi2 need for a degree of freedom.", valueName: "n"))
    var samplesPerDegree: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Permutations of cmi and cmi-knn (default: 499).", valueName: "n"))
    var permutations: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Seed of the permutations (default: 0).", valueName: "n"))
    var seed: UInt64?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Neighbour of cmi-knn (default: a fifth of the samples).", valueName: "k"))
    var neighbours: Int?

    func validate() throws {
        if !(alpha > 0 && alpha < 1) { throw ValidationError("--alpha has to lie between 0 and 1.") }
        let isContingency = test == .gSquared || test == .chiSquared
        if let samplesPerDegree {
            guard isContingency else {
                throw ValidationError("--samples-per-degree goes with --test g2 or chi2.")
            }
            guard samplesPerDegree >= 1, samplesPerDegree.isFinite else {
                throw ValidationError("--samples-per-degree has to be 1 or more.")
            }
        }
        if let permutations {
            guard test.permutes else {
                throw ValidationError("--permutations goes with --test cmi or cmi-knn.")
            }
            guard (1...1_000_000).contains(permutations) else {
                throw ValidationError("--permutations has to lie between 1 and 1,000,000.")
            }
        }
        if test.permutes, Double(permutation.permutations + 1) * alpha < 1 {
            throw ValidationError(
                "\(permutation.permutations.counted("permutation")) cannot give a p-value of \(alpha) or less; "
                    + "give more with --permutations.")
        }
        if neighbours != nil, test != .neighbourInformation {
            throw ValidationError("--neighbours goes with --test cmi-knn.")
        }
        if let neighbours, neighbours < 1 { throw ValidationError("--neighbours has to be 1 or more.") }
    }

    private var permutation: PermutationTest {
        PermutationTest(permutations: permutations ?? PermutationTest().permutations, seed: seed ?? 0)
    }

    /// The test of numbers.
    ///
    /// - Throws: `ValidationError` for a neighbour that these samples do not have, `DiscoveryError`.
    func test(of samples: SampleTable) throws -> any IndependenceTest {
        guard test == .neighbourInformation else { return try FisherZTest(samples, alpha: alpha) }
        if let neighbours, neighbours >= samples.sampleCount {
            throw ValidationError(
                "--neighbours has to be less than the \(samples.sampleCount.counted("sample")).")
        }
        return try NearestNeighbourInformationTest(
            samples, alpha: alpha, neighbour: neighbours, permutation: permutation)
    }

    /// The test of categories.
    func test(of categories: CategoryTable) throws -> any IndependenceTest {
        if test == .categoricalInformation {
            return try CategoricalInformationTest(categories, alpha: alpha, permutation: permutation)
        }
        return try ContingencyTest(
            categories, statistic: test == .chiSquared ? .chiSquared : .gSquared, alpha: alpha,
            samplesPerDegreeOfFreedom: samplesPerDegree ?? 5)
    }
}
