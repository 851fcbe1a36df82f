internal import COneDNN

/// The right-hand side of products: a matrix `[depth, columns]` and the bias that is added to every row, laid out
/// once in the order in which oneDNN reads it.
///
/// Packing takes one pass over the elements and pays from the first products of a few rows on: unpacked weights
/// are re-ordered inside every call.
///
/// `@unchecked Sendable` holds because everything is written in `init` and only read afterwards: running a product
/// reads the memory objects of its operands and their elements, and changes neither.
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
    /// All columns as one product.
    private(set) var whole: Columns
    /// The columns cut into products that threads can share; only the whole where the layout cannot be cut.
    private(set) var panels: [Columns] = []

    private var packed: UnsafeMutableRawPointer?
    private let table: Tensor?
    private let bias: Tensor?

    /// Packs a matrix; the tensor is not kept.
    ///
    /// - Parameters:
    ///   - matrix: `[depth, columns]`.
    ///   - bias: `[columns]`, or none.
    /// - Throws: `TensorError.empty`, or `.library` if oneDNN refuses.
    /// - Complexity: O(depth · columns).
    public init(_ matrix: Tensor, bias: Tensor? = nil) throws(TensorError) {
        precondition(matrix.shape.count == 2, "a matrix has two axes, not \(matrix.shape)")
        guard matrix.count > 0 else { throw .empty(shape: matrix.shape) }
        depth = matrix.shape[0]
        columnCount = matrix.shape[1]
        precondition(bias.map { $0.count == matrix.shape[1] } ?? true, "one bias a column")
        layout = .packed
        table = nil
        self.bias = bias
        let plan = try ProductDescription(
            rowCount: 64, weights: .matrix(depth, columnCount, tag: dnnl_format_tag_any),
            hasBias: bias != nil,
            epilogue: .none)
        let description = try plan.memoryDescription(dnnl_query_weights_md)
        whole = Columns(range: 0..<columnCount, description: description)
        let byteCount = withUnsafePointer(to: description) { dnnl_memory_desc_get_size($0) }
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 64), alignment: 64)
        packed = bytes
        whole.weights = try Memory(description, at: bytes, "packing weights")
        try Self.reorder(matrix, into: whole)
        try cut(at: bytes)
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
        whole = Columns(range: 0..<columnCount, description: try .matrix(depth, columnCount, tag: dnnl_ba))
        let bytes = table.address
        whole.weights = try Memory(whole.description, at: bytes, "reading weights")
        try cut(at: bytes)
    }

    deinit {
        packed?.deallocate()
    }

    /// Makes the panels and gives all columns their biases.
    private func cut(at bytes: UnsafeMutableRawPointer?) throws(TensorError) {
        whole.bias = try biasMemory(whole.range)
        let width = Self.panelWidth(of: columnCount)
        for start in stride(from: 0, to: columnCount, by: width) {
            let range = start..<min(start + width, columnCount)
            guard let panel = try panel(range, at: bytes) else {
                panels = [whole]
                return
            }
            panels.append(panel)
        }
    }

    /// A quarter of the columns, but whole groups of the 64 that kernels work on, and at most 192: fine enough
    /// that threads finish together, coarse enough that a call's overhead does not show.
    private static func panelWidth(of columnCount: Int) -> Int {
        64 * min(3, (columnCount + 255) / 256)
    }

    /// Some columns as a matrix in the same memory; nil if the layout mixes them with others.
    private func panel(
        _ range: Range<Int>, at bytes: UnsafeMutableRawPointer?
    ) throws(TensorError) -> Columns? {
        var parent = whole.description
        var description = dnnl_memory_desc_t()
        let status = dnnl_memory_desc_init_submemory(
            &description, &parent, [Int64(depth), Int64(range.count)], [0, Int64(range.lowerBound)])
        guard status == dnnl_success else { return nil }
        // Kernels want descriptions that start at their memory's start, so the offset goes into the address.
        let start = bytes?.advanced(by: Int(description.offset0) * MemoryLayout<Float>.stride)
        description.offset0 = 0
        var panel = Columns(range: range, description: description)
        panel.weights = try Memory(description, at: start, "cutting weights")
        panel.bias = try biasMemory(range)
        return panel
    }

    private func biasMemory(_ range: Range<Int>) throws(TensorError) -> Memory? {
        guard let bias else { return nil }
        let start = bias.address?.advanced(by: range.lowerBound * MemoryLayout<Float>.stride)
        return try Memory(.matrix(1, range.count, tag: dnnl_ab), at: start, "reading a bias")
    }

    /// Copies a row-major matrix into the packed order.
    private static func reorder(_ matrix: Tensor, into columns: Columns) throws(TensorError) {
        let operation = "packing weights"
        var plain = try dnnl_memory_desc_t.matrix(matrix.shape[0], matrix.shape[1], tag: dnnl_ab)
        var packed = columns.description
        let source = try Memory(plain, at: matrix.address, operation)
        let stream = try Stream()
        let engine = try OneDNN.engine()
        try OneDNN.onOneThread { () throws(TensorError) in
            var kernel: dnnl_primitive_desc_t?
            try OneDNN.check(
                operation, [matrix.shape],
                dnnl_reorder_primitive_desc_create(&kernel, &plain, engine, &packed, engine, nil))
            defer { dnnl_primitive_desc_destroy(kernel) }
            var primitive: dnnl_primitive_t?
            try OneDNN.check(operation, [matrix.shape], dnnl_primitive_create(&primitive, kernel))
            defer { dnnl_primitive_destroy(primitive) }
            let arguments = [
                dnnl_exec_arg_t(arg: DNNL_ARG_FROM, memory: source.handle),
                dnnl_exec_arg_t(arg: DNNL_ARG_TO, memory: columns.weights?.handle),
            ]
            let count = Int32(arguments.count)
            try OneDNN.check(
                operation, [matrix.shape], dnnl_primitive_execute(primitive, stream.handle, count, arguments))
            try OneDNN.check(operation, [matrix.shape], dnnl_stream_wait(stream.handle))
        }
        withExtendedLifetime((matrix, source)) {}
    }
}

/// Some columns of a packed matrix, as an operand of a product.
struct Columns {
    let range: Range<Int>
    let description: dnnl_memory_desc_t
    var weights: Memory?
    var bias: Memory?
}

extension Tensor {
    /// Where the elements are; valid while a tensor that shares them lives, and only to be read.
    fileprivate var address: UnsafeMutableRawPointer? {
        withUnsafeBufferPointer { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
    }
}
