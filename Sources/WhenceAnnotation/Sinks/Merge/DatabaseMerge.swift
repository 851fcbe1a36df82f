internal import Foundation
internal import GRDB
internal import WhenceLoader

/// Copies databases of annotated rows into one.
struct DatabaseMerge {
    private let parts: [String]
    /// The database that comes of them, behind all links.
    private let output: String
    private let temporary: TemporaryFile
    private var partial: String { temporary.path }

    /// What `run` says of all parts alike.
    private static let commonColumns = [
        "schema", "whence_version", "task", "detail", "model_family", "model_name", "model_parameters",
        "model_sha256", "model_precision", "settings", "options", "input_bytes",
        "input_sha256",
    ]

    init(_ parts: [String], into output: String, replaces: Bool) throws(AnnotationError) {
        let plan = OutputPlan(records: nil, database: output, start: .new).behindLinks
        try plan.check()
        guard replaces || !DiskFile.exists(output) else {
            throw FilePlace.isTaken(output)
        }
        (self.parts, self.output) = (parts, plan.database ?? output)
        temporary = TemporaryFile(beside: self.output)
    }

    /// Whether a file is a database of SQLite.
    static func isDatabase(_ path: String) throws(AnnotationError) -> Bool {
        let file = try FileBytes(path: path)
        let start: [UInt8]
        do throws(ByteFault) {
            start = try file.peek(16)
        } catch {
            throw error.annotationError(name: path, line: nil)
        }
        return start == Array("SQLite format 3\u{0}".utf8)
    }

    func run(_ progress: (Int) -> Void) throws -> ShardMerge.Summary {
        let summary = try merge(progress)
        try DiskFile(partial, creates: false).synchronize()
        guard temporary.commit() else { throw DiskFile.unwritable(output) }
        try DiskFile.synchronizeFolder(of: output)
        return summary
    }

    private func merge(_ progress: (Int) -> Void) throws -> ShardMerge.Summary {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            // A merge that was interrupted is begun again: only its end has to be on the disk.
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        }
        let queue = try SQLiteSink.naming(partial) {
            try DatabaseQueue(path: partial, configuration: configuration)
        }
        return try queue.inDatabase { database in
            var shards: [String] = []
            for path in parts {
                try Task.checkCancellation()
                try Self.naming(path) {
                    try database.execute(sql: "ATTACH DATABASE ? AS part", arguments: [path])
                    try check(path, database)
                    if shards.isEmpty { try begin(database) }
                }
                shards.append(try copy(path, database))
                progress(try Int.fetchOne(database, sql: "SELECT count(*) FROM main.inputs") ?? 0)
                try database.execute(sql: "DETACH DATABASE part")
            }
            try demandAll(shards)
            return try SQLiteSink.naming(partial) { try end(database) }
        }
    }

    /// Errors while a part is read are the part's.
    private static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw AnnotationError.format(
                path: path,
                reason: "it cannot be read as a database of annotated rows: \(error.message ?? "").")
        }
    }

    private func check(_ path: String, _ database: Database) throws {
        let application = try Int32.fetchOne(database, sql: "PRAGMA part.application_id")
        let version = try Int32.fetchOne(database, sql: "PRAGMA part.user_version")
        guard application == DatabaseSchema.application, version == DatabaseSchema.version else {
            throw AnnotationError.format(
                path: path,
                reason: "it is no database of annotated rows, or one of another version of Whence.")
        }
        guard try String.fetchOne(database, sql: "PRAGMA part.journal_mode") != "wal" else {
            throw AnnotationError.format(path: path, reason: "the run that writes it has not ended.")
        }
    }

    /// Makes the tables, and the description of the run from the first part.
    private func begin(_ database: Database) throws {
        guard
            let task = try String.fetchOne(database, sql: "SELECT task FROM part.run").flatMap(
                AnnotationTask.init)
        else { throw DatabaseError(message: "there is no run in it") }
        try database.execute(sql: DatabaseSchema.creation(of: task))
        try database.execute(
            sql: """
                PRAGMA main.application_id = \(DatabaseSchema.application);
                PRAGMA main.user_version = \(DatabaseSchema.version);
                INSERT INTO main.run SELECT * FROM part.run;
                UPDATE main.run SET shard = NULL, rows_done = 0
                """)
    }

    /// Copies the rows of the part that is attached.
    ///
    /// - Returns: which part it calls itself.
    private func copy(_ path: String, _ database: Database) throws -> String {
        for column in Self.commonColumns {
            let isSame = try Bool.fetchOne(
                database, sql: "SELECT a.\(column) IS b.\(column) FROM main.run a, part.run b")
            guard isSame == true else {
                throw AnnotationError.format(
                    path: path,
                    reason:
                        "it differs from \(parts[0]) in the \(column.replacing("_", with: " ")) of its run.")
            }
        }
        let double = try Int.fetchOne(
            database, sql: "SELECT p.row FROM part.inputs p JOIN main.inputs m ON m.row = p.row LIMIT 1")
        if let double {
            throw AnnotationError.format(path: path, reason: "row \(double) is in a part before it already.")
        }
        try database.inTransaction {
            let task = try String.fetchOne(database, sql: "SELECT task FROM main.run")
                .flatMap(AnnotationTask.init)
            for table in task.map(DatabaseSchema.tables) ?? [] {
                try database.execute(sql: "INSERT INTO main.\(table) SELECT * FROM part.\(table)")
            }
            try database.execute(
                sql: "UPDATE main.run SET rows_done = rows_done + (SELECT rows_done FROM part.run)")
            return .commit
        }
        return try String.fetchOne(database, sql: "SELECT shard FROM part.run") ?? ""
    }

    /// Refuses to make a whole of some parts, where they know how many there are.
    private func demandAll(_ shards: [String]) throws {
        let known = shards.compactMap { try? Shard(argument: $0) }
        guard let count = known.first?.count else { return }
        for number in 1...count where !known.contains(where: { $0.number == number && $0.count == count }) {
            throw AnnotationError.format(
                path: output,
                reason: "part \(number)/\(count) is not among the files; merge all parts at once.")
        }
    }

    private func end(_ database: Database) throws -> ShardMerge.Summary {
        var summary = ShardMerge.Summary()
        let numbers = try Row.fetchOne(
            database,
            sql:
                "SELECT count(*) AS rows, max(row) AS last, (SELECT count(*) FROM errors) AS failures FROM inputs"
        )
        summary.rows = numbers?["rows"] ?? 0
        summary.failures = numbers?["failures"] ?? 0
        let last: Int = numbers?["last"] ?? -1
        guard last == summary.rows - 1 else {
            let gap = try Int.fetchOne(
                database,
                sql: """
                    SELECT min(row) FROM (SELECT 0 AS row UNION ALL SELECT row + 1 FROM inputs)
                    WHERE row NOT IN (SELECT row FROM inputs)
                    """)
            throw AnnotationError.format(
                path: output,
                reason: "row \(gap ?? 0) is in none of the files. Is a part missing, or was one not finished?"
            )
        }
        guard
            let task = try String.fetchOne(database, sql: "SELECT task FROM run").flatMap(AnnotationTask.init)
        else { return summary }
        try database.execute(sql: DatabaseSchema.indices(of: task))
        return summary
    }
}
