/// Why a row cannot be annotated: it becomes an error record, and the run goes on.
public struct RowProblem: Error, Sendable, Hashable {
    /// The kind of problem, as records name it.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The row's bytes are not UTF-8.
        case notUTF8 = "invalid-utf8"
        /// The row is a file that cannot be read, or is packed and damaged.
        case unreadable
        /// The row is not of the file's format: no JSON object, another number of fields, a quote without end.
        case malformed
        /// The row lacks the field that is asked about.
        case missingField = "missing-field"
        /// The field's value is not of the type that it has to be.
        case wrongType = "wrong-type"
        /// The text has no words, or the history no items.
        case empty
        /// The model does not read as much, or the row is larger than rows may be.
        case tooLong = "too-long"
        /// A title or id that the recommender does not know, or that fits several items.
        case unknownItem = "unknown-item"
        /// The model gave no usable answer.
        case model
    }

    /// The kind of problem.
    public var kind: Kind
    /// A sentence: what is wrong and what to do about it. It does not repeat the row's text.
    public var reason: String

    /// Makes a problem.
    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}
