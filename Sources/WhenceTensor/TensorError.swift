/// What went wrong in a kernel.
public enum TensorError: Error, Sendable, Hashable {
    /// A matrix without rows or columns, which nothing can be multiplied by.
    case empty(shape: [Int])
    /// Operands whose extents do not fit each other.
    case mismatch(operation: String, shapes: [[Int]])
    /// The system did not start so many threads.
    case threads(wanted: Int)
    /// The system has no room for so many bytes more.
    case memory(bytes: Int)
}

extension TensorError: CustomStringConvertible {
    /// What happened, with which shapes, and what to try.
    public var description: String {
        switch self {
        case .empty(let shape):
            return "A matrix of shape \(shape) has no elements. The sizes in config.json must be positive."
        case .mismatch(let operation, let shapes):
            let operands = shapes.map { "[\($0.map(String.init).joined(separator: ", "))]" }
            return
                "Shapes do not fit in \(operation): \(operands.joined(separator: " and ")). "
                + "Please report this with the model's config.json."
        case .threads(let wanted):
            return "The system did not start \(wanted) threads. Ask for fewer."
        case .memory(let bytes):
            return
                "There is no memory left for \(bytes >> 10) KiB more. Raise the process's limit of memory, or use a "
                + "smaller model, 8-bit weights or a shorter input."
        }
    }
}
