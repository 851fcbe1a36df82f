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

    /// Writes one line to the standard error.
    static func note(_ message: String) {
        FileHandle.standardError.write(Data("whence: \(message)\n".utf8))
    }

    private static func code(of error: any Error) -> Code? {
        switch error {
        case let error as LoaderError: code(of: error)
        case let error as ExplanationError: code(of: error)
        case let error as AnnotationError: code(of: error)
        case let error as InferenceError: code(of: error)
        case is OutputError: .cannotWrite
        case is TextInput.NotText: .badData
        case is CancellationError: .interrupted
        case is DiscoveryError, is RenderingError, is TensorError: .ourFault
        default: nil
        }
    }

    private static func code(of error: LoaderError) -> Code {
        switch error {
        case .missing: .missingInput
        case .unreadable, .invalid, .library, .unsupported, .text: .badData
        case .unwritable: .cannotWrite
        }
    }

    private static func code(of error: ExplanationError) -> Code {
        switch error {
        case .noWords, .noClassifier, .constantNode: .badData
        case .noSuchHead, .noReplacementToken, .setting: .usage
        }
    }

    private static func code(of error: AnnotationError) -> Code {
        switch error {
        case .missing: .missingInput
        case .unreadable, .line, .empty: .badData
        }
    }
}
