/// Any JSON value, its type as the file has it.
enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The value that was read; of members with one name the last.
    init(_ value: TokenizerJSON) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        // Some writers give whole numbers a fraction of zero.
        case .number(let number): self = Int(exactly: number).map { .integer($0) } ?? .number(number)
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(values.map { JSONValue($0) })
        case .object(let object): self = .object(Self.members(object))
        }
    }

    /// The members of an object by their names.
    static func members(_ object: TokenizerJSON.Object) -> [String: JSONValue] {
        Dictionary(object.members.lazy.map { ($0.name, JSONValue($0.value)) }) { $1 }
    }

    /// The value as an error shows it.
    var summary: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): quoted(value)
        case .array(let values): "a list of \(values.count)"
        case .object(let members): "an object of \(members.count)"
        }
    }
}
