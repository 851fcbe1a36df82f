internal import WhenceRendering

/// What the columns of a table with a header are for.
struct TableColumns {
    /// The number of columns.
    let count: Int
    private let names: [String]
    private let asked: Int
    private let user: Int?
    private let question: RowQuestion

    /// Finds the columns.
    ///
    /// A name that was there before gets `.1`, `.2`, … at its end, as pandas has it, so that no column is lost.
    ///
    /// - Throws: `AnnotationError.line` if the question's is not there.
    init(
        _ header: [String], question: RowQuestion, file: String, line: Int
    ) throws(AnnotationError) {
        var asked: Int?
        for name in question.fieldNames where asked == nil { asked = header.firstIndex(of: name) }
        guard let asked else {
            throw .line(
                path: file, line: line, reason: question.missing(from: "the header", present: header))
        }
        self.asked = asked
        user = question.hasUser ? header.firstIndex(of: "user") : nil
        self.question = question
        count = header.count
        names = Self.distinct(header)
    }

    /// A row of the table.
    ///
    /// - Parameters:
    ///   - found: the number of its fields.
    ///   - hint: what divides fields, a sentence.
    ///   - field: the text of a field.
    func row(line: Int, found: Int, hint: String, _ field: (Int) -> String) -> RowDraft {
        guard found == count else {
            return RowDraft(
                line: line,
                problem: RowProblem(
                    .malformed,
                    "the row has \(NumberWording.count(found, "field")), but the header has \(count). \(hint)"
                ))
        }
        var kept: [JSONField] = []
        kept.reserveCapacity(count - 1)
        var text = ""
        var owner: String?
        for column in 0..<count {
            let value = field(column)
            if column == asked {
                text = value
            } else {
                kept.append(JSONField(name: names[column], json: JSONString.encoded(value)))
            }
            if column == user, !value.isEmpty { owner = value }
        }
        let content = Result { () throws(RowProblem) in try question.content(of: text, user: owner) }
        return RowDraft(line: line, kept: kept, content: content)
    }

    private static func distinct(_ header: [String]) -> [String] {
        var taken = Set(header)
        var seen: Set<String> = []
        return header.map { name in
            guard !seen.insert(name).inserted else { return name }
            var number = 1
            while taken.contains("\(name).\(number)") { number += 1 }
            taken.insert("\(name).\(number)")
            return "\(name).\(number)"
        }
    }
}
