internal import COneDNN

/// The right-hand side of products: a matrix `[depth, columns]` and the bias that is added to every row, laid out
/// once in the order in which oneDNN reads it.
///
/// Packing takes one pass over the elements and pays from the first products of a few rows on: unpacked weights
/// are re-ordered inside every call.
///
/// `@unchecked Sendable` holds because everything is written in `init` and only read afterwards; oneDNN documents
/// memory objects that are only read as safe to share.
public final class PackedMatrix: @unchecked Sendable {
    /// Rows of the matrix: the width of what is multiplied by it.
    public let depth: Int
    /// Columns of the matrix: the width of the result.
    public let columnCount: Int

    /// How the elements lie in memory; with the extents it says which kernels fit.
    enum Layout: Hashable {
        case packed
        case transposed
    }

    let layout: Layout
    private(set) var description: dnnl_memory_desc_t
    private(set) var memory: dnnl_memory_t?
    private(set) var biasMemory: dnnl_memory_t?

    private var packed: UnsafeMutableRawPointer?
    private let table: Tensor?
    private let bias: Tensor?

    /// Packs a matrix; the tensor is not kept.
    ///
    /// - Parameters:
    ///   - matrix: `[depth, columns]`.
    ///   - bias: `[columns]`, or none.
    /// - Throws: `TensorError.empty`, or `.library` if oneDNN refuses.
    /// - Complexity: O(depth · columns), on all threads.
    public init(_ matrix: Tensor, bias: Tensor? = nil) throws(TensorError) {
        precondition(matrix.shape.count == 2, "a matrix has two axes, not \(matrix.shape)")
        guard matrix.count > 0 else { throw .empty(shape: matrix.shape) }
        depth = matrix.shape[0]
        columnCount = matrix.shape[1]
        precondition(bias.map { $0.count == matrix.shape[1] } ?? true, "one bias a column")
        layout = .packed
        table = nil
        self.bias = bias
        description = try Self.preferredLayout(depth: depth, columnCount: columnCount, hasBias: bias != nil)
        try allocate()
        try pack(matrix)
        try rememberBias()
    }

    /// Uses the transpose of a table that is kept as it is, such as word embeddings that also decode.
    ///
    /// - Parameters:
    ///   - table: `[columns, depth]`; shared, not copied.
    ///   - bias: `[columns]`, or none.
    /// - Throws: `TensorError.empty`, or `.library` if oneDNN refuses.
    public init(transposing table: Tensor, bias: Tensor? = nil) throws(TensorError) {
        precondition(table.shape.count == 2, "a matrix has two axes, not \(table.shape)")
        guard table.count > 0 else { throw .empty(shape: table.shape) }
        columnCount = table.shape[0]
        depth = table.shape[1]
        precondition(bias.map { $0.count == table.shape[0] } ?? true, "one bias a column")
        layout = .transposed
        self.table = table
        self.bias = bias
        description = try .matrix(depth, columnCount, tag: dnnl_ba)
        memory = try Self.memory(of: description, readingFrom: table)
        try rememberBias()
    }

    deinit {
        dnnl_memory_destroy(memory)
        dnnl_memory_destroy(biasMemory)
        packed?.deallocate()
    }

    private var shapes: [[Int]] { [[depth, columnCount]] }

    /// The order of elements that the kernel for these extents likes best; it is the same for every row count.
    private static func preferredLayout(
        depth: Int, columnCount: Int, hasBias: Bool
    ) throws(TensorError) -> dnnl_memory_desc_t {
        let kernel = try ProductDescription(
            rowCount: 64, depth: depth, columnCount: columnCount,
            weights: .matrix(depth, columnCount, tag: dnnl_format_tag_any), hasBias: hasBias, epilogue: .none)
        return try kernel.memoryDescription(dnnl_query_weights_md)
    }

    private func allocate() throws(TensorError) {
        let byteCount = withUnsafePointer(to: description) { dnnl_memory_desc_get_size($0) }
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 64), alignment: 64)
        packed = bytes
        try OneDNN.check(
            "packing weights", shapes,
            dnnl_memory_create(&memory, &description, OneDNN.engine(), bytes))
    }

    private func pack(_ matrix: Tensor) throws(TensorError) {
        var plain = try dnnl_memory_desc_t.matrix(depth, columnCount, tag: dnnl_ab)
        let source = try Self.memory(of: plain, readingFrom: matrix)
        defer { dnnl_memory_destroy(source) }
        let engine = try OneDNN.engine()
        var kernel: dnnl_primitive_desc_t?
        try OneDNN.check(
            "packing weights", shapes,
            dnnl_reorder_primitive_desc_create(&kernel, &plain, engine, &description, engine, nil))
        defer { dnnl_primitive_desc_destroy(kernel) }
        var primitive: dnnl_primitive_t?
        try OneDNN.check("packing weights", shapes, dnnl_primitive_create(&primitive, kernel))
        defer { dnnl_primitive_destroy(primitive) }
        var stream: dnnl_stream_t?
        try OneDNN.check(
            "packing weights", shapes, dnnl_stream_create(&stream, engine, dnnl_stream_default_flags.rawValue)
        )
        defer { dnnl_stream_destroy(stream) }
        let arguments = [
            dnnl_exec_arg_t(arg: DNNL_ARG_FROM, memory: source),
            dnnl_exec_arg_t(arg: DNNL_ARG_TO, memory: memory),
        ]
        try OneDNN.check(
            "packing weights", shapes,
            dnnl_primitive_execute(primitive, stream, Int32(arguments.count), arguments))
        try withExtendedLifetime(matrix) { () throws(TensorError) in
            try OneDNN.check("packing weights", shapes, dnnl_stream_wait(stream))
        }
    }

    private func rememberBias() throws(TensorError) {
        guard let bias else { return }
        biasMemory = try Self.memory(of: .matrix(1, columnCount, tag: dnnl_ab), readingFrom: bias)
    }

    /// A memory object over a tensor's elements, which are only read and outlive it in their owner's hands.
    private static func memory(
        of description: dnnl_memory_desc_t, readingFrom tensor: Tensor
    ) throws(TensorError) -> dnnl_memory_t? {
        var description = description
        return try tensor.withUnsafeBufferPointer { elements throws(TensorError) in
            var memory: dnnl_memory_t?
            try OneDNN.check(
                "reading weights", [tensor.shape],
                dnnl_memory_create(
                    &memory, &description, OneDNN.engine(),
                    UnsafeMutableRawPointer(mutating: elements.baseAddress)))
            return memory
        }
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
}
