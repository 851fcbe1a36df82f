/// Texts, one a line of a file, or one a row of a tab-separated file's column.
public struct TextLines: Sendable, Hashable {
    /// One text.
    public struct Row: Sendable, Hashable {
        /// The line in the file, counted from 1.
        public var line: Int
        /// The text, as the file spells it.
        public var text: String
    }

    /// The file's name in messages.
    public let path: String
    /// The texts in order of the file.
    public let rows: [Row]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the file; `-` reads the standard input. A name that ends in `.tsv` has a header line.
    ///   - textField: the header of the texts' column.
    /// - Throws: `AnnotationError`, naming the line.
    public init(path: String, textField: String = "sentence") throws(AnnotationError) {
        if Self.hasHeader(path) {
            let table = try TabSeparated(path: path)
            let column = try table.column(textField)
            self.path = table.name
            rows = try table.map { Row(line: $0, text: String($1[column])) }
        } else {
            self.path = path == "-" ? "standard input" : path
            rows = Self.split(try TextFile.read(path)).enumerated().map {
                Row(line: $0.offset + 1, text: String($0.element))
            }
            guard !rows.isEmpty else { throw .empty(path: self.path) }
        }
    }

    /// Whether a file's name says that it is a table with a header line.
    public static func hasHeader(_ path: String) -> Bool { Packing.unpackedName(path).hasSuffix(".tsv") }

    /// The lines of a text, without their ends (LF or CR LF); a line break at the very end starts no line.
    static func split(_ text: String) -> [Substring] {
        // By bytes: as a Character, CR LF is one and no LF.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
    }
}
