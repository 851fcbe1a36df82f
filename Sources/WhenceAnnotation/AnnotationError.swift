/// What is wrong with a data set.
public enum AnnotationError: Error, Sendable, Hashable {
    /// The file cannot be read.
    case unreadable(path: String, reason: String)
    /// The file does not exist.
    case missing(path: String)
    /// A line of the file is not what it has to be; lines count from 1.
    case line(path: String, line: Int, reason: String)
    /// The file has no rows.
    case empty(path: String)
    /// The file or folder is not of a format that is known.
    case format(path: String, reason: String)
    /// The data set has no such user; `examples` are the first that it has.
    case unknownUser(path: String, user: String, count: Int, examples: [String])
    /// The file cannot be written.
    case unwritable(path: String, reason: String)
    /// The file would be written over what is read.
    case outputIsInput(path: String, input: String)
    /// What was begun there cannot be gone on with, because this run is another; one sentence a difference.
    case anotherRun(path: String, differences: [String])
}

extension AnnotationError: CustomStringConvertible {
    /// One sentence: which file, which line, and what is wrong there.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)."
        case .missing(let path): "\(path): there is no such file."
        case .line(let path, let line, let reason): "\(path), line \(line): \(reason)"
        case .empty(let path): "\(path): there are no rows."
        case .format(let path, let reason): "\(path): \(reason)"
        case .unknownUser(let path, let user, let count, let examples):
            "\(path): there is no user \u{201C}\(user)\u{201D} among its \(count); the first are "
                + examples.joined(separator: ", ") + "."
        case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)."
        case .outputIsInput(let path, let input):
            path == input
                ? "\(path): it is the input, and cannot be an output as well. Give the output another name."
                : "\(path): it would be written over what is read (\(input)). Give the output another name or place."
        case .anotherRun(let path, let differences):
            "\(path): this run is not the one that was begun: " + differences.joined(separator: "; ")
                + ". Go on with the command that began it, or start anew with --force."
        }
    }
}
