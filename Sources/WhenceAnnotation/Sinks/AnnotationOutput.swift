internal import Dispatch
internal import Synchronization
internal import WhenceRendering

/// The outputs of one annotation run and the journal that remembers how far they are.
///
/// Rows are appended in the order of the input. They are encoded, written and put on the disk on a thread of the
/// output's own, so that nobody who computes waits for a disk; a few hundred rows may be under way, beyond which
/// ``append(_:)`` waits. An error there is thrown by the next call. Whatever happens to the process after
/// ``commit(_:)``, the run can be gone on with from there, and the outputs come out with the same bytes.
///
/// Outputs grow under their name and `.partial`, and have their own name only when they are whole.
public final class AnnotationOutput<Tally: Codable & Sendable> {
    /// Where a run goes on.
    public struct Position: Sendable {
        /// The rows that are done: the first ones of the run's input, or of its shard.
        public var rows: Int
        /// What the caller had counted then.
        public var tally: Tally
        /// What these rows came to.
        let digest: RowsDigest
        /// What refuses if they are others.
        let journal: String

        /// Passes over the rows that are done.
        ///
        /// - Parameter source: the run's input, or its shard, from its start.
        /// - Throws: `AnnotationError.anotherRun` unless these rows are those that were annotated; what the source
        ///   throws.
        public func pass(_ source: inout some RowSource) throws(AnnotationError) {
            var passed = RowsDigest()
            for count in 0..<rows {
                guard let row = try source.next() else {
                    throw .anotherRun(
                        path: journal,
                        differences: [
                            NumberWording.count(rows, "row was", plural: "rows were")
                                + " done and the input has \(count) now"
                        ])
                }
                try passed.add(row)
            }
            guard passed == digest else {
                throw .anotherRun(
                    path: journal,
                    differences: [
                        rows == 1
                            ? "the first row of the input is not that which was annotated"
                            : "the first \(rows) rows of the input are not those that were annotated"
                    ])
            }
        }
    }

    /// What is found where the outputs should go.
    public enum Opened {
        /// Rows can be appended: the first ones, or, with a position, those behind it.
        case ready(AnnotationOutput, from: Position?)
        /// All rows were written already, and this is what was counted; nothing is left to do.
        case finished(Tally)
        /// The outputs are there already, and have to be shown to be this run's.
        case present(FinishedOutputs)
    }

    /// What is appended and not yet on its way.
    private var waiting: [AnnotatedRow] = []
    private let writer: OutputThread<Tally>
    private static var batchSize: Int { 32 }

    private init(_ writer: OutputThread<Tally>) { self.writer = writer }

    /// Opens the outputs of a run, and locks them against other runs.
    ///
    /// - Parameters:
    ///   - plan: the files, and what happens to those that are there.
    ///   - identity: all that determines the bytes of the outputs.
    /// - Throws: `AnnotationError.unwritable`; where a run is to be gone on with, `AnnotationError.anotherRun` if it
    ///   was another, and `AnnotationError.format` if what it left is damaged.
    public static func open(_ plan: OutputPlan, identity: RunIdentity) throws(AnnotationError) -> Opened {
        switch try OutputFiles<Tally>.open(plan, identity: identity) {
        case .ready(let files, let position):
            .ready(AnnotationOutput(OutputThread(files)), from: position)
        case .finished(let tally): .finished(tally)
        case .present(let outputs): .present(outputs)
        }
    }

    /// Adds one row.
    ///
    /// - Throws: what went wrong with rows appended before: `AnnotationError.unwritable`.
    public func append(_ row: AnnotatedRow) throws(AnnotationError) {
        waiting.append(row)
        if waiting.count >= Self.batchSize { try send() }
    }

    /// Has everything appended put on the disk, and a checkpoint written once it is there. Does not wait for that.
    ///
    /// - Parameter tally: what the caller has counted up to now; it comes back with ``Position``.
    public func commit(_ tally: Tally) throws(AnnotationError) {
        try send()
        try writer.submit { (files) throws(AnnotationError) in try files.commit(tally) }
    }

    /// Ends the outputs after the last row, gives them their names, and removes the journal.
    public func finish(_ tally: Tally) throws(AnnotationError) {
        try send()
        try writer.submit { (files) throws(AnnotationError) in try files.finish(tally) }
        try writer.drain()
    }

    /// Stops before the last row: everything appended is put on the disk, so that the run can be gone on with.
    ///
    /// - Parameter inputIsBroken: whether the input could not be read on. It is then expected to be another when the
    ///   run is gone on with: one that begins with the rows that are done.
    public func suspend(_ tally: Tally, inputIsBroken: Bool = false) throws(AnnotationError) {
        try send()
        try writer.submit { (files) throws(AnnotationError) in
            try files.commit(tally, inputIsBroken: inputIsBroken)
        }
        try writer.drain()
    }

    /// Gives up before the first row: nothing is left of the run.
    public func abandon() throws(AnnotationError) {
        try writer.submit { (files) throws(AnnotationError) in try files.abandon() }
        try writer.drain()
    }

    private func send() throws(AnnotationError) {
        guard !waiting.isEmpty else { return }
        let rows = waiting
        waiting.removeAll(keepingCapacity: true)
        try writer.submit { (files) throws(AnnotationError) in
            for row in rows { try files.append(row) }
        }
    }
}

/// Works on the outputs one piece after the other, away from the threads that compute.
private final class OutputThread<Tally: Codable & Sendable>: Sendable {
    typealias Work = @Sendable (OutputFiles<Tally>) throws(AnnotationError) -> Void

    private let queue = DispatchQueue(label: "whence.annotation.output")
    private let room = DispatchSemaphore(value: 8)
    private let failure = Mutex<AnnotationError?>(nil)
    private let files: Confined<OutputFiles<Tally>>

    init(_ files: OutputFiles<Tally>) { self.files = Confined(value: files) }

    /// Does work after all that was submitted before; waits where much is under way.
    ///
    /// - Throws: the first error of earlier work, after which no more is done.
    func submit(_ work: @escaping Work) throws(AnnotationError) {
        try rethrow()
        room.wait()
        queue.async { [self] in
            defer { room.signal() }
            guard failure.withLock({ $0 }) == nil else { return }
            do throws(AnnotationError) {
                try work(files.value)
            } catch {
                failure.withLock { $0 = error }
            }
        }
    }

    /// Waits for everything submitted.
    func drain() throws(AnnotationError) {
        queue.sync {}
        try rethrow()
    }

    private func rethrow() throws(AnnotationError) {
        if let error = failure.withLock({ $0 }) { throw error }
    }
}

/// A value that one queue uses.
///
/// Unchecked because only work on the queue of its ``OutputThread`` touches it, one piece at a time.
private struct Confined<Value>: @unchecked Sendable {
    let value: Value
}
