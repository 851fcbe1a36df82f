import ArgumentParser
import Foundation
import Whence

/// The only place that turns errors into text and exit codes.
enum Diagnostics {
    /// The exit codes of the command line, as `sysexits.h` numbers them.
    enum Code: Int32 {
        case usage = 64
        case badData = 65
        case missingInput = 66
        case ourFault = 70
        case cannotWrite = 73
        case interrupted = 130
        /// By SIGTERM.
        case terminated = 143
    }

    /// Ends the program with one sentence on the standard error and the right exit code.
    static func exit(_ error: any Error) -> Never {
        guard let code = code(of: error) else {
            // Help, version and usage errors have texts and codes of their own.
            WhenceCommand.exit(withError: error)
        }
        var message = "\(error)"
        if error is CancellationError { message = "Interrupted." }
        if code == .ourFault {
            message += "\nThis is a fault of Whence, not of your input; please report it with the command."
        }
        note(message)
        Foundation.exit(code.rawValue)
    }

    /// Ends the program when its result is written. The system takes memory back at once that would be given back piece
    /// by piece if what holds it went first.
    static func succeed(keeping holder: some Any) -> Never {
        withExtendedLifetime(holder) { Foundation.exit(0) }
    }

    /// Writes one line, or a message's few, to the standard error; what files call things cannot steer a terminal.
    static func note(_ message: String) {
        StandardError.write("whence: \(message.escapedByLine)\n")
    }

    private static func code(of error: any Error) -> Code? {
        switch error {
        case let error as LoaderError: error.code
        case let error as ExplanationError: error.code
        case let error as AnnotationError: error.code
        case let error as InferenceError: error.code
        case let error as RenderingError: error.code
        case let error as LaboratoryError: error.code
        case is OutputError: .cannotWrite
        // Thrown by a command that runs; the parser would name the usage of the program instead of the command's.
        case is ValidationError: .usage
        case is TextInput.NotText, is DiscoverInputError, is HistoryError, is BadRow: .badData
        case is CancellationError, is TrainingInterrupted, is SweepInterrupted, is MeasurementInterrupted:
            .interrupted
        case let error as AnnotationInterrupted: error.signal == SIGTERM ? .terminated : .interrupted
        case TensorError.threads: .usage
        case TensorError.memory: .badData
        case is DiscoveryError, is TensorError: .ourFault
        default: nil
        }
    }
}

extension LoaderError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .missing, .unreadable: .missingInput
        case .invalid, .library, .unsupported, .text, .memory: .badData
        // Typed by the user, as heads and numbers are that the model does not have.
        case .labels: .usage
        case .unwritable: .cannotWrite
        }
    }
}

extension ExplanationError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .noWords, .emptyHistory, .noSuchItem, .nothingLeft, .noClassifier, .noSingleLabel,
            .noRecommender,
            .constantNode:
            .badData
        case .noSuchHead, .noSuchNodes, .noReplacementToken, .setting: .usage
        }
    }
}

extension AnnotationError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .missing, .unreadable: .missingInput
        case .line, .empty, .format, .unknownUser, .anotherRun: .badData
        case .unwritable: .cannotWrite
        case .outputIsInput: .usage
        }
    }
}

extension InferenceError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .unknownToken, .unknownTokenType, .notFinite, .tooLarge, .modelTooLarge: .badData
        case .emptyInput, .tooLong, .tokenTypesMismatch, .noSuchPosition, .positionsMismatch: .ourFault
        }
    }
}

extension RenderingError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .severalGraphs, .noGraph, .graphFormat: .usage
        case .malformed, .unknownSchema, .graphFile, .unwritable: .badData
        case .notFinite, .inconsistent: .ourFault
        }
    }
}

extension LaboratoryError {
    fileprivate var code: Diagnostics.Code {
        switch self {
        case .setting, .threads, .memory: .usage
        case .parentAfterChild, .repeatedParent, .cycle, .graphFile, .graph, .checkpoint, .diverged:
            .badData
        case .batch: .ourFault
        }
    }
}
