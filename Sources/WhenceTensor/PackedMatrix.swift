internal import CWhenceKernels

/// The right-hand side of products: a matrix `[depth, columns]` and the bias that is added to every row, laid out
/// once in the order in which the machine's kernels read it.
///
/// `@unchecked Sendable` holds because everything is written in `init` and only read afterwards.
public final class PackedMatrix: @unchecked Sendable {
    /// Rows of the matrix: the width of what is multiplied by it.
    public let depth: Int
    /// Columns of the matrix: the width of the result.
    public let columnCount: Int
    /// How the elements are kept: as asked for, but for matrices so deep that sums of 8-bit products would overflow.
    public let precision: Precision

    /// What holds the elements.
    private enum Storage {
        /// The packed matrix.
        case packed(FloatMemory, whence_layout)
        /// The transpose of the matrix, as it came.
        case table(Tensor)
    }

    private let storage: Storage
    /// One bias a column, and zeros up to what kernels work on at once.
    private let bias: FloatMemory

    /// Packs a matrix; the tensor is not kept.
    ///
    /// - Parameters:
    ///   - matrix: `[depth, columns]`.
    ///   - bias: `[columns]`, or none.
    ///   - precision: how the elements are kept.
    /// - Throws: `TensorError.empty`; `.mismatch` if there is not one bias a column; `.memory`.
    /// - Complexity: O(depth · columns).
    public init(
        _ matrix: Tensor, bias: Tensor? = nil, precision: Precision = .float32
    ) throws(TensorError) {
        precondition(matrix.shape.count == 2, "a matrix has two axes, not \(matrix.shape)")
        guard matrix.count > 0 else { throw .empty(shape: matrix.shape) }
        depth = matrix.shape[0]
        columnCount = matrix.shape[1]
        self.bias = try Self.padded(bias, columnCount: columnCount)
        self.precision = Self.kept(precision, depth: depth)
        storage = try Self.packed(matrix, self.precision)
    }

    /// Packs the matrices that lie side by side, as their rows come: none of them is in memory as a whole.
    ///
    /// - Parameters:
    ///   - parts: `[depth, columns]` each, of one depth; at least one.
    ///   - bias: one element a column, those of the first part first; or none.
    ///   - precision: how the elements are kept.
    /// - Throws: as `init(_:bias:precision:)`; what reading a part throws.
    /// - Complexity: O(depth · columns).
    public init(
        sideBySide parts: [any MatrixRows], bias: Tensor? = nil, precision: Precision = .float32
    ) throws {
        let depth = parts.first?.rowCount ?? 0
        precondition(parts.allSatisfy { $0.rowCount == depth }, "matrices side by side have the same rows")
        let columnCount = parts.reduce(0) { $0 + $1.columnCount }
        guard depth > 0, columnCount > 0 else { throw TensorError.empty(shape: [depth, columnCount]) }
        self.depth = depth
        self.columnCount = columnCount
        self.bias = try Self.padded(bias, columnCount: columnCount)
        self.precision = Self.kept(precision, depth: depth)
        switch self.precision {
        case .float32:
            let memory = try FloatMemory(count: depth * whence_padded_columns(columnCount))
            try parts.forEachBlock { elements, block in
                whence_pack(elements, block, depth, memory.elements)
            }
            storage = .packed(memory, whence_layout_packed)
        case .int8:
            // The scale of a column is known when all of it is.
            let matrix = try Tensor(joining: parts)
            storage = try Self.packed(matrix, .int8)
        }
    }

    /// Uses the transpose of a table that is kept as it is, such as word embeddings that also decode.
    ///
    /// - Parameters:
    ///   - table: `[columns, depth]`; shared, not copied.
    ///   - bias: `[columns]`, or none.
    /// - Throws: as `init(_:bias:)`.
    public init(transposing table: Tensor, bias: Tensor? = nil) throws(TensorError) {
        precondition(table.shape.count == 2, "a matrix has two axes, not \(table.shape)")
        guard table.count > 0 else { throw .empty(shape: table.shape) }
        columnCount = table.shape[0]
        depth = table.shape[1]
        self.bias = try Self.padded(bias, columnCount: columnCount)
        precision = .float32
        storage = .table(table)
    }

    private static func kept(_ precision: Precision, depth: Int) -> Precision {
        // 2¹⁶ products of integers up to 255 and 127 stay within 32 bits.
        depth > 1 << 16 ? .float32 : precision
    }

    private static func packed(_ matrix: Tensor, _ precision: Precision) throws(TensorError) -> Storage {
        let (depth, columnCount) = (matrix.shape[0], matrix.shape[1])
        return try matrix.withUnsafeBufferPointer { elements throws(TensorError) in
            switch precision {
            case .float32:
                let memory = try FloatMemory(count: depth * whence_padded_columns(columnCount))
                let block = whence_block(
                    first_row: 0, row_count: depth, first_column: 0, column_count: columnCount)
                whence_pack(elements.baseAddress, block, depth, memory.elements)
                return .packed(memory, whence_layout_packed)
            case .int8:
                let memory = try FloatMemory(byteCount: whence_integer_bytes(depth, columnCount))
                whence_pack_integers(elements.baseAddress, depth, columnCount, memory.elements)
                return .packed(memory, whence_layout_integers)
            }
        }
    }

    private static func padded(_ bias: Tensor?, columnCount: Int) throws(TensorError) -> FloatMemory {
        let memory = try FloatMemory(count: whence_padded_columns(columnCount))
        guard let bias else { return memory }
        guard bias.count == columnCount else {
            throw .mismatch(operation: "adding a bias", shapes: [[columnCount], bias.shape])
        }
        bias.withUnsafeBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            memory.elements.update(from: start, count: elements.count)
        }
        return memory
    }

    /// How the elements lie.
    var layout: whence_layout {
        switch storage {
        case .packed(_, let layout): layout
        case .table: whence_layout_table
        }
    }

    /// Calls `body` with the elements and the bias.
    func withOperands(_ body: (_ matrix: UnsafePointer<Float>?, _ bias: UnsafePointer<Float>) -> Void) {
        switch storage {
        case .packed(let memory, _): body(memory.elements, bias.elements)
        case .table(let table): table.withUnsafeBufferPointer { body($0.baseAddress, bias.elements) }
        }
    }
}
