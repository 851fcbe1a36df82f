internal import Foundation

/// A JSON value of a tokenizer's files, whose fields come in more than one type.
enum TokenizerJSON: Decodable, Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([TokenizerJSON])
    case object([String: TokenizerJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([TokenizerJSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: TokenizerJSON].self))
        }
    }

    /// The object in a file; `nil` when there is no such file.
    ///
    /// - Throws: `LoaderError.invalid` when the file is no JSON object.
    static func object(at path: String) throws(LoaderError) -> [String: TokenizerJSON]? {
        guard let bytes = try TokenizerFolder.contents(of: path) else { return nil }
        let value: TokenizerJSON
        do {
            value = try JSONDecoder().decode(TokenizerJSON.self, from: Data(bytes))
        } catch {
            throw .invalid(
                path: path, place: "the whole file", expected: "JSON", found: "something else",
                hint: "Fetch or save the file again.")
        }
        guard case .object(let object) = value else {
            throw .invalid(
                path: path, place: "the whole file", expected: "a JSON object", found: "another JSON value",
                hint: "Fetch or save the file again.")
        }
        return object
    }

    /// True or false, if it is either.
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// A text, if it is one.
    var string: String? { if case .string(let value) = self { value } else { nil } }
    /// A number, if it is one.
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    /// Values in order, if it is an array.
    var array: [TokenizerJSON]? { if case .array(let value) = self { value } else { nil } }
    /// Values by name, if it is an object.
    var object: [String: TokenizerJSON]? { if case .object(let value) = self { value } else { nil } }
}
