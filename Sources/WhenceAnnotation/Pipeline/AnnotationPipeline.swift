internal import WhenceTensor

/// Annotates the rows of a data set, in bounded memory and on all cores.
///
/// Rows of similar size are worked on together, groups of them beside each other, and they are delivered in the order
/// in which they were read. What is delivered does not depend on the number of cores, on the limits or on timing.
public struct AnnotationPipeline: Sendable {
    /// How a run ended.
    public enum Ending: Sendable, Hashable {
        /// Every row was delivered.
        case complete
        /// It was asked to stop: all rows up to some row were delivered, and none behind it.
        case stopped
    }

    private let annotator: any RowAnnotator
    private let threads: Int
    private let rowLimit: Int
    private let byteLimit: Int

    /// Makes a pipeline.
    ///
    /// - Parameters:
    ///   - annotator: what finds out about a row.
    ///   - threads: cores to use; `nil` for all.
    ///   - rowLimit: most rows in hand; `nil` for some groups a core. A single slow row holds no more up than these.
    ///   - byteLimit: bytes of their texts and fields from which on no further row is read.
    public init(
        _ annotator: any RowAnnotator, threads: Int? = nil, rowLimit: Int? = nil, byteLimit: Int = 64 << 20
    ) {
        self.annotator = annotator
        self.threads = max(1, threads ?? ComputeContext.availableThreadCount)
        self.rowLimit = rowLimit ?? self.threads * annotator.groupLimit.rows * Self.groupsPerThread
        self.byteLimit = byteLimit
    }

    /// Enough that a core finds work while the row in front is a slow one.
    private static let groupsPerThread = 6

    /// Runs until the last row, or until asked to stop.
    ///
    /// - Parameters:
    ///   - source: the rows.
    ///   - isStopping: asked between groups; once it says yes, nothing is read any more. Rows in hand are finished up
    ///     to the last one that was begun.
    ///   - deliver: takes one row after the other, in the order of the source; called from the task that runs.
    /// - Throws: what the source throws, once every row before it is delivered; what `deliver` throws, at once;
    ///   `CancellationError`; errors of the model that are about no row.
    public func run<Source: RowSource>(
        _ source: inout Source, isStopping: () -> Bool = { false }, deliver: (AnnotatedRow) throws -> Void
    ) async throws -> Ending {
        let workers = AnnotationWorkers(annotator, count: threads)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { workers.finish() }
            for worker in 0..<threads { group.addTask { await workers.work(worker) } }
            do {
                return try await conduct(workers, &source, isStopping, deliver)
            } catch {
                // The workers notice between two layers.
                group.cancelAll()
                throw error
            }
        }
    }

    private func conduct<Source: RowSource>(
        _ workers: AnnotationWorkers, _ source: inout Source, _ isStopping: () -> Bool,
        _ deliver: (AnnotatedRow) throws -> Void
    ) async throws -> Ending {
        var window = RowWindow(rowLimit: rowLimit, byteLimit: byteLimit)
        var idle = Array(0..<threads)
        var (isAtEnd, isStopped) = (false, false)
        var fault: AnnotationError?
        var results = workers.results.makeAsyncIterator()
        while true {
            if !isAtEnd, !isStopped, isStopping() {
                isStopped = true
                window.dropUntouched()
            }
            // Rows in hand are not kept waiting for whoever writes the next ones.
            while !isAtEnd, !isStopped, window.hasRoom, window.isEmpty || source.isReady {
                do throws(AnnotationError) {
                    if let row = try source.next() {
                        window.add(row, size: annotator.size)
                    } else {
                        isAtEnd = true
                    }
                } catch {
                    if isStopping() {
                        // A source that waits for bytes is woken with an error when the run is to stop.
                        isStopped = true
                        window.dropUntouched()
                    } else {
                        // A file that is damaged at its end is a good one up to there.
                        (isAtEnd, fault) = (true, error)
                    }
                }
            }
            hand(&window, to: &idle, of: workers)
            while let row = window.next() { try deliver(row) }
            if window.isEmpty, isAtEnd || isStopped {
                if let fault { throw fault }
                return isStopped ? .stopped : .complete
            }
            // With nobody at work all rows were problems, and have left: there is room for others.
            guard idle.count < threads else { continue }
            guard let result = await results.next() else { throw CancellationError() }
            window.finish(result.serials, try result.answers.get())
            idle.append(result.worker)
            hand(&window, to: &idle, of: workers)
        }
    }

    /// Gives every idle worker a group.
    private func hand(_ window: inout RowWindow, to idle: inout [Int], of workers: AnnotationWorkers) {
        while let worker = idle.last,
            let group = window.nextGroup(annotator.groupLimit, sharers: idle.count)
        {
            idle.removeLast()
            workers.give(group, to: worker)
        }
    }
}
