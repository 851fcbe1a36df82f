/// Memory for floats that is used again and again, and grows when more is asked for.
///
/// Belongs to one task at a time; its content is whatever was written last.
public final class FloatBuffer {
    private var memory: FloatMemory?

    /// Makes an empty buffer.
    public init() {}

    /// A matrix at the start of the buffer, over the one asked for before; elements not written yet are 0.
    ///
    /// - Throws: `TensorError.memory` if the system has not that much left.
    public func matrix(_ rowCount: Int, _ columnCount: Int) throws(TensorError) -> MatrixView {
        let count = rowCount * columnCount
        if let memory, memory.count >= count {
            return MatrixView(memory: memory, offset: 0, rowCount: rowCount, columnCount: columnCount)
        }
        memory = nil  // what is too small goes before what takes its place comes
        let larger = try FloatMemory(count: count)
        memory = larger
        return MatrixView(memory: larger, offset: 0, rowCount: rowCount, columnCount: columnCount)
    }
}
