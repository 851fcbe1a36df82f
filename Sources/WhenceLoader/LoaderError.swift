internal import WhenceTensor

/// What went wrong while a model folder, a weights file or a tokenizer was read, or a result was written.
public enum LoaderError: Error, Sendable, Hashable {
    /// A file or folder that has to be there is not.
    case missing(path: String, what: String, hint: String)
    /// A file is there, but may not be read.
    case unreadable(path: String, reason: String)
    /// A file is there, but its content is wrong: what was expected, and what was found where.
    case invalid(path: String, place: String, expected: String, found: String, hint: String)
    /// The names given for a classifier's classes are not names for the classes that it has.
    case labels(path: String, expected: String, found: String, hint: String)
    /// A C library failed; `code` is its own.
    case library(path: String, operation: String, code: Int, message: String)
    /// The folder's architecture is not one that Whence knows.
    case unsupported(path: String, found: String, known: [String])
    /// The text given cannot be tokenized.
    case text(reason: String)
    /// A result cannot be written.
    case unwritable(path: String, reason: String)
    /// The system has no room for so many bytes more.
    case memory(bytes: Int)
}

extension LoaderError: CustomStringConvertible {
    /// One sentence: what happened, where, and what to try.
    public var description: String {
        switch self {
        case .missing(let path, let what, let hint):
            "\(path): \(what) is missing. \(hint)"
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason)."
        case .invalid(let path, let place, let expected, let found, let hint):
            "\(path): \(place): expected \(expected), found \(found). \(hint)"
        case .labels(let path, let expected, let found, let hint):
            "\(path): labels: expected \(expected), found \(found). \(hint)"
        case .library(let path, let operation, let code, let message):
            "\(path): \(operation) failed (code \(code)): \(message)\(message.hasSuffix(".") ? "" : ".")"
        case .unsupported(let path, let found, let known):
            "\(path): \(found) is not supported. Whence reads: \(known.joined(separator: ", "))."
        case .text(let reason):
            reason
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)."
        case .memory(let bytes):
            TensorError.memory(bytes: bytes).description
        }
    }
}
