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

/// One allocation, aligned to 64 bytes; views keep it alive.
final class FloatMemory {
    let count: Int
    let elements: UnsafeMutablePointer<Float>

    init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 16) * MemoryLayout<Float>.stride, alignment: 64)
        elements = bytes.initializeMemory(as: Float.self, repeating: 0, count: max(count, 16))
    }

    /// Memory of at least so many bytes, for kernels that keep something else than floats.
    convenience init(byteCount: Int) {
        self.init(count: (byteCount + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride)
    }

    deinit {
        UnsafeMutableRawPointer(elements).deallocate()
    }
}
