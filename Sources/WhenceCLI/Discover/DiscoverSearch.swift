import ArgumentParser
import Whence

/// How the graph is searched for, and within which bounds.
struct DiscoverSearch: ParsableArguments {
    /// The algorithms by name.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        case pc, fci, rfci, icd
        case orderedICD = "ordered-icd"
    }

    @Option(
        name: .long,
        help: """
            icd or fci (hidden common causes allowed, the same graph; icd needs fewer tests), rfci (fewer still, may \
            keep edges that fci removes), ordered-icd (icd along a known causal order), pc (no hidden causes).
            """)
    var algorithm = Name.icd

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The causal order of ordered-icd, causes first: names with commas, a file with a name a line, or natural, "
                + "the order of the columns (default: natural).", valueName: "names"))
    var order: String?

    @Flag(name: .long, help: "Allow selection bias (edges --- and o--).")
    var selectionBias = false

    @Option(
        name: .long,
        help:
            "Separating set recorded: first (found), or max-p, which makes the order of the columns irrelevant."
    )
    var separatingSet = SeparatingSetRule.firstFound

    @Option(
        name: .long,
        help:
            "Colliders by the recorded separating set (plain), or by all that separate (conservative; more tests)."
    )
    var colliderRule = ColliderRule.plain

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Background knowledge in Tetrad's format: tiers, forbidden and required edges.", valueName: "file"
        ))
    var knowledge: String?

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Largest conditioning set.", valueName: "k"))
    var maxConditioningSize: Int?

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Most independence tests.", valueName: "n"))
    var maxCiTests: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Stop after this time, with the graph so far.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Search at these levels too, with limits for each, and say how often each edge is found.",
            valueName: "alpha,…"))
    var alphaSweep: LevelsArgument?

    func validate() throws {
        for (name, value) in [("max-conditioning-size", maxConditioningSize), ("max-ci-tests", maxCiTests)] {
            if let value, value < 0 { throw ValidationError("--\(name) has to be 0 or more.") }
        }
        if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
            throw ValidationError("--time-limit has to be a positive number of seconds, below a billion.")
        }
        if order != nil, algorithm != .orderedICD {
            throw ValidationError("--order goes with --algorithm ordered-icd.")
        }
        if selectionBias, algorithm == .pc || algorithm == .orderedICD {
            throw ValidationError(
                "--selection-bias does not go with \(algorithm.rawValue), which takes selection for absent.")
        }
    }

    /// The algorithm over the named variables.
    ///
    /// - Throws: `ValidationError` or `AnnotationError` for an order that is none of these names, `AnnotationError` or
    ///   `DiscoverInputError` for what is wrong in the background knowledge.
    func algorithm(over names: [String]) throws -> any DiscoveryAlgorithm {
        var options = DiscoveryOptions()
        options.selectionBias = selectionBias
        options.separatingSetRule = separatingSet
        options.colliderRule = colliderRule
        options.knowledge = try knowledge.map { try KnowledgeArgument.read($0, about: names) }
        options.limits = DiscoveryLimits(
            time: timeLimit.map { .seconds($0) }, tests: maxCiTests, conditioningSize: maxConditioningSize)
        return switch algorithm {
        case .pc: PC(options: options)
        case .fci: FCI(options: options)
        case .rfci: RFCI(options: options)
        case .icd: ICD(options: options)
        case .orderedICD: OrderedICD(order: try OrderArgument(order).nodes(of: names), options: options)
        }
    }
}
