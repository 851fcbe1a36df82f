internal import WhenceTensor

/// The threads and the memory of an experiment.
///
/// Belongs to one task at a time. Whatever is computed with it is the same, to the byte, for any number of threads:
/// batches are divided into parts of fixed size, and the parts' sums are added in their order.
public final class LaboratoryWorkspace {
    private let context: ComputeContext
    private let memory = FloatBuffer()

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

    /// The threads, as kernels take them.
    var team: OpaquePointer? { context.team }

    /// Memory of so many floats, aligned to 64 bytes, over what was asked for before.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float>? { memory.matrix(1, count).buffer.baseAddress }
}
