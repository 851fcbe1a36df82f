import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

/// What a caller counts: enough to see that it comes back.
struct Tally: Codable, Sendable, Equatable {
    var rows = 0
    var failed = 0

    mutating func add(_ row: AnnotatedRow) {
        rows += 1
        if case .failure = row.outcome { failed += 1 }
    }
}

/// Rows that are there already.
struct ListedRows: RowSource {
    let name = "reviews.jsonl"
    var progress: Double? { nil }
    var rows: [InputRow]

    mutating func next() throws(AnnotationError) -> InputRow? {
        rows.isEmpty ? nil : rows.removeFirst()
    }
}

/// Runs that write made-up rows into a folder.
struct OutputRun {
    let folder: TemporaryFolder
    var task = AnnotationTask.sentiment
    var rows: [AnnotatedRow]
    var commitEvery = 10
    var writesRecords = true
    var writesDatabase = false
    var identity: RunIdentity

    init(_ count: Int, task: AnnotationTask = .sentiment) throws {
        folder = try TemporaryFolder()
        self.task = task
        rows = AnnotatedSamples.rows(0..<count, task: task)
        identity = try AnnotatedSamples.identity(task: task)
    }

    var records: String { (folder / "out.jsonl").path }

    var database: String { (folder / "out.db").path }

    func plan(_ start: OutputPlan.Start) -> OutputPlan {
        OutputPlan(
            records: writesRecords ? records : nil, database: writesDatabase ? database : nil, start: start)
    }

    /// Opens the outputs; nil if they are whole.
    func open(_ start: OutputPlan.Start) throws -> (
        AnnotationOutput<Tally>, AnnotationOutput<Tally>.Position?
    )? {
        switch try AnnotationOutput<Tally>.open(plan(start), identity: identity) {
        case .finished: return nil
        case .present(let outputs):
            var source = ListedRows(rows: rows.map(\.row))
            let count = try outputs.check(&source)
            #expect(count == .init(rows: rows.count, failures: rows.count { $0.row.index % 7 == 3 }))
            return nil
        case .ready(let output, let position):
            var source = ListedRows(rows: rows.map(\.row))
            try position?.pass(&source)
            return (output, position)
        }
    }

    /// Runs to the end, or until some rows are appended.
    @discardableResult
    func run(_ start: OutputPlan.Start, until end: Int? = nil) throws -> Tally? {
        guard let (output, position) = try open(start) else { return nil }
        var tally = position?.tally ?? Tally()
        #expect(tally.rows == position?.rows ?? 0)
        for row in rows[(position?.rows ?? 0)..<(end ?? rows.count)] {
            try output.append(row)
            tally.add(row)
            if tally.rows.isMultiple(of: commitEvery) { try output.commit(tally) }
        }
        if end == nil { try output.finish(tally) } else { try output.suspend(tally) }
        return tally
    }

    /// The names of the files that are there.
    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder / name) }

    func write(_ data: Data, _ name: String) throws { try data.write(to: folder / name) }
}
