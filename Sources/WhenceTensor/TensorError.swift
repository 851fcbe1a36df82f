/// What went wrong in a kernel.
public enum TensorError: Error, Sendable, Hashable {
    /// oneDNN refused or failed: `code` is its `dnnl_status_t`, `shapes` are the operands' extents.
    case library(operation: String, code: Int, shapes: [[Int]])
    /// A matrix without rows or columns, for which oneDNN has no kernel.
    case empty(shape: [Int])
}

extension TensorError: CustomStringConvertible {
    /// One sentence: what happened, with which shapes, and what to try.
    public var description: String {
        switch self {
        case .empty(let shape):
            return "A matrix of shape \(shape) has no elements. The sizes in config.json must be positive."
        case .library(let operation, let code, let shapes):
            let operands = shapes.map { "[\($0.map(String.init).joined(separator: ", "))]" }
            return
                "oneDNN failed at \(operation) of \(operands.joined(separator: " · ")): "
                + "\(Self.meaning(of: code)) (status \(code)). \(Self.hint(for: code))"
        }
    }

    private static func meaning(of code: Int) -> String {
        switch code {
        case 1: "out of memory"
        case 2: "invalid arguments"
        case 3: "no kernel on this machine"
        case 5: "runtime error"
        case 6: "not required"
        default: "unknown failure"
        }
    }

    private static func hint(for code: Int) -> String {
        switch code {
        case 1: "Use shorter or fewer inputs, or a machine with more memory."
        case 3: "Install oneDNN 2.6 (Debian: libdnnl2) for this processor."
        default: "Please report this with the model's config.json."
        }
    }
}
