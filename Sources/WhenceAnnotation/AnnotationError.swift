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
}

extension AnnotationError: CustomStringConvertible {
    /// One sentence: which file, which line, and what is wrong there.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)."
        case .missing(let path): "\(path): there is no such file."
        case .line(let path, let line, let reason): "\(path), line \(line): \(reason)"
        case .empty(let path): "\(path): there are no rows."
        }
    }
}
