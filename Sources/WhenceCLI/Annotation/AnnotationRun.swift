import ArgumentParser
import Foundation
import Synchronization
import Whence

/// A data set being annotated at the terminal: it says how far it is, keeps what is done, and Ctrl-C or SIGTERM end it
/// in good order.
struct AnnotationRun {
    var annotator: any RowAnnotator
    var identity: RunIdentity
    var plan: OutputPlan
    /// What labels are called in the summary.
    var noun: String
    var stopsAtBadRows: Bool
    /// How much work a kill may cost.
    var checkpointInterval: Duration
    var threads: Int?
    var isQuiet: Bool
    /// Made when a signal comes; the source is to heed it too.
    var stop: StopRequest

    /// Annotates all rows of a data set, or of one part of it.
    ///
    /// - Throws: as ``run(_:)``.
    func run(_ rows: some RowSource, shard: Shard?) async throws {
        if let shard {
            try await run(ShardedRows(rows, shard: shard))
        } else {
            try await run(rows)
        }
    }

    /// Annotates all rows, or those that an earlier part of the run left.
    ///
    /// - Throws: `AnnotationInterrupted`; `BadRow` where the run stops at one; `ExitCode` 1 if rows were bad;
    ///   `AnnotationError`; errors of the model.
    func run(_ rows: some RowSource) async throws {
        // A reader that goes away is an error like any other.
        signal(SIGPIPE, SIG_IGN)
        let outputs = [plan.records, plan.database].compactMap(\.self)
        switch try AnnotationOutput<AnnotationSummary>.open(plan, identity: identity) {
        case .finished(let summary):
            try end(outputs, rows: summary.rows, failures: summary.failureCount)
        case .present(let finished):
            var rows = rows
            let count = try finished.check(&rows)
            try end(outputs, rows: count.rows, failures: count.failures)
        case .ready(let output, let position):
            let state = State(output, position?.tally ?? AnnotationSummary(), detail: identity.detail)
            try await run(rows, state, outputs: outputs, goingOnFrom: position)
            if state.summary.failureCount > 0 { throw ExitCode(1) }
        }
    }

    private func run(
        _ rows: some RowSource, _ state: State, outputs: [String],
        goingOnFrom position: AnnotationOutput<AnnotationSummary>.Position?
    ) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let done = position?.rows ?? 0
        let progress = AnnotationProgress(isShown: !isQuiet, goingOnFrom: done)
        defer { progress.clear() }
        var source = MeteredRows(rows, progress: progress) { try state.commit() }
        try position?.pass(&source)
        let received = ReceivedSignal()
        let interrupt = InterruptSignal([SIGINT, SIGTERM]) { [stop] signal in
            received.note(signal)
            progress.interject("finishing the rows in hand; Ctrl-C again ends now")
            stop.make()
        }
        let ending: AnnotationPipeline.Ending
        do {
            ending = try await AnnotationPipeline(annotator, threads: threads).run(
                &source, isStopping: { stop.isMade }
            ) { row in
                if stopsAtBadRows, case .failure(let problem) = row.outcome {
                    throw BadRow(place: row.row.place, problem: problem, keeps: plan.canResume)
                }
                try state.add(row)
                if clock.now - state.lastCommit >= checkpointInterval { try state.commit() }
                progress.hasDone(state.summary)
            }
            withExtendedLifetime(interrupt) {}
        } catch {
            // What is done stays done; the first error is the one to tell.
            guard state.summary.rows > 0 else {
                try? state.output.abandon()
                throw error
            }
            try? state.output.suspend(state.summary, inputIsBroken: source.isBroken)
            if source.isBroken, plan.canResume {
                progress.clear()
                note(
                    "\(state.summary.rows.counted("row")) before the damage \(state.summary.rows.agreeing("is", "are")) kept; once the input is repaired, "
                        + "--resume goes on behind them.")
            }
            throw error
        }
        guard ending == .complete else {
            try state.output.suspend(state.summary)
            throw AnnotationInterrupted(
                rows: state.summary.rows, canResume: plan.canResume, readsStream: identity.input == nil,
                signal: received.signal, database: plan.database)
        }
        try state.output.finish(state.summary)
        progress.clear()
        guard !isQuiet else { return }
        let text = AnnotationSummaryText(
            summary: state.summary, noun: noun, outputs: outputs,
            seconds: start.duration(to: clock.now) / .seconds(1),
            rowsOfThisPart: state.summary.rows - done)
        for line in text.lines { note(line) }
    }

    /// Ends a run of which nothing is left to do, as it ended when it was done.
    private func end(_ outputs: [String], rows: Int, failures: Int) throws {
        let bad = failures > 0 ? ", \(failures.grouped) of them bad" : ""
        note(
            "\(outputs.joined(separator: " and ")): the run is finished (\(rows.counted("row"))\(bad)); nothing "
                + "is left to do.")
        if failures > 0 { throw ExitCode(1) }
    }

    private func note(_ line: String) {
        if !isQuiet { Diagnostics.note(line) }
    }

    /// What the run has done; used by the one task that delivers rows.
    private final class State {
        let output: AnnotationOutput<AnnotationSummary>
        private(set) var summary: AnnotationSummary
        private(set) var lastCommit = ContinuousClock.now
        /// Whether rows came since.
        private var hasMore = false
        private let detail: AnnotationDetail

        init(
            _ output: AnnotationOutput<AnnotationSummary>, _ summary: AnnotationSummary,
            detail: AnnotationDetail
        ) {
            (self.output, self.summary, self.detail) = (output, summary, detail)
        }

        func add(_ row: AnnotatedRow) throws {
            try output.append(row)
            summary.add(row, detail: detail)
            hasMore = true
        }

        func commit() throws {
            guard hasMore else { return }
            try output.commit(summary)
            (lastCommit, hasMore) = (.now, false)
        }
    }
}

/// The signal that ends a run.
private final class ReceivedSignal: Sendable {
    private let value = Atomic(SIGINT)
    var signal: Int32 { value.load(ordering: .relaxed) }
    func note(_ signal: Int32) { value.store(signal, ordering: .relaxed) }
}

/// Rows that tell how far they are read, and that have what is done written before they wait for more.
private struct MeteredRows<Base: RowSource>: RowSource {
    private var base: Base
    private let meter: AnnotationProgress
    private let beforeWaiting: () throws -> Void
    /// Whether the input could not be read on.
    private(set) var isBroken = false

    init(_ base: Base, progress: AnnotationProgress, beforeWaiting: @escaping () throws -> Void) {
        self.base = base
        meter = progress
        self.beforeWaiting = beforeWaiting
    }

    var name: String { base.name }
    var progress: Double? { base.progress }
    var isReady: Bool { base.isReady }

    mutating func next() throws(AnnotationError) -> InputRow? {
        if !base.isReady {
            do { try beforeWaiting() } catch let error as AnnotationError { throw error } catch {
                throw .unwritable(path: base.name, reason: "\(error)")
            }
        }
        do throws(AnnotationError) {
            let row = try base.next()
            if row != nil { meter.hasRead(base.progress) }
            return row
        } catch {
            isBroken = true
            throw error
        }
    }
}
