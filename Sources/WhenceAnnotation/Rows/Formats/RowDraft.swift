internal import WhenceRendering

/// A row before it has its number.
struct RowDraft {
    /// The path of the file that it is in the input's folder, if the input is one.
    var member: String?
    /// The line on which it starts, if it is a line of a file.
    var line: Int?
    /// The fields that are not asked about.
    var kept: [JSONField] = []
    /// What is asked.
    var content: Result<InputRow.Content, RowProblem>

    /// A row that is no question.
    init(line: Int?, kept: [JSONField] = [], problem: RowProblem) {
        self.line = line
        self.kept = kept
        content = .failure(problem)
    }

    /// A row.
    init(line: Int?, kept: [JSONField] = [], content: Result<InputRow.Content, RowProblem>) {
        self.line = line
        self.kept = kept
        self.content = content
    }
}

/// Rows of one format.
protocol DraftReader {
    /// The share of the input that has been read.
    var progress: Double? { get }

    /// Whether there is anything to read without waiting.
    var isReady: Bool { get }

    /// The next row; `nil` after the last.
    mutating func next() throws(AnnotationError) -> RowDraft?
}

extension RowProblem {
    /// Bytes that are not UTF-8.
    static func notUTF8(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> RowProblem {
        let byte = String(bytes[offset], radix: 16, uppercase: true)
        return RowProblem(
            .notUTF8,
            "the byte 0x\(byte) at offset \(offset) of the row is not valid UTF-8. Convert the file to UTF-8 first."
        )
    }

    /// A row that is larger than rows may be.
    static func tooLong(limit: Int) -> RowProblem {
        RowProblem(.tooLong, "the row has more than \(limit >> 20) MiB; it was passed over.")
    }
}
