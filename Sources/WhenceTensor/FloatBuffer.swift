/// Memory for floats that grows when more is asked for and is used again otherwise, aligned to 64 bytes.
///
/// Belongs to one task at a time; its content is whatever was written last.
public final class FloatBuffer {
    private var bytes: UnsafeMutableRawPointer?
    private var capacity = 0

    /// Makes an empty buffer.
    public init() {}

    /// The first `count` floats; valid until more are asked for or the buffer goes away.
    public func reserve(_ count: Int) -> UnsafeMutablePointer<Float> {
        if let bytes, count <= capacity { return bytes.assumingMemoryBound(to: Float.self) }
        bytes?.deallocate()
        capacity = max(count, 16)
        let fresh = UnsafeMutableRawPointer.allocate(
            byteCount: capacity * MemoryLayout<Float>.stride, alignment: 64)
        bytes = fresh
        return fresh.initializeMemory(as: Float.self, repeating: 0, count: capacity)
    }

    deinit {
        bytes?.deallocate()
    }
}
