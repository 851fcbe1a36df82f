public import ArgumentParser
public import Whence

extension DiscoveryAlgorithmName: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension TokenizerChoice: ExpressibleByArgument {}
extension NodeKind: ExpressibleByArgument {
    /// What can be asked for on the command line.
    public static var allValueStrings: [String] { ofTexts.map(\.rawValue) }
}
extension Replacement: ExpressibleByArgument {}
extension CovarianceEstimator: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
extension SeparatingSetRule: ExpressibleByArgument {}
extension ColliderRule: ExpressibleByArgument {}

extension HeadChoice: ExpressibleByArgument {
    /// Reads `each`, `pooled`, or head numbers with commas.
    public init?(argument: String) {
        switch argument {
        case "each": self = .each
        case "pooled": self = .pooled
        default:
            let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            let heads = numbers.compactMap { $0 }
            guard heads.count == numbers.count, heads.allSatisfy({ $0 >= 0 }), Set(heads).count == heads.count
            else { return nil }
            self = .only(heads)
        }
    }
}

/// The library's defaults are the command line's.
private let defaults = ExplanationSettings()

/// How attention becomes a graph.
struct GraphOptions: ParsableArguments {
    @Option(name: .long, help: "Discovery algorithm: icd (few tests) or fci; both give FCI's graph.")
    var algorithm = defaults.algorithm

    @Option(name: .long, parsing: .unconditional, help: "Significance level of the independence tests.")
    var alpha = defaults.alpha

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Samples the tests assume (default: the model's hidden size).", valueName: "n"))
    var samples: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Heads: each, pooled, or numbers such as 0,3.", valueName: "heads"))
    var heads = defaults.heads

    @Option(name: .long, help: "Covariance from attention (A·Aᵀ) or from context (the attention's output).")
    var estimator = defaults.estimator

    @Flag(name: .long, help: "Allow selection bias in the graph (edges --- and o--).")
    var selectionBias = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Largest conditioning set (default: no bound).", valueName: "k"))
    var maxConditioningSize: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Most independence tests a graph.", valueName: "n"))
    var maxCiTests = ExplanationSettings.defaultMaximumTests

    /// Puts the choices into settings.
    func apply(to settings: inout ExplanationSettings) {
        settings.algorithm = algorithm
        settings.alpha = alpha
        settings.samples = samples
        settings.heads = heads
        settings.estimator = estimator
        settings.selectionBias = selectionBias
        settings.maximumConditioningSize = maxConditioningSize
        settings.maximumTests = maxCiTests
    }
}

/// What the nodes of a text's graph are.
struct NodeOptions: ParsableArguments {
    @Option(name: .long, help: "Nodes of the graph: words or tokens.")
    var nodes = defaults.nodes

    @Flag(name: .long, help: "Leave out words made of punctuation only.")
    var skipPunctuation = false

    /// Puts the choices into settings.
    func apply(to settings: inout ExplanationSettings) {
        settings.nodes = nodes
        settings.skipPunctuation = skipPunctuation
    }
}

/// How explanations are searched and verified.
struct SearchOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Largest set of words or items tried as an explanation.", valueName: "k"))
    var maxSetSize = defaults.maximumSetSize

    @Option(
        name: .long,
        help:
            "What takes the place of a word or item: mask, pad, delete or unknown (default: mask, where the model has it)."
    )
    var replacement: Replacement?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Test every set up to this size, also those no graph leads to.", valueName: "k"))
    var exhaustive = defaults.exhaustiveSetSize

    @Flag(name: .long, help: "Go on to larger sets after the smallest that explain.")
    var allSizes = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Most forward passes of the model.", valueName: "n"))
    var maxForward = defaults.maximumForwardPasses

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Stop after this time, with what is found by then.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Accepted by every command; an explanation involves no chance.", valueName: "n"))
    var seed: UInt64?

    /// Puts the choices into settings.
    func apply(to settings: inout ExplanationSettings) {
        settings.maximumSetSize = maxSetSize
        settings.replacement = replacement
        settings.exhaustiveSetSize = exhaustive
        settings.allSizes = allSizes
        settings.maximumForwardPasses = maxForward
        settings.timeLimit = timeLimit
    }
}
