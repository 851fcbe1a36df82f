import ArgumentParser

/// What a search for a graph starts from.
struct DiscoverInput: ParsableArguments {
    /// What becomes of a row in which a value is missing.
    enum MissingValues: String, ExpressibleByArgument, CaseIterable { case refuse, drop }

    /// The one input given, with its path.
    enum Source {
        case data(String)
        case correlation(String)
        case attention(String)
        case oracle(String)
    }

    @Option(
        name: .long,
        help: ArgumentHelp("Samples: a header of names, then one row a sample.", valueName: "file.csv"))
    var data: String?

    @Option(name: .long, help: ArgumentHelp("A correlation matrix; needs --samples.", valueName: "file.csv"))
    var correlation: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "An attention matrix A of one head, read as the covariance A·Aᵀ; needs --samples.",
            valueName: "file.csv"))
    var attention: String?

    @Option(name: .long, help: ArgumentHelp("A DAG that answers the tests.", valueName: "file.json"))
    var oracle: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Samples behind a matrix; for attention, the model's hidden size is usual.", valueName: "n"))
    var samples: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What separates fields: a character, tab or space (default: comma, tab for .tsv).",
            valueName: "c"))
    var delimiter: DelimiterArgument?

    @Option(name: .long, help: "Rows of --data with a missing value: refuse or drop.")
    var missing = MissingValues.refuse

    func validate() throws {
        let given = [data, correlation, attention, oracle].count { $0 != nil }
        guard given == 1 else {
            throw ValidationError(
                given == 0
                    ? "Give one of --data, --correlation, --attention and --oracle, with a file; - is the standard input."
                    : "Give only one of --data, --correlation, --attention and --oracle.")
        }
        let isMatrix = correlation != nil || attention != nil
        if isMatrix, samples == nil {
            throw ValidationError(
                correlation != nil
                    ? "--correlation needs --samples N: how many samples the correlations come from."
                    : "--attention needs --samples N: how many samples the tests assume; the model's hidden size is usual."
            )
        }
        if !isMatrix, samples != nil {
            throw ValidationError(
                "--samples goes with --correlation and --attention; "
                    + (data != nil ? "the rows of --data are counted." : "an oracle needs no samples."))
        }
        if let samples, samples < 4 { throw ValidationError("--samples has to be 4 or more.") }
        if data == nil, missing == .drop { throw ValidationError("--missing goes with --data.") }
        if oracle != nil, delimiter != nil {
            throw ValidationError("--delimiter goes with --data, --correlation and --attention.")
        }
    }

    /// The input given.
    var source: Source {
        if let data { return .data(data) }
        if let correlation { return .correlation(correlation) }
        if let attention { return .attention(attention) }
        return .oracle(oracle ?? "-")
    }

    /// The delimiter asked for, or that of the file's name.
    func delimiter(of path: String) -> Character {
        (delimiter ?? .guess(from: path)).character
    }
}
