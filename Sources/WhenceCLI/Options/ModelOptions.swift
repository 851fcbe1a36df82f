import ArgumentParser
import Foundation
import Whence

/// Which model a command runs, and on how many cores.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The model's folder (default: the one that comes with Whence for the task).", valueName: "dir"))
    var model: String?

    @Option(name: .long, help: "How weights are kept: fp32, or int8 (faster, a little less exact).")
    var precision = Precision.float32

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Cores to use (default: all).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    func validate() throws { try ThreadCount.validate(threads) }

    /// The path asked for, or that of a task's default model.
    func path(default name: String) throws -> String { try model ?? DefaultModel.path(task: name) }

    /// The recommender asked for, or the default one.
    ///
    /// - Parameter evidence: what its identity has to tell it by.
    func recommender(identifiedBy evidence: ModelIdentity.Evidence = .weights) async throws -> Recommender {
        try await Recommender(
            ModelFolder(at: path(default: "movies")), precision: precision, identifiedBy: evidence)
    }
}

/// How a classifier reads texts, and how its classes are called.
struct LabelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Names of the classes in the order of their numbers, for a model that holds none, as a Keras preset.",
            valueName: "NEG,POS"))
    var labels: String?

    @Option(
        name: .long,
        help: "Which tokenizer of a folder that has two: slow (Python's), or fast (tokenizer.json).")
    var tokenizer = TokenizerChoice.slow

    /// The folder of the classifier asked for, or of the default one.
    func folder(_ options: ModelOptions) throws -> ModelFolder {
        let folder = try ModelFolder(
            at: options.path(default: "sentiment"), labels: labels.map(LabelNames.parse))
        if !folder.hasNamedLabels, !options.quiet {
            Diagnostics.note(
                "The model holds no names of its labels; they are \(LabelNames.summary(folder.configuration.labels)). "
                    + "Name them with --labels, as in --labels NEG,POS.")
        }
        return folder
    }

    /// The classifier in that folder.
    ///
    /// - Parameter evidence: what its identity has to tell it by.
    func classifier(
        _ options: ModelOptions, identifiedBy evidence: ModelIdentity.Evidence = .weights
    ) async throws -> SentimentClassifier {
        try await SentimentClassifier(
            folder(options), precision: options.precision, tokenizer: tokenizer, identifiedBy: evidence)
    }
}

/// Names of classes on the command line.
enum LabelNames {
    /// `NEG,POS` as two names.
    static func parse(_ argument: String) -> [String] {
        argument.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    /// The first few, with commas.
    static func summary(_ names: [String]) -> String {
        names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", … (\(names.count) in all)" : "")
    }
}

/// Finds the models that come with Whence.
enum DefaultModel {
    /// The folder of a default model.
    ///
    /// Looked for in `$WHENCE_MODELS`, then in `models/` and `share/whence/models/` of every folder above the
    /// program, nearest first: the program lies below the checkout it was built in, or in `bin/` of a prefix.
    ///
    /// - Throws: `LoaderError.missing`, naming the places.
    static func path(task name: String) throws -> String {
        var places: [URL] = []
        if let folder = ProcessInfo.processInfo.environment["WHENCE_MODELS"], !folder.isEmpty {
            places.append(URL(filePath: folder))
        } else {
            var folder = executable().deletingLastPathComponent()
            while folder.path != "/" {
                places.append(folder.appending(path: "models"))
                places.append(folder.appending(path: "share/whence/models"))
                folder.deleteLastPathComponent()
            }
        }
        for place in places {
            let candidate = place.appending(path: name)
            if FileManager.default.fileExists(atPath: candidate.appending(path: "config.json").path) {
                return candidate.path
            }
        }
        throw LoaderError.missing(
            path: places.first?.path ?? "models", what: "the default \(name) model",
            hint: "Give a folder with --model, or set WHENCE_MODELS to the folder that holds \(name)/.")
    }

    private static func executable() -> URL {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.path == "/proc/self/exe" ? URL(filePath: CommandLine.arguments[0]) : own
    }
}
