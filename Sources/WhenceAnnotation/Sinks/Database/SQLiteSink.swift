internal import Foundation
internal import GRDB
internal import WhenceExplanation
internal import WhenceRendering

/// Writes annotated rows into a database; ``DatabaseSchema`` says what is in it.
///
/// While it grows it is in write-ahead mode, so that a commit waits for the disk once and others may read what is there;
/// at its end it is one file.
struct SQLiteSink: AnnotationSink {
    /// The file, as it is called while it grows.
    let path: String

    private let task: AnnotationTask
    private let queue: DatabaseQueue
    private var rows: RowInsertion
    private var rowCount: Int
    /// How many of the next rows are in the database already.
    private var ahead = 0
    private var isWriting = false

    /// The pages that the write-ahead file may grow to before it is written back: 16 MiB.
    private static let checkpointPages = 4_096

    /// Begins a database.
    ///
    /// - Throws: `AnnotationError.unwritable`.
    init(creating path: String, identity: RunIdentity) throws(AnnotationError) {
        self.path = path
        task = identity.task
        (queue, rows) = try Self.naming(path) {
            let queue = try Self.open(path)
            let rows = try queue.inDatabase { database in
                try database.inTransaction {
                    try database.execute(sql: DatabaseSchema.creation(of: identity.task))
                    try database.execute(
                        sql: """
                            PRAGMA application_id = \(DatabaseSchema.application);
                            PRAGMA user_version = \(DatabaseSchema.version)
                            """)
                    try Self.describe(identity, in: database)
                    return .commit
                }
                return try RowInsertion(database, task: identity.task, detail: identity.detail)
            }
            return (queue, rows)
        }
        rowCount = 0
    }

    /// Goes on with a database that a journal says to have some rows.
    ///
    /// It may have more of them, where a kill came between the two. The same rows would be written once more, so they
    /// stay: deleting them would leave holes, and other bytes than those of a run that nothing disturbed.
    ///
    /// - Throws: `AnnotationError.format` where the database does not have these rows, or is none.
    init(resuming path: String, identity: RunIdentity, rows rowCount: Int) throws(AnnotationError) {
        self.path = path
        self.rowCount = rowCount
        task = identity.task
        guard DiskFile.exists(path) else {
            throw .format(
                path: path,
                reason: "the database is gone that the journal speaks of. Start anew with --force.")
        }
        (queue, rows, ahead) = try Self.naming(path) {
            let queue = try Self.open(path)
            let (rows, ahead) = try queue.inDatabase { database in
                let application = try Int32.fetchOne(database, sql: "PRAGMA application_id")
                let done =
                    application == DatabaseSchema.application
                    ? try Int.fetchOne(database, sql: "SELECT rows_done FROM run") : nil
                guard let done, done >= rowCount else {
                    throw AnnotationError.format(
                        path: path,
                        reason:
                            "it does not have the \(NumberWording.count(rowCount, "row")) that the journal speaks of: it is another "
                            + "file, or was changed. Start anew with --force.")
                }
                // Of an input that was repaired.
                try database.execute(
                    sql: "UPDATE run SET input_bytes = ?, input_sha256 = ? WHERE input_sha256 IS NOT ?2",
                    arguments: [identity.input?.byteCount, identity.input?.sha256])
                let rows = try RowInsertion(database, task: identity.task, detail: identity.detail)
                return (rows, done - rowCount)
            }
            return (queue, rows, ahead)
        }
    }

    mutating func append(_ row: AnnotatedRow) throws(AnnotationError) {
        rowCount += 1
        guard ahead == 0 else { return ahead -= 1 }
        let row = row.sound()
        try Self.naming(path) {
            try queue.inDatabase { database in
                if !isWriting { try database.beginTransaction(.immediate) }
                isWriting = true
                try rows.insert(row)
            }
        }
    }

    mutating func commit() throws(AnnotationError) {
        guard isWriting else { return }
        try Self.naming(path) {
            try queue.inDatabase { database in
                try Self.count(rowCount, in: database)
                try database.commit()
            }
        }
        isWriting = false
    }

    /// Makes the indices, and one file of the database.
    mutating func finish() throws(AnnotationError) {
        try commit()
        try Self.naming(path) {
            try queue.inDatabase { database in
                try database.inTransaction {
                    try database.execute(sql: DatabaseSchema.indices(of: task))
                    return .commit
                }
                try Self.leaveWriteAheadMode(database)
            }
        }
        let file = try DiskFile(path, creates: false)
        // These count how often the file was written to and opened, which resuming does more often.
        for place in Self.counterPlaces { try file.write(Self.counter, at: place) }
        try file.synchronize()
    }

    /// Where the file's header has the change counter, and the counter for which the header's other fields hold; they
    /// have to be equal. SQLite's description of the file format, section 1.3.
    private static let counterPlaces = [24, 92]
    private static let counter: [UInt8] = [0, 0, 0, 1]

    // MARK: Files

    /// Removes what is left of a database, with its write-ahead files.
    static func remove(_ path: String) throws(AnnotationError) {
        for ending in ["", "-wal", "-shm", "-journal"] { try DiskFile.remove(path + ending) }
    }

    /// Opens or makes a database for one writer.
    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        // The keys hold by construction; looking up each would take most of the time.
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = WAL;
                    PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = \(checkpointPages);
                    PRAGMA cache_size = -32768
                    """)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Makes one file of a database.
    static func leaveWriteAheadMode(_ database: Database) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
        guard mode == "delete" else {
            throw DatabaseError(
                resultCode: .SQLITE_BUSY, message: "another program has it open; close that and resume")
        }
    }

    /// Turns errors of SQLite into ours.
    static func naming<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(AnnotationError) -> Result {
        do {
            return try body()
        } catch let error as AnnotationError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                throw .format(path: path, reason: "it is no database, or damaged. Start anew with --force.")
            default: throw .unwritable(path: path, reason: error.message ?? "\(error.resultCode)")
            }
        } catch {
            throw .unwritable(path: path, reason: error.localizedDescription)
        }
    }

    // MARK: The run

    private static func describe(_ identity: RunIdentity, in database: Database) throws {
        var options = JSONBytes()
        options.object { json in
            for name in identity.options.keys.sorted() {
                json.key(escaping: name)
                json.string(identity.options[name])
            }
        }
        let model = identity.model
        try database.execute(
            sql: "INSERT INTO run VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            arguments: [
                ExplanationSchema.name, identity.version, identity.task.rawValue, identity.detail.rawValue,
                model.family, model.name, model.parameters, model.sha256, model.precision, identity.settings,
                String(decoding: options.bytes, as: UTF8.self),
                TextFile.name(DiskFile.name(identity.input?.path ?? "-")), identity.input?.byteCount,
                identity.input?.sha256, identity.shard,
            ])
    }

    private static func count(_ rows: Int, in database: Database) throws {
        try database.execute(sql: "UPDATE run SET rows_done = ?", arguments: [rows])
    }
}
