public import WhenceTensor

/// The memory and the threads that forward passes use again and again.
///
/// Keep one a task and hand it to every call; it never crosses tasks. Without one, a call makes its own, which
/// costs some tenths of a millisecond.
public final class Workspace {
    let compute: ComputeContext

    let embeddings = FloatBuffer()
    let hidden = FloatBuffer()
    let normalized = FloatBuffer()
    let queryKeyValue = FloatBuffer()
    let context = FloatBuffer()
    let attention = FloatBuffer()
    let intermediate = FloatBuffer()
    let neighbours = FloatBuffer()
    let convolved = FloatBuffer()
    let askedHidden = FloatBuffer()
    let askedContext = FloatBuffer()
    let askedConvolved = FloatBuffer()
    let headRows = FloatBuffer()
    let logits = FloatBuffer()
    let knownRows = KnownRows()

    /// Makes a workspace.
    ///
    /// - Parameter threads: how many threads a product may use: all (the default) when one task runs, 1 when
    ///   tasks run beside each other. Results do not depend on it.
    /// - Throws: `TensorError` if the system does not start the threads.
    public init(threads: Int? = nil) throws(TensorError) {
        compute = try ComputeContext(threadCount: threads)
    }
}
