import Foundation
import GRDB
import Testing
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Reports on databases")
struct AnnotatedDatabaseTests {
    /// The same rows as records and as a database.
    private func run(_ task: AnnotationTask, detail: AnnotationDetail = .graphs) throws -> OutputRun {
        var run = try OutputRun(150, task: task)
        run.writesDatabase = true
        run.identity = try AnnotatedSamples.identity(task: task, detail: detail)
        try run.run(.new)
        return run
    }

    private func report(_ path: String, against other: String? = nil, field: String? = nil) throws -> String {
        var settings = ReportSettings()
        settings.minimumRows = 2
        settings.listLimit = 1_000
        settings.labelField = field
        return try DatasetReporter(settings: settings).report(on: path, against: other).json()
    }

    private func message(_ path: String) throws -> String {
        let error = #expect(throws: AnnotationError.self) { try DatasetReporter().report(on: path) }
        return try #require(error).description
    }

    @Test(
        "A database is reported on as the records of the same rows are", arguments: AnnotationTask.allCases,
        [AnnotationDetail.explanation, .graphs])
    func sameReport(task: AnnotationTask, detail: AnnotationDetail) throws {
        let run = try run(task, detail: detail)
        let records = try report(run.records, field: "stars")
        #expect(
            records.contains("\"rows\": 128") || records.contains("\"rows\": 129"), "\(records.prefix(900))")
        #expect(try report(run.database, field: "stars").replacing("out.db", with: "out.jsonl") == records)
        // Each against the other: nothing differs.
        let mixed = try report(run.database, against: run.records)
        #expect(mixed.contains("\"sameShare\": 1") && mixed.contains("\"overlap\": 1"))
        #expect(!mixed.contains("\"differing\": [\n      {"))
    }

    @Test("Predictions alone, a damaged file and another database are told")
    func refusals() throws {
        let bare = try run(.sentiment, detail: .prediction)
        #expect(try message(bare.database).contains("no explanations, which a report is about. Annotate"))

        let folder = try TemporaryFolder()
        let other = (folder / "other.db").path
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE inputs (row)") }
        #expect(try message(other).contains("it was not written by this version of whence annotate"))

        let whole = try run(.sentiment)
        var bytes = try whole.bytes("out.db")
        bytes.replaceSubrange(4_096..<12_288, with: Data(repeating: 0x5A, count: 8_192))
        try bytes.write(to: folder / "damaged.db")
        #expect(
            try message((folder / "damaged.db").path).contains(
                "it cannot be read as a database of annotated rows:"))

        // Fields that are no JSON, as a program may have put them there.
        let queue = try DatabaseQueue(path: whole.database)
        try queue.write { try $0.execute(sql: "UPDATE inputs SET fields = '{' WHERE row = 70") }
        try queue.close()
        #expect(try message(whole.database).contains("malformed JSON"))
    }
}
