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

    /// Runs `body` with oneDNN on the calling thread alone, and puts the thread's own setting back.
    ///
    /// `omp_set_num_threads` sets the *nthreads-var* control variable, of which OpenMP keeps one for each thread
    /// of the program (OpenMP 5.0, §2.5.2 and §3.2.1): others are not disturbed.
    static func onOneThread(_ body: () throws(TensorError) -> Void) throws(TensorError) {
        let before = omp_get_max_threads()
        omp_set_num_threads(1)
        defer { omp_set_num_threads(before) }
        try body()
    }

    /// `@unchecked Sendable` holds because an engine only describes the device: it is never changed after it was
    /// made, and oneDNN documents its use from several threads as safe.
    private struct Engine: @unchecked Sendable {
        var handle: dnnl_engine_t?
    }
}

/// A memory object: a description and an address, both someone else's.
final class Memory {
    private(set) var handle: dnnl_memory_t?

    init(
        _ description: dnnl_memory_desc_t, at address: UnsafeMutableRawPointer?, _ operation: String
    ) throws(TensorError) {
        var description = description
        try OneDNN.check(
            operation, description.extents,
            dnnl_memory_create(&handle, &description, OneDNN.engine(), address))
    }

    deinit {
        dnnl_memory_destroy(handle)
    }
}

/// A queue of work for the engine.
final class Stream {
    private(set) var handle: dnnl_stream_t?

    init() throws(TensorError) {
        try OneDNN.check(
            "the start", [],
            dnnl_stream_create(&handle, OneDNN.engine(), dnnl_stream_default_flags.rawValue))
    }

    deinit {
        dnnl_stream_destroy(handle)
    }
}

extension dnnl_memory_desc_t {
    /// A matrix of floats in the order of `tag`.
    static func matrix(
        _ rowCount: Int, _ columnCount: Int, tag: dnnl_format_tag_t
    ) throws(TensorError) -> dnnl_memory_desc_t {
        var description = dnnl_memory_desc_t()
        let extents = [Int64(rowCount), Int64(columnCount)]
        try OneDNN.check(
            "describing a matrix", [[rowCount, columnCount]],
            dnnl_memory_desc_init_by_tag(&description, 2, extents, dnnl_f32, tag))
        return description
    }

    /// The extents of a matrix, for an error.
    var extents: [[Int]] { ndims == 2 ? [[Int(dims.0), Int(dims.1)]] : [] }
}
