import ArgumentParser
import Whence

struct DiscoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Causal discovery alone, from a correlation matrix or a known graph.",
        discussion: """
            Examples:
              whence discover --correlation corr.csv --samples 500
              whence discover --oracle dag.json --algorithm fci --selection-bias --format json

            A correlation matrix is a square CSV file, with or without a header. A known graph is a DAG as JSON, \
            {"nodes": [...], "latents": [...], "selection": [...], "edges": [["A", "B"], ...]}: tests are answered by \
            m-separation, and the result is the graph that perfect data would give.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(name: .long, help: ArgumentHelp("A correlation matrix.", valueName: "file.csv"))
    var correlation: String?

    @Option(name: .long, help: ArgumentHelp("A DAG that answers the tests.", valueName: "file.json"))
    var oracle: String?

    @Option(name: .long, help: ArgumentHelp("Samples behind the correlations.", valueName: "n"))
    var samples: Int?

    @Option(name: .long, help: "Algorithm: icd or fci.")
    var algorithm = DiscoveryAlgorithmName.icd

    @Option(name: .long, help: "Significance level of the tests.")
    var alpha = 0.01

    @Flag(name: .long, help: "Allow selection bias (edges --- and o--).")
    var selectionBias = false

    @Option(name: .long, help: "Separating set recorded: first (found) or max-p.")
    var separatingSet = SeparatingSetRule.firstFound

    @Option(name: .long, help: ArgumentHelp("Largest conditioning set.", valueName: "k"))
    var maxConditioningSize: Int?

    @Option(name: .long, help: ArgumentHelp("Most independence tests.", valueName: "n"))
    var maxCiTests: Int?

    @Option(name: .long, help: ArgumentHelp("Stop searching after this time.", valueName: "seconds"))
    var timeLimit: Double?

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if (correlation == nil) == (oracle == nil) {
            throw ValidationError("Give either --correlation FILE or --oracle FILE.")
        }
        if correlation != nil, samples == nil {
            throw ValidationError(
                "--correlation needs --samples N: how many samples the correlations come from.")
        }
        if let samples, samples < 4 { throw ValidationError("--samples has to be 4 or more.") }
        if !(alpha > 0 && alpha < 1) { throw ValidationError("--alpha has to lie between 0 and 1.") }
        for (name, value) in [("max-conditioning-size", maxConditioningSize), ("max-ci-tests", maxCiTests)] {
            if let value, value < 0 { throw ValidationError("--\(name) has to be 0 or more.") }
        }
        if let timeLimit, !(timeLimit > 0 && timeLimit < 1e9) {
            throw ValidationError("--time-limit has to be a positive number of seconds.")
        }
    }

    func run() throws {
        try output.check()
        let graph: DiscoveredGraph
        if let oracle {
            let file = try OracleFile(path: oracle)
            graph = DiscoveredGraph(
                algorithm: algorithm.rawValue, alpha: nil, samples: nil, nodes: file.observed,
                result: try discover(file.oracle))
        } else {
            let matrix = try MatrixFile(path: correlation ?? "-")
            let test: FisherZTest
            do {
                test = try FisherZTest(
                    correlation: matrix.elements, nodeCount: matrix.names.count, samples: samples ?? 0,
                    alpha: alpha)
            } catch let error as DiscoveryError {
                throw LoaderError.invalid(
                    path: matrix.path, place: "the matrix", expected: "correlations",
                    found: "\(error)",
                    hint: "Variables and entries count from 0.")
            }
            graph = DiscoveredGraph(
                algorithm: algorithm.rawValue, alpha: alpha, samples: samples, nodes: matrix.names,
                result: try discover(test))
        }
        switch format {
        case .text: try output.write(graph.text())
        case .json: try output.write(graph.json())
        }
    }

    private func discover(_ test: some IndependenceTest) throws -> DiscoveryResult {
        var options = DiscoveryOptions()
        options.selectionBias = selectionBias
        options.separatingSetRule = separatingSet
        options.limits = DiscoveryLimits(
            time: timeLimit.map { .seconds($0) }, tests: maxCiTests, conditioningSize: maxConditioningSize)
        switch algorithm {
        case .icd: return try ICD(options: options).run(test)
        case .fci: return try FCI(options: options).run(test)
        }
    }
}
