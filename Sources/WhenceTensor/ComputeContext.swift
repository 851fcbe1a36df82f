internal import CWhenceKernels

/// What one task needs to run kernels: its threads and its scratch memory.
///
/// A context never crosses tasks. **One level of parallelism at a time**: a task that has the machine to itself
/// uses a context of all threads; tasks that run beside each other use contexts of one thread each.
///
/// Results are the same bytes for any thread count and do not depend on which other rows a call computes: work
/// is divided over elements of results, never over the terms of a sum.
public final class ComputeContext {
    /// Threads that a kernel may use.
    public let threadCount: Int

    /// The threads, for kernels that rooms above call themselves; nil for a single thread.
    package let team: OpaquePointer?
    private let kernelScratch = FloatBuffer()

    /// The number of processors that the process may run on.
    public static let availableThreadCount = Int(whence_available_threads())

    /// Whether kernels are known by this name: of what `$WHENCE_KERNELS` names (`plain`, `avx2`, `avxvnni`, `avx512`) or
    /// less, the machine's best are used.
    public static func knowsKernels(_ name: String) -> Bool { whence_knows_kernels(name) }

    /// Bytes that the process can take at the very most: what the machine and the process's control groups have, and
    /// what a limit of its addresses leaves.
    public static var memoryLeft: Int { Int(clamping: whence_memory_left()) }

    /// Lets all threads share one heap where the process's addresses are limited (`ulimit -v`), so that heaps of their
    /// own do not take the addresses that a model needs. For a program to call before it starts threads; it changes the
    /// allocator of the whole process, and does nothing where there is no limit.
    public static func shareHeapUnderLimit() { whence_memory_share_heap() }

    /// Makes a context and starts its threads.
    ///
    /// - Parameter threadCount: at least 1; all available threads if not given.
    /// - Throws: `TensorError.threads` if the system does not start them.
    public init(threadCount: Int? = nil) throws(TensorError) {
        let wanted = max(1, threadCount ?? Self.availableThreadCount)
        self.threadCount = wanted
        guard wanted > 1 else {
            team = nil
            return
        }
        guard let count = Int32(exactly: wanted), let team = whence_team_create(count) else {
            throw .threads(wanted: wanted)
        }
        self.team = team
    }

    deinit {
        if let team { whence_team_destroy(team) }
    }

    /// `result = epilogue(rows · weights + bias)`.
    ///
    /// Each element is one chain of multiply-adds in ascending order of the terms, which starts from the bias; or,
    /// with weights of 8 bits, an exact sum of integers.
    ///
    /// - Parameters:
    ///   - rows: `[rows, depth]`.
    ///   - weights: `[depth, columns]` and its bias.
    ///   - epilogue: applied to each element; `.accumulate` adds to what `result` holds.
    ///   - firstColumn: the first column wanted; of those before it, any may stay as they were.
    ///   - result: `[rows, columns]`; not the memory of `rows`.
    /// - Throws: `TensorError.mismatch` if the extents do not fit; `.memory`.
    /// - Complexity: O(rows · depth · columns) multiply-adds.
    public func multiply(
        _ rows: MatrixView, by weights: PackedMatrix, epilogue: ProductEpilogue = .none,
        from firstColumn: Int = 0, into result: MatrixView
    ) throws(TensorError) {
        precondition((0..<weights.columnCount).contains(firstColumn), "column \(firstColumn) of a product")
        guard
            rows.columnCount == weights.depth, result.columnCount == weights.columnCount,
            result.rowCount == rows.rowCount
        else {
            throw .mismatch(
                operation: "a product",
                shapes: [rows.shape, [weights.depth, weights.columnCount], result.shape])
        }
        let team = team(for: rows.rowCount * weights.depth * weights.columnCount)
        let byteCount = whence_product_scratch(
            rows.rowCount, weights.depth, weights.layout, Int32(truncatingIfNeeded: threadCount))
        let scratch = try kernelScratch.matrix(1, (byteCount + 3) / 4)
        weights.withOperands { matrix, bias in
            var job = whence_product(
                rows: rows.elements, row_count: rows.rowCount, depth: weights.depth,
                column_count: weights.columnCount, first_column: firstColumn, matrix: matrix,
                layout: weights.layout, bias: bias, epilogue: epilogue.kernel, result: result.elements,
                scratch: scratch.elements)
            whence_product(&job, team)
        }
    }

    /// The threads, or only the calling one where waking the others takes longer than the work.
    func team(for operations: Int) -> OpaquePointer? {
        operations < 1 << 19 ? nil : team
    }

    /// Scratch for kernels of this module, `count` floats for each thread.
    func scratch(_ count: Int) throws(TensorError) -> MatrixView {
        try kernelScratch.matrix(threadCount, count)
    }
}

extension MatrixView {
    /// The extents, for an error.
    fileprivate var shape: [Int] { [rowCount, columnCount] }
}
