import Foundation
import GRDB

/// A database, looked at.
struct DatabaseContent {
    let queue: DatabaseQueue

    init(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The lines of a query, their values with bars between.
    func lines(_ sql: String) throws -> [String] {
        try queue.read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "NULL" : "\($0.storage.value ?? "NULL")" }
                    .joined(separator: "|")
            }
        }
    }

    /// Everything that is in it: the statements that made it, and every line of every table.
    func dump() throws -> [String] {
        let names = try lines("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return try lines("SELECT sql FROM sqlite_schema ORDER BY type, name") + lines("PRAGMA application_id")
            + lines("PRAGMA user_version")
            + names.flatMap { name in try lines("SELECT '\(name)', * FROM \(name)") }
    }

    /// What SQLite finds wrong with it.
    func faults() throws -> [String] {
        try lines("PRAGMA integrity_check").filter { $0 != "ok" } + lines("PRAGMA foreign_key_check")
    }
}
