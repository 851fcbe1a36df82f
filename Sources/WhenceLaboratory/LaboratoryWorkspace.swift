internal import CWhenceKernels
internal import WhenceTensor

/// The threads and the memory of an experiment.
///
/// Belongs to one task at a time. Whatever is computed with it is the same, to the byte, for any number of threads:
/// batches are divided into parts of fixed size, and the parts' sums are added in their order.
public final class LaboratoryWorkspace {
    private let context: ComputeContext
    private var memory: UnsafeMutableRawPointer?
    private var byteCount = 0

    /// Threads that work together.
    public var threadCount: Int { context.threadCount }

    /// Starts the threads.
    ///
    /// - Parameter threadCount: at least 1; all available ones if not given.
    /// - Throws: `threads` if the system does not start them.
    public init(threadCount: Int? = nil) throws(LaboratoryError) {
        do { context = try ComputeContext(threadCount: threadCount) } catch {
            throw .threads(threadCount ?? ComputeContext.availableThreadCount)
        }
    }

    deinit { release() }

    /// The threads, as kernels take them.
    var team: OpaquePointer? { context.team }

    /// Memory of so many floats, aligned to 64 bytes, over what was asked for before.
    ///
    /// - Throws: `memory` for more than the laboratory takes on, or than the system has.
    func scratch(_ count: Int) throws(LaboratoryError) -> UnsafeMutablePointer<Float> {
        guard count <= LaboratoryLimits.workspace else {
            throw .memory(
                bytes: count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride).partialValue)
        }
        let needed = max(1, count) * MemoryLayout<Float>.stride
        if let memory, needed <= byteCount { return memory.assumingMemoryBound(to: Float.self) }
        release()
        guard let made = whence_memory_create(needed) else { throw .memory(bytes: needed) }
        (memory, byteCount) = (made, needed)
        return made.bindMemory(to: Float.self, capacity: max(1, count))
    }

    private func release() {
        if let memory { whence_memory_destroy(memory, byteCount) }
        (memory, byteCount) = (nil, 0)
    }
}
