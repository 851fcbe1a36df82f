import Foundation

@testable import WhenceLoader

/// Fixtures hold settings among other things, so that they are decoded, and folders with changed settings are written.
extension TokenizerJSON: Codable {
    /// Reads any JSON value.
    public init(from decoder: any Decoder) throws {
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
            let members = try container.decode([String: TokenizerJSON].self)
            self = .object(
                .init(
                    members: members.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }))
        }
    }

    /// Writes the value as the files have it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value):
            try container.encode(
                Dictionary(value.members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
        }
    }
}

extension TokenizerJSON {
    /// The value as text, members in their order and every name in its exact spelling.
    var text: String {
        get throws {
            switch self {
            case .null: return "null"
            case .bool(let value): return "\(value)"
            case .integer(let value): return "\(value)"
            case .number(let value): return "\(value)"
            case .string(let value): return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
            case .array(let values):
                return "[" + (try values.map { try $0.text }.joined(separator: ",")) + "]"
            case .object(let object):
                let members = try object.members.map { member in
                    try TokenizerJSON.string(member.name).text + ":" + member.value.text
                }
                return "{" + members.joined(separator: ",") + "}"
            }
        }
    }
}
