internal import GRDB
internal import GRDBSQLite

/// Inserts lines into one table, over and over.
///
/// Values go straight to SQLite, because GRDB's boxed arguments would cost more than everything else. A value has to be
/// given for every column, in the order of the table.
struct TableInsertion {
    private let statement: Statement
    private let pointer: OpaquePointer
    private let columnCount: Int32
    private var column: Int32 = 0

    /// Tells SQLite to copy a text.
    private static let copies = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)

    /// - Throws: `DatabaseError` where there is no such table.
    init(into table: String, _ database: Database) throws {
        let count = try database.columns(in: table).count
        let places = Array(repeating: "?", count: count).joined(separator: ", ")
        statement = try database.makeStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
        pointer = statement.sqliteStatement
        columnCount = Int32(count)
    }

    /// Gives the next column a whole number, or NULL.
    mutating func add(_ value: Int?) throws {
        column += 1
        guard let value else { return try check(sqlite3_bind_null(pointer, column)) }
        try check(sqlite3_bind_int64(pointer, column, Int64(value)))
    }

    /// Gives the next column a number.
    mutating func add(_ value: Double) throws {
        column += 1
        try check(sqlite3_bind_double(pointer, column, value))
    }

    /// Gives the next column a text, or NULL.
    mutating func add(_ value: String?) throws {
        guard var value else { return try add(Int?.none) }
        column += 1
        let column = column
        try check(value.withUTF8 { text in bind(text, column) })
    }

    /// Gives the next column a text in UTF-8.
    mutating func add(_ value: [UInt8]) throws {
        column += 1
        let column = column
        try check(value.withUnsafeBufferPointer { text in bind(text, column) })
    }

    /// Inserts the line.
    mutating func insert() throws {
        guard column == columnCount else {
            throw DatabaseError(
                resultCode: .SQLITE_MISUSE, message: "\(column) values for \(columnCount) columns")
        }
        column = 0
        let code = sqlite3_step(pointer)
        // Gives the same error again, so that only one of the two has to be looked at.
        sqlite3_reset(pointer)
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    private func bind(_ text: UnsafeBufferPointer<UInt8>, _ column: Int32) -> Int32 {
        // An empty buffer may have no address, and then would be NULL.
        guard let start = text.baseAddress else {
            return sqlite3_bind_text(pointer, column, "", 0, Self.copies)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: text.count) {
            sqlite3_bind_text64(
                pointer, column, $0, UInt64(text.count), Self.copies, UInt8(truncatingIfNeeded: SQLITE_UTF8))
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let connection = sqlite3_db_handle(pointer)
        return DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
    }
}
