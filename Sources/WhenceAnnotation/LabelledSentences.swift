/// Sentences with their true labels, read from a tab-separated file as GLUE writes them: one header line, one
/// row a line, quotes are literal.
public struct LabelledSentences: Sendable, Hashable {
    /// One row of the file.
    public struct Row: Sendable, Hashable {
        /// The line in the file, counted from 1.
        public var line: Int
        /// The sentence, as the file spells it.
        public var text: String
        /// Index of its label.
        public var label: Int
    }

    /// Where the rows come from.
    public let path: String
    /// The rows in order of the file.
    public let rows: [Row]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the file; `-` reads the standard input.
    ///   - textField: the header of the sentences' column.
    ///   - labelField: the header of the labels' column, whose values are indices or names of `labels`.
    ///   - labels: the model's label names, in index order.
    /// - Throws: `AnnotationError`, naming the line, for a missing column, a row of another width, or a label
    ///   that the model does not have.
    public init(
        path: String, textField: String = "sentence", labelField: String = "label", labels: [String]
    ) throws(AnnotationError) {
        let table = try TabSeparated(path: path)
        let (textColumn, labelColumn) = (try table.column(textField), try table.column(labelField))
        self.path = table.name
        rows = try table.map { line, fields throws(AnnotationError) in
            let value = String(fields[labelColumn])
            guard let label = Self.index(of: value, in: labels) else {
                throw .line(
                    path: table.name, line: line,
                    reason:
                        "the label \u{201C}\(value)\u{201D} is neither an index below \(labels.count) nor one "
                        + "of: \(labels.joined(separator: ", ")).")
            }
            return Row(line: line, text: String(fields[textColumn]), label: label)
        }
    }

    private static func index(of value: String, in labels: [String]) -> Int? {
        if let name = labels.firstIndex(of: value) { return name }
        guard let number = Int(value), labels.indices.contains(number) else { return nil }
        return number
    }
}
