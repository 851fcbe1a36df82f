internal import Foundation
internal import GRDB

/// The rows of a database that `whence annotate` wrote, one after the other, each as a record that has what a report
/// reads.
///
/// How a search ended is not in the database, so that no row counts as cut short. The memory holds some rows.
final class AnnotatedDatabase {
    private let path: String
    private let queue: DatabaseQueue
    private let sql: String
    private var ahead: ArraySlice<Row> = []
    /// The last row that was read.
    private var last = -1

    private static let rowsAhead = 64

    /// Whether a path is a database of SQLite; the bytes of a pipe are left alone.
    static func isDatabase(_ path: String) throws(AnnotationError) -> Bool {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return try DatabaseMerge.isDatabase(path)
    }

    /// Opens a database.
    ///
    /// - Throws: `AnnotationError.format` for another database, and for one whose run has not ended.
    init(_ path: String) throws(AnnotationError) {
        self.path = path
        (queue, sql) = try Self.naming(path) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let task = try queue.read { database in
                guard
                    try Int32.fetchOne(database, sql: "PRAGMA application_id") == DatabaseSchema.application,
                    try Int32.fetchOne(database, sql: "PRAGMA user_version") == DatabaseSchema.version
                else { throw DatabaseError(message: "it was not written by this version of whence annotate") }
                return try String.fetchOne(database, sql: "SELECT task FROM run").flatMap(AnnotationTask.init)
            }
            guard let task else { throw DatabaseError(message: "there is no run in it") }
            return (queue, DatabaseSchema.reportRecords(of: task))
        }
    }

    /// The next row's record; `nil` after the last.
    ///
    /// - Throws: `AnnotationError.format` for a database that is damaged.
    func next() throws(AnnotationError) -> [UInt8]? {
        if ahead.isEmpty {
            ahead = try Self.naming(path) {
                try queue.read { database in
                    try Row.fetchAll(database, sql: sql, arguments: [last, Self.rowsAhead])[...]
                }
            }
        }
        guard let row = ahead.popFirst(), let index = row[0] as Int?, let record = row[1] as String? else {
            return nil
        }
        last = index
        return Array(record.utf8)
    }

    private static func naming<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws(AnnotationError) -> Result {
        do { return try body() } catch {
            let reason = (error as? DatabaseError)?.message ?? "\(error)"
            throw .format(path: path, reason: "it cannot be read as a database of annotated rows: \(reason).")
        }
    }
}
