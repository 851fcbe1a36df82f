import ArgumentParser
import Whence

struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Causal discovery alone: from samples, correlations, attention, or a known graph.",
        discussion: """
            Examples:
              whence discover --data samples.csv
              whence discover --data survey.csv --test g2 --alpha 0.05
              whence discover --correlation corr.csv --samples 500 --algorithm fci
              whence discover --attention head.csv --samples 768 --algorithm ordered-icd
              whence discover --data samples.csv --trust --alpha-sweep 0.001,0.01,0.05
              whence discover --data samples.csv --format dot | dot -Tsvg -o graph.svg
              whence discover --oracle dag.json --selection-bias --format json

            Samples are a CSV file with a header, one row a sample. A matrix is a square CSV file, with or without a \
            header. A known graph is a DAG as JSON, \
            {"nodes": [...], "latents": [...], "selection": [...], "edges": [["A", "B"], ...]}: tests are answered by \
            m-separation, and the result is the graph that perfect data would give. - is the standard input.

            Ctrl-C ends the search and prints the graph so far; a second one ends the program.
            """
    )

    @OptionGroup(title: "Input") var input: DiscoverInput
    @OptionGroup(title: "Tests of independence") var test: DiscoverTest
    @OptionGroup(title: "Search") var search: DiscoverSearch

    @Option(name: .long, help: "Output.")
    var format = DiscoverFormat.text

    @Flag(
        name: .long,
        help:
            "In text, say how near each edge came to being removed, what set its marks, and what separates the rest."
    )
    var trust = false

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if search.alphaSweep != nil, input.oracle != nil || test.test.permutes {
            throw ValidationError(
                "--alpha-sweep goes with --test fisher-z, g2 and chi2, whose p-values hold at every level.")
        }
        if trust, case .graph = format {
            throw ValidationError(
                "--trust goes with --format text; json holds the trust in edges without it.")
        }
        if input.data == nil, test.test != .fisherZ {
            throw ValidationError(
                "--test \(test.test.rawValue) goes with --data; "
                    + (input.oracle != nil
                        ? "an oracle answers by itself." : "a matrix allows fisher-z only."))
        }
    }

    func run() async throws {
        try output.check()
        let progress = ProgressLine(isShown: !quiet)
        defer { progress.clear() }
        let question = try DiscoverQuestion(input, test, progress: progress)
        let algorithm = try search.algorithm(over: question.names)
        progress.clear()
        if !quiet { notes(on: question).forEach(Diagnostics.note) }
        var graph = DiscoveredGraph(
            algorithm: search.algorithm.rawValue, test: question.testName, alpha: question.alpha,
            samples: question.samples, nodes: question.names,
            result: try await DiscoverRun.result(of: algorithm, on: question.test, progress: progress))
        var isInterrupted = graph.result.stoppedBy == .cancellation
        if let sweep = search.alphaSweep, let test = question.test as? any SignificanceTest, !isInterrupted {
            do {
                graph.sweep = try await DiscoverRun.sweep(
                    algorithm, over: sweep.levels, on: test, progress: progress)
            } catch is CancellationError {
                isInterrupted = true
                progress.clear()
                Diagnostics.note(
                    "Interrupted before all levels of --alpha-sweep were searched: none is counted.")
            }
        }
        progress.clear()
        try output.write(format.text(of: graph, hasTrust: trust))
        if !quiet, graph.result.stoppedBy != nil, case .graph = format {
            graph.meaning.forEach(Diagnostics.note)
        }
        if isInterrupted { throw ExitCode(Diagnostics.Code.interrupted.rawValue) }
    }

    private func notes(on question: DiscoverQuestion) -> [String] {
        guard question.isCausalAttention, search.algorithm != .orderedICD else { return question.notes }
        return question.notes + [
            "no row attends to a later one, as in causal models; --algorithm ordered-icd makes use of that order."
        ]
    }
}
