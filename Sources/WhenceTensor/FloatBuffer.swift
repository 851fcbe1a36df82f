/// Memory for floats that is used again and again, and grows when more is asked for.
///
/// Belongs to one task at a time; its content is whatever was written last.
public final class FloatBuffer {
    private var memory = FloatMemory(count: 0)

    /// Makes an empty buffer.
    public init() {}

    /// A matrix at the start of the buffer, over the one asked for before; elements not written yet are 0.
    public func matrix(_ rowCount: Int, _ columnCount: Int) -> MatrixView {
        if rowCount * columnCount > memory.count { memory = FloatMemory(count: rowCount * columnCount) }
        return MatrixView(memory: memory, offset: 0, rowCount: rowCount, columnCount: columnCount)
    }
}
