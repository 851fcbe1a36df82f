/// What the rows of a data set are asked about, and in which field it stands.
public enum RowQuestion: Sendable, Hashable {
    /// A text; without a field the first of `text`, `sentence`, `review` and `content` that there is.
    case text(field: String?)
    /// A history of items; without a field the first of `history` and `items` that there is.
    case history(field: String?)

    /// The names that the field may have, the most wanted first.
    var fieldNames: [String] {
        switch self {
        case .text(let field?), .history(let field?): [field]
        case .text(nil): ["text", "sentence", "review", "content"]
        case .history(nil): ["history", "items"]
        }
    }

    /// Whether a field called `user` says whose history it is.
    var hasUser: Bool {
        switch self {
        case .text: false
        case .history: true
        }
    }

    /// Says that there is no such field.
    ///
    /// - Parameters:
    ///   - place: what lacks it, with which the sentence starts.
    ///   - present: the fields that there are.
    ///   - earlier: the field that earlier rows have, which this row has to have as well; `nil` before the first.
    func missing(from place: String, present: some Collection<String>, earlier: String? = nil) -> String {
        let (option, field) =
            switch self {
            case .text(let field): ("--text-field", field)
            case .history(let field): ("--history-field", field)
            }
        let wanted =
            field.map { "no field \u{201C}\($0)\u{201D}" }
            ?? earlier.map { "no field \u{201C}\($0)\u{201D}, which rows before it have" }
            ?? "none of the fields \(fieldNames.joined(separator: ", "))"
        let shown = present.prefix(20).map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
        let names =
            present.isEmpty
            ? "it has no fields at all."
            : "it has: \(shown.joined(separator: ", "))\(present.count > shown.count ? ", …" : ""). "
                + "Name the field with \(option)."
        return "\(place) has \(wanted); \(names)"
    }

    /// The content of a text.
    ///
    /// - Throws: `RowProblem.empty`.
    func content(of text: String, user: String?) throws(RowProblem) -> InputRow.Content {
        switch self {
        case .text:
            guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
                throw RowProblem(
                    .empty, text.isEmpty ? "the text is empty." : "the text is white space alone.")
            }
            return .text(text)
        case .history:
            let history = HistoryReference.list(text)
            guard !history.isEmpty else { throw RowProblem(.empty, "the history has no items.") }
            return .history(history, user: user)
        }
    }
}
