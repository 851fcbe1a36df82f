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

    /// What holds the elements.
    private enum Storage {
        /// The packed matrix.
        case packed(FloatMemory)
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
    /// - Throws: `TensorError.empty`, or `.mismatch` if there is not one bias a column.
    /// - Complexity: O(depth · columns).
    public init(_ matrix: Tensor, bias: Tensor? = nil) throws(TensorError) {
        precondition(matrix.shape.count == 2, "a matrix has two axes, not \(matrix.shape)")
        guard matrix.count > 0 else { throw .empty(shape: matrix.shape) }
        depth = matrix.shape[0]
        columnCount = matrix.shape[1]
        self.bias = try Self.padded(bias, columnCount: columnCount)
        let memory = FloatMemory(count: depth * whence_padded_columns(columnCount))
        matrix.withUnsafeBufferPointer {
            whence_pack($0.baseAddress, matrix.shape[0], matrix.shape[1], memory.elements)
        }
        storage = .packed(memory)
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
        storage = .table(table)
    }

    private static func padded(_ bias: Tensor?, columnCount: Int) throws(TensorError) -> FloatMemory {
        let memory = FloatMemory(count: whence_padded_columns(columnCount))
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

    /// Calls `body` with what a kernel needs to know of the matrix: its elements, whether they are a table, and
    /// its bias.
    func withOperands(
        _ body: (_ matrix: UnsafePointer<Float>?, _ isTable: Bool, _ bias: UnsafePointer<Float>) -> Void
    ) {
        switch storage {
        case .packed(let memory): body(memory.elements, false, bias.elements)
        case .table(let table): table.withUnsafeBufferPointer { body($0.baseAddress, true, bias.elements) }
        }
    }
}
