internal import COneDNN
internal import CWhenceKernels

/// What one task needs to run kernels: its threads, its compiled products and its scratch memory.
///
/// A context never crosses tasks. **One level of parallelism at a time**: a task that has the machine to itself
/// uses a context of all threads; tasks that run beside each other use contexts of one thread each. oneDNN itself
/// always runs on the thread that calls it; the context divides the work.
///
/// Results are the same bytes for any thread count and do not depend on which other rows a call computes: work
/// is divided over elements of results, never over the terms of a sum.
public final class ComputeContext {
    /// Threads that a kernel may use.
    public let threadCount: Int

    private let team: OpaquePointer?
    private let runners: [ProductRunner]
    private let kernelScratch = FloatBuffer()

    /// The number of threads that the machine and its environment (`OMP_NUM_THREADS`, processor affinity) offer.
    public static let availableThreadCount = Int(omp_get_max_threads())

    /// Makes a context and starts its threads.
    ///
    /// - Parameter threadCount: at least 1; all available threads if not given.
    /// - Throws: `TensorError.library` if oneDNN does not start.
    public init(threadCount: Int? = nil) throws(TensorError) {
        let wanted = max(1, threadCount ?? Self.availableThreadCount)
        // A system that has no more threads to give leaves the calling one.
        team = wanted > 1 ? whence_team_create(Int32(wanted)) : nil
        self.threadCount = team == nil ? 1 : wanted
        var runners: [ProductRunner] = []
        for _ in 0..<self.threadCount { runners.append(try ProductRunner()) }
        self.runners = runners
    }

    deinit {
        if let team { whence_team_destroy(team) }
    }

    /// `result = epilogue(rows · weights + bias)`.
    ///
    /// - Parameters:
    ///   - rows: `[rows, depth]`.
    ///   - weights: `[depth, columns]` and its bias.
    ///   - epilogue: applied to each element; `.accumulate` adds to what `result` holds.
    ///   - result: `[rows, columns]`; not the memory of `rows`.
    /// - Throws: `TensorError.library` if oneDNN fails.
    /// - Complexity: O(rows · depth · columns) multiply-adds.
    public func multiply(
        _ rows: MatrixView, by weights: PackedMatrix, epilogue: ProductEpilogue = .none,
        into result: MatrixView
    ) throws(TensorError) {
        precondition(
            rows.columnCount == weights.depth, "\(rows.columnCount) columns by \(weights.depth) rows")
        precondition(result.columnCount == weights.columnCount && result.rowCount == rows.rowCount)
        let rowParts = (rows.rowCount + Self.rowLimit - 1) / Self.rowLimit
        let team = team(for: rows.rowCount * weights.depth * weights.columnCount)
        let columnParts = team == nil || rowParts >= 2 * threadCount ? [weights.whole] : weights.panels
        let job = Job(count: rowParts * columnParts.count) { [runners] index, thread in
            let start = index % rowParts * Self.rowLimit
            let part = start..<min(start + Self.rowLimit, rows.rowCount)
            do throws(TensorError) {
                try runners[thread].run(
                    rows[part], columnParts[index / rowParts], of: weights, epilogue, into: result[part])
            } catch {
                return error
            }
            return nil
        }
        if let failure = job.run(on: team) { throw failure }
    }

    /// Rows of one kernel call. Kernels are compiled for a row count, and batches of texts have any: so there
    /// are few kernels, and enough parts for all threads, at no price in the result, which is the same row by row.
    private static let rowLimit = 128

    /// The threads, or only the calling one where waking the others takes longer than the work.
    func team(for operations: Int) -> OpaquePointer? {
        operations < 1 << 19 ? nil : team
    }

    /// Scratch for kernels of this module, `count` floats for each thread.
    func scratch(_ count: Int) -> MatrixView {
        kernelScratch.matrix(threadCount, count)
    }
}
