/// An id in JSON: a text, or a whole number written out.
struct JSONIdentifier: Codable, Hashable {
    /// The id.
    var text: String

    init(_ text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            text = String(number)
        } else if let string = try? container.decode(String.self), !string.isEmpty {
            text = string
        } else {
            throw JSONFault(
                expected: "an id, which is a text or a whole number", found: "another value",
                place: JSONFault.place(decoder.codingPath))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A JSON value that is not what it has to be.
struct JSONFault: Error {
    var expected: String
    var found: String
    var place: String

    /// An error of decoding as a sentence.
    static func sentence(_ error: any Error) -> String {
        switch error {
        case let fault as JSONFault: "expected \(fault.expected), found \(fault.found) at \(fault.place)."
        case DecodingError.keyNotFound(let key, let context):
            "expected the member \u{201C}\(key.stringValue)\u{201D} at \(place(context.codingPath)), found none."
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "at \(place(context.codingPath)): \(context.debugDescription)"
        case DecodingError.dataCorrupted: "the JSON is not well formed."
        default: "\(error)"
        }
    }

    /// A path as JSON users write it: `history[3]`.
    static func place(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text.isEmpty ? "its top" : text
    }
}
