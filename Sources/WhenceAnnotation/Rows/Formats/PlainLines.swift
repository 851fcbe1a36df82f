/// Rows that are the lines of a text.
struct PlainLines: DraftReader {
    private var cursor: LineCursor
    private let question: RowQuestion

    init(_ cursor: LineCursor, question: RowQuestion) {
        self.cursor = cursor
        self.question = question
    }

    var progress: Double? { cursor.progress }
    var isReady: Bool { cursor.isReady }

    mutating func next() throws(AnnotationError) -> RowDraft? {
        switch try cursor.next() {
        case .end: return nil
        case .tooLong: return RowDraft(line: cursor.line, problem: .tooLong(limit: cursor.limit))
        case .line: break
        }
        let question = question
        let content = cursor.withBytes { bytes in
            Result { () throws(RowProblem) in
                if let offset = UTF8Check.firstInvalid(bytes) { throw .notUTF8(bytes, at: offset) }
                return try question.content(of: String(decoding: bytes, as: UTF8.self), user: nil)
            }
        }
        return RowDraft(line: cursor.line, content: content)
    }
}
