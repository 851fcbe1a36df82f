/// Rows of a tab-separated table as GLUE writes them: one row a line, quotes are literal.
struct TabbedRows: DraftReader {
    private var cursor: LineCursor
    private let columns: TableColumns?
    /// Where the fields of the last row are.
    private var fields: [Range<Int>] = []

    /// Reads the header.
    ///
    /// - Throws: `AnnotationError.line` if it cannot be read, or lacks the column.
    init(_ cursor: LineCursor, question: RowQuestion) throws(AnnotationError) {
        self.cursor = cursor
        let file = cursor.stream.name
        switch try self.cursor.next() {
        case .end: columns = nil
        case .tooLong:
            throw .line(
                path: file, line: 1, reason: "the header has more than \(cursor.limit >> 20) MiB.")
        case .line:
            let header = try self.cursor.withBytes { bytes throws(AnnotationError) in
                let header = Self.split(bytes, most: RecordScanner.fieldLimit).map {
                    String(validating: bytes[$0], as: UTF8.self)
                }
                let names = header.compactMap { $0 }
                guard names.count == header.count else {
                    throw .line(path: file, line: 1, reason: "the header is not valid UTF-8.")
                }
                return names
            }
            columns = try TableColumns(header, question: question, file: file, line: 1)
        }
    }

    var progress: Double? { cursor.progress }
    var isReady: Bool { cursor.isReady }

    mutating func next() throws(AnnotationError) -> RowDraft? {
        guard let columns else { return nil }
        switch try cursor.next() {
        case .end: return nil
        case .tooLong: return RowDraft(line: cursor.line, problem: .tooLong(limit: cursor.limit))
        case .line: break
        }
        let line = cursor.line
        return cursor.withBytes { bytes in
            if bytes.isEmpty {
                return RowDraft(line: line, problem: RowProblem(.empty, "the line is empty."))
            }
            if let offset = UTF8Check.firstInvalid(bytes) {
                return RowDraft(line: line, problem: .notUTF8(bytes, at: offset))
            }
            let found = bytes.count { $0 == Self.tab } + 1
            let fields = found == columns.count ? Self.split(bytes, most: found) : []
            return columns.row(
                line: line, found: found, hint: "Fields are separated by tabs, and quotes have no meaning."
            ) { String(decoding: UnsafeBufferPointer(rebasing: bytes[fields[$0]]), as: UTF8.self) }
        }
    }

    private static let tab = UInt8(ascii: "\t")

    private static func split(_ bytes: UnsafeBufferPointer<UInt8>, most: Int) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        var start = 0
        for place in bytes.indices where bytes[place] == tab && fields.count + 1 < most {
            fields.append(start..<place)
            start = place + 1
        }
        fields.append(start..<bytes.count)
        return fields
    }
}
