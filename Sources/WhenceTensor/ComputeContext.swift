internal import COneDNN

/// What one task needs to run kernels: its number of threads, its compiled products and its scratch memory.
///
/// A context never crosses tasks. **One level of parallelism at a time**: a task that has the machine to itself
/// uses a context of all threads; tasks that run beside each other use contexts of one thread each. The thread
/// count is handed to OpenMP at every call, for the calling thread alone: `omp_set_num_threads` sets the
/// *nthreads-var* control variable, which OpenMP keeps once a thread of the program (OpenMP 5.0, §2.5.2 and
/// §3.2.1), so contexts on different threads do not disturb each other.
///
/// Results are the same bytes for any thread count and do not depend on which other rows a call computes: work
/// is divided over elements of results, never over the terms of a sum.
public final class ComputeContext {
    /// Threads that a kernel may use.
    public let threadCount: Int

    private var stream: dnnl_stream_t?
    private var products: [Product.Key: Product] = [:]
    private let scratch = FloatBuffer()
    private let kernelScratch = FloatBuffer()

    /// The number of threads that the machine and its environment (`OMP_NUM_THREADS`, processor affinity) offer.
    public static let availableThreadCount = Int(omp_get_max_threads())

    /// Makes a context.
    ///
    /// - Parameter threadCount: at least 1; all available threads if not given.
    /// - Throws: `TensorError.library` if oneDNN does not start.
    public init(threadCount: Int? = nil) throws(TensorError) {
        self.threadCount = max(1, threadCount ?? Self.availableThreadCount)
        try OneDNN.check(
            "the start", [],
            dnnl_stream_create(&stream, OneDNN.engine(), dnnl_stream_default_flags.rawValue))
    }

    deinit {
        dnnl_stream_destroy(stream)
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
        let split = Self.compiledRowCount(of: rows.rowCount)
        try run(rows[0..<split], weights, epilogue, into: result[0..<split])
        try run(rows[split..<rows.rowCount], weights, epilogue, into: result[split..<rows.rowCount])
    }

    /// How many of the rows go into a first product, and the rest into a second one.
    ///
    /// Kernels are compiled for a row count. Batches of texts have any; beyond 128 rows multiples of 64 and a
    /// rest bound the number of kernels, at no price in the result, which is the same row by row.
    private static func compiledRowCount(of rowCount: Int) -> Int {
        rowCount <= 128 ? rowCount : rowCount / 64 * 64
    }

    private func run(
        _ rows: MatrixView, _ weights: PackedMatrix, _ epilogue: ProductEpilogue, into result: MatrixView
    ) throws(TensorError) {
        guard rows.rowCount > 0 else { return }
        let key = Product.Key(
            rowCount: rows.rowCount, depth: weights.depth, columnCount: weights.columnCount,
            layout: weights.layout, hasBias: weights.biasMemory != nil, epilogue: epilogue)
        try withThreads { () throws(TensorError) in
            let product = try product(key, weights: weights)
            try product.run(
                rows.elements, weights, into: result.elements,
                scratch: scratch.matrix(1, product.scratchCount).elements, on: stream)
        }
    }

    private func product(_ key: Product.Key, weights: PackedMatrix) throws(TensorError) -> Product {
        if let product = products[key] { return product }
        let product = try Product(key, weights: weights)
        products[key] = product
        return product
    }

    /// Scratch for kernels of this module, `count` floats for each of some threads.
    func scratch(_ count: Int, threadCount: Int) -> MatrixView {
        kernelScratch.matrix(threadCount, count)
    }

    /// Runs `body` with this context's thread count in OpenMP, and puts the caller's back.
    private func withThreads(_ body: () throws(TensorError) -> Void) throws(TensorError) {
        let before = omp_get_max_threads()
        omp_set_num_threads(Int32(threadCount))
        defer { omp_set_num_threads(before) }
        try body()
    }
}
