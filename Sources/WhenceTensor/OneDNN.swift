internal import COneDNN

/// The processor as oneDNN sees it, and the one place where its status codes are read.
enum OneDNN {
    /// The engine of the whole process, made at first use.
    private static let shared = Result<Engine, TensorError> { () throws(TensorError) in
        var engine: dnnl_engine_t?
        try check("the start", [], dnnl_engine_create(&engine, dnnl_cpu, 0))
        return Engine(handle: engine)
    }

    /// The engine that all memory and primitives belong to.
    static func engine() throws(TensorError) -> dnnl_engine_t? {
        try shared.get().handle
    }

    /// Throws `TensorError.library` unless `status` says success.
    static func check(
        _ operation: String, _ shapes: @autoclosure () -> [[Int]], _ status: dnnl_status_t
    ) throws(TensorError) {
        guard status == dnnl_success else {
            throw TensorError.library(operation: operation, code: Int(status.rawValue), shapes: shapes())
        }
    }

    /// `@unchecked Sendable` holds because an engine only describes the device: it is never changed after it was
    /// made, and oneDNN documents its use from several threads as safe.
    private struct Engine: @unchecked Sendable {
        var handle: dnnl_engine_t?
    }
}
