internal import WhenceRendering

/// Rows that are JSON objects, one a line.
struct JSONLines: DraftReader {
    private var cursor: LineCursor
    private let question: RowQuestion
    /// The field that is asked about, once a row has had one of those that it may be.
    private var field: String?
    private var members: [JSONScanner.Member] = []

    init(_ cursor: LineCursor, question: RowQuestion) {
        self.cursor = cursor
        self.question = question
        if question.fieldNames.count == 1 { field = question.fieldNames.first }
    }

    var progress: Double? { cursor.progress }
    var isReady: Bool { cursor.isReady }

    mutating func next() throws(AnnotationError) -> RowDraft? {
        switch try cursor.next() {
        case .end: return nil
        case .tooLong: return RowDraft(line: cursor.line, problem: .tooLong(limit: cursor.limit))
        case .line: break
        }
        let (question, line) = (question, cursor.line)
        var (members, field) = (members, field)
        self.members = []
        defer { (self.members, self.field) = (members, field) }
        return cursor.withBytes { bytes in
            var kept: [JSONField] = []
            let content = Result { () throws(RowProblem) in
                let object = try JSONRow(bytes, &members)
                field = field ?? object.first(of: question.fieldNames)
                kept = object.fields(without: field)
                guard let field, let value = object.value(of: field) else {
                    throw RowProblem(
                        .missingField,
                        question.missing(from: "the row", present: object.names, earlier: field))
                }
                return try object.content(value, question: question, field: field)
            }
            return RowDraft(line: line, kept: kept, content: content)
        }
    }
}
