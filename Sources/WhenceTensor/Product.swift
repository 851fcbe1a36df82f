internal import COneDNN

/// A compiled product of fixed extents, ready to run on any rows and any weights of those extents.
///
/// Belongs to one `ComputeContext`: its memory objects are pointed at other data at every run.
final class Product {
    /// What decides which kernel fits.
    struct Key: Hashable {
        var rowCount: Int
        var depth: Int
        var columnCount: Int
        var layout: PackedMatrix.Layout
        var hasBias: Bool
        var epilogue: ProductEpilogue
    }

    /// Floats of scratch that a run needs.
    let scratchCount: Int

    private let shapes: [[Int]]
    private var primitive: dnnl_primitive_t?
    private var source: dnnl_memory_t?
    private var result: dnnl_memory_t?
    private var scratchpad: dnnl_memory_t?

    /// Compiles the kernel; 0.1 to 0.4 ms for the first time in a process, 0.02 ms later.
    init(_ key: Key, weights: PackedMatrix) throws(TensorError) {
        let plan = try ProductDescription(
            rowCount: key.rowCount, depth: key.depth, columnCount: key.columnCount,
            weights: weights.description, hasBias: key.hasBias, epilogue: key.epilogue)
        shapes = plan.shapes
        var scratchDescription = try plan.memoryDescription(dnnl_query_scratchpad_md)
        let byteCount = dnnl_memory_desc_get_size(&scratchDescription)
        scratchCount = (byteCount + 3) / 4

        var sourceDescription = try dnnl_memory_desc_t.matrix(key.rowCount, key.depth, tag: dnnl_ab)
        var resultDescription = try dnnl_memory_desc_t.matrix(key.rowCount, key.columnCount, tag: dnnl_ab)
        let engine = try OneDNN.engine()
        let nothing: UnsafeMutableRawPointer? = nil
        try OneDNN.check("compiling a product", shapes, dnnl_primitive_create(&primitive, plan.handle))
        try OneDNN.check(
            "compiling a product", shapes, dnnl_memory_create(&source, &sourceDescription, engine, nothing))
        try OneDNN.check(
            "compiling a product", shapes, dnnl_memory_create(&result, &resultDescription, engine, nothing))
        try OneDNN.check(
            "compiling a product", shapes,
            dnnl_memory_create(&scratchpad, &scratchDescription, engine, nothing))
    }

    deinit {
        dnnl_primitive_destroy(primitive)
        dnnl_memory_destroy(source)
        dnnl_memory_destroy(result)
        dnnl_memory_destroy(scratchpad)
    }

    /// Runs the kernel and waits for it.
    func run(
        _ rows: UnsafeMutablePointer<Float>, _ weights: PackedMatrix,
        into target: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, on stream: dnnl_stream_t?
    ) throws(TensorError) {
        try OneDNN.check("a product", shapes, dnnl_memory_set_data_handle(source, rows))
        try OneDNN.check("a product", shapes, dnnl_memory_set_data_handle(result, target))
        try OneDNN.check("a product", shapes, dnnl_memory_set_data_handle(scratchpad, scratch))
        let status = withUnsafeTemporaryAllocation(of: dnnl_exec_arg_t.self, capacity: 5) { arguments in
            arguments[0] = dnnl_exec_arg_t(arg: DNNL_ARG_SRC, memory: source)
            arguments[1] = dnnl_exec_arg_t(arg: DNNL_ARG_WEIGHTS, memory: weights.memory)
            arguments[2] = dnnl_exec_arg_t(arg: DNNL_ARG_DST, memory: result)
            arguments[3] = dnnl_exec_arg_t(arg: DNNL_ARG_SCRATCHPAD, memory: scratchpad)
            arguments[4] = dnnl_exec_arg_t(arg: DNNL_ARG_BIAS, memory: weights.biasMemory)
            let count: Int32 = weights.biasMemory == nil ? 4 : 5
            return dnnl_primitive_execute(primitive, stream, count, arguments.baseAddress)
        }
        try OneDNN.check("a product", shapes, status)
        try OneDNN.check("a product", shapes, dnnl_stream_wait(stream))
    }
}
