internal import CWhenceKernels

/// One allocation of zeros, aligned to 64 bytes; views keep it alive.
final class FloatMemory {
    let count: Int
    let elements: UnsafeMutablePointer<Float>
    private let byteCount: Int

    /// - Throws: `TensorError.memory` if the system has not that much left.
    init(count: Int) throws(TensorError) {
        self.count = count
        byteCount = max(count, 16) * MemoryLayout<Float>.stride
        guard let bytes = whence_memory_create(byteCount) else { throw .memory(bytes: byteCount) }
        elements = bytes.bindMemory(to: Float.self, capacity: max(count, 16))
    }

    /// Memory of at least so many bytes, for kernels that keep something else than floats.
    ///
    /// - Throws: as `init(count:)`.
    convenience init(byteCount: Int) throws(TensorError) {
        try self.init(count: (byteCount + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride)
    }

    deinit { whence_memory_destroy(elements, byteCount) }
}
