internal import Foundation
internal import GRDB
internal import WhenceExplanation
internal import WhenceRendering

/// A database of annotated rows, held against the rows of an input one after the other.
struct FinishedDatabase {
    private let path: String
    private let lines: RowCursor
    private var rows = 0

    /// Opens a database of the run that is named, and reads from it.
    ///
    /// - Throws: `AnnotationError.anotherRun` if it is of another; `.format` if it is none; `DatabaseError`; what `body`
    ///   throws.
    static func read<Result>(
        _ path: String, _ identity: RunIdentity, _ body: (FinishedDatabase) throws -> Result
    ) throws -> Result {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == DatabaseSchema.application,
                try Int32.fetchOne(database, sql: "PRAGMA user_version") == DatabaseSchema.version,
                let run = try Row.fetchOne(database, sql: "SELECT * FROM run"),
                let then = Self.identity(run, identity)
            else {
                throw AnnotationError.format(
                    path: path,
                    reason:
                        "it is no database of annotated rows, or one of another version of Whence. Start anew "
                        + "with --force.")
            }
            let differences = identity.differences(from: then)
            guard differences.isEmpty else {
                throw AnnotationError.anotherRun(path: path, differences: differences)
            }
            let lines = try Row.fetchCursor(
                database,
                sql: """
                    SELECT i.row, i.line, i.text, i.fields, e.kind, e.reason
                    FROM inputs i LEFT JOIN errors e ON e.row = i.row ORDER BY i.row
                    """)
            return try body(FinishedDatabase(path: path, lines: lines))
        }
    }

    private init(path: String, lines: RowCursor) { (self.path, self.lines) = (path, lines) }

    /// The run that a database is of.
    private static func identity(_ run: Row, _ identity: RunIdentity) -> RunIdentity? {
        guard let task = AnnotationTask(rawValue: run["task"]),
            let detail = AnnotationDetail(rawValue: run["detail"]),
            let options = try? JSONDecoder().decode(
                [String: String].self, from: Data((run["options"] as String).utf8))
        else { return nil }
        var then = identity
        (then.version, then.task, then.detail, then.options) = (run["whence_version"], task, detail, options)
        (then.settings, then.shard) = (run["settings"], run["shard"])
        then.model = ModelIdentity(
            family: run["model_family"], name: run["model_name"], parameters: run["model_parameters"],
            sha256: run["model_sha256"], precision: run["model_precision"])
        let byteCount: Int? = run["input_bytes"]
        let sha256: String? = run["input_sha256"]
        then.input = nil
        if let byteCount, let sha256 {
            // How many files they were is in the digest.
            then.input = InputIdentity(
                path: run["input"], fileCount: identity.input?.fileCount ?? 1, byteCount: byteCount,
                sha256: sha256)
        }
        return then
    }

    /// Whether a row of the input, the next one, could not be annotated.
    ///
    /// - Throws: `AnnotationError.anotherRun` if the database's next row is not this one.
    mutating func hasFailure(for row: InputRow) throws(AnnotationError) -> Bool {
        guard let line = try next() else { throw .otherLength(path, rows: rows, isShort: true) }
        rows += 1
        var json = JSONBytes()
        json.object { json in
            var fields = RecordFields(row.kept, besides: [])
            fields.close(&json)
        }
        let (index, number, fields): (Int, Int?, String) = (line["row"], line["line"], line["fields"])
        let (text, kind, reason): (String?, String?, String?) = (line["text"], line["kind"], line["reason"])
        let isAnswer =
            switch row.content {
            case .failure(let problem): kind == problem.kind.rawValue && reason == problem.reason
            case .success(.text(let asked)): text.map { $0.utf8.elementsEqual(asked.utf8) } ?? false
            // The items may be there by other names; of a file the digest tells, of a stream the other fields.
            case .success(.history): true
            }
        guard isAnswer, index == row.index, number == row.place.line,
            fields.utf8.elementsEqual(json.bytes)
        else { throw .notAbout(row, path, at: "its row \(rows - 1)") }
        return kind != nil
    }

    /// Refuses rows behind the last.
    func demandEnd() throws(AnnotationError) {
        guard try next() == nil else { throw .otherLength(path, rows: rows + 1, isShort: false) }
    }

    private func next() throws(AnnotationError) -> Row? {
        do {
            return try lines.next()
        } catch {
            throw .format(path: path, reason: "it cannot be read on: \(error).")
        }
    }
}
