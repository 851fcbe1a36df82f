internal import Foundation

/// An object of a JSON file, whose members are demanded by type; what does not fit is named by file and field.
struct JSONObject: Sendable, Hashable {
    /// The file it comes from.
    let path: String
    /// Where in the file it stands, as a prefix of its members' names.
    private let place: String
    private let members: [String: JSONValue]

    /// The most bytes of a file that says what a model is; those with the most labels have a tenth.
    static let configurationLimit = 4 << 20

    /// Reads a file whose top level is an object.
    ///
    /// - Parameter limit: the most bytes that such a file can sensibly hold.
    /// - Throws: `missing`, `unreadable`, or `invalid` if it is not JSON, or not an object.
    init(readingFrom path: String, limit: Int = Self.configurationLimit) throws(LoaderError) {
        let name = URL(filePath: path).lastPathComponent
        self = try JSONObject(InputFile.contents(path, what: name, limit: limit), path: path)
    }

    /// Parses an object.
    init(_ bytes: [UInt8], path: String) throws(LoaderError) {
        let value: TokenizerJSON
        do {
            var reader = JSONReader(bytes)
            value = try reader.document()
        } catch {
            throw .invalid(
                path: path, place: "content", expected: "JSON",
                found: "\(error.found) at byte \(error.offset)",
                hint: "The file is damaged or was cut; fetch it again.")
        }
        guard case .object(let object) = value else {
            throw .invalid(
                path: path, place: "content", expected: "a JSON object", found: JSONValue(value).summary,
                hint: "This is another kind of file.")
        }
        self.init(path: path, place: "", members: JSONValue.members(object))
    }

    private init(path: String, place: String, members: [String: JSONValue]) {
        self.path = path
        self.place = place
        self.members = members
    }

    /// The names of the members, in alphabetical order.
    var keys: [String] { members.keys.sorted() }

    /// A member; `nil` if it is absent or `null`.
    subscript(_ name: String) -> JSONValue? {
        let value = members[name]
        return value == .null ? nil : value
    }

    /// A text that has to be there.
    func string(_ name: String) throws(LoaderError) -> String {
        guard let value = try optionalString(name) else { throw absent(name, expected: "a text") }
        return value
    }

    /// A text; `nil` if it is absent or `null`.
    func optionalString(_ name: String) throws(LoaderError) -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else {
            throw invalid(name, expected: "a text", found: value.summary)
        }
        return text
    }

    /// A truth value; `nil` if it is absent or `null`.
    func boolean(_ name: String) throws(LoaderError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .boolean(let flag) = value else {
            throw invalid(name, expected: "true or false", found: value.summary)
        }
        return flag
    }

    /// A whole number within `range`; `nil` if it is absent or `null`.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(LoaderError) -> Int? {
        guard let value = self[name] else { return nil }
        guard case .integer(let number) = value, range.contains(number) else {
            throw invalid(
                name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)",
                found: value.summary)
        }
        return number
    }

    /// A whole number within `range` that has to be there.
    func requiredInteger(_ name: String, in range: ClosedRange<Int>) throws(LoaderError) -> Int {
        guard let number = try integer(name, in: range) else {
            throw absent(name, expected: "a whole number")
        }
        return number
    }

    /// One of an enumeration's names; `nil` if it is absent or `null`.
    func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, of choices: Choice.Type
    ) throws(LoaderError) -> Choice? {
        guard let text = try optionalString(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw invalid(name, expected: Self.list(choices), found: quoted(text))
        }
        return choice
    }

    /// One of an enumeration's names that has to be there.
    func requiredChoice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, of choices: Choice.Type
    ) throws(LoaderError) -> Choice {
        guard let choice = try choice(name, of: choices) else {
            throw absent(name, expected: Self.list(choices))
        }
        return choice
    }

    private static func list<Choice: CaseIterable & RawRepresentable<String>>(_: Choice.Type) -> String {
        "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// A number; `nil` if it is absent or `null`.
    func number(_ name: String) throws(LoaderError) -> Double? {
        switch self[name] {
        case nil: return nil
        case .integer(let value): return Double(value)
        case .number(let value): return value
        case .some(let value): throw invalid(name, expected: "a number", found: value.summary)
        }
    }

    /// A text, or a number written out; `nil` if it is absent or `null`.
    func textOrNumber(_ name: String) throws(LoaderError) -> String? {
        switch self[name] {
        case .integer(let value): return "\(value)"
        case .number(let value): return "\(value)"
        default: return try optionalString(name)
        }
    }

    /// A list of texts; `nil` if it is absent or `null`.
    func strings(_ name: String) throws(LoaderError) -> [String]? {
        guard let value = self[name] else { return nil }
        guard case .array(let elements) = value else {
            throw invalid(name, expected: "a list of texts", found: value.summary)
        }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else {
                throw invalid(name, expected: "a list of texts", found: "\(element.summary) in it")
            }
            texts.append(text)
        }
        return texts
    }

    /// An object that has to be there.
    func object(_ name: String) throws(LoaderError) -> JSONObject {
        guard let object = try optionalObject(name) else { throw absent(name, expected: "an object") }
        return object
    }

    /// An object; `nil` if it is absent or `null`.
    func optionalObject(_ name: String) throws(LoaderError) -> JSONObject? {
        guard let value = self[name] else { return nil }
        guard case .object(let members) = value else {
            throw invalid(name, expected: "an object", found: value.summary)
        }
        return JSONObject(path: path, place: "\(place)\(name).", members: members)
    }

    /// A list of objects that has to be there.
    func objects(_ name: String) throws(LoaderError) -> [JSONObject] {
        guard case .array(let elements) = self[name] else {
            throw invalid(name, expected: "a list of objects", found: self[name]?.summary ?? "nothing")
        }
        var objects: [JSONObject] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let members) = element else {
                throw invalid("\(name)[\(index)]", expected: "an object", found: element.summary)
            }
            objects.append(JSONObject(path: path, place: "\(place)\(name)[\(index)].", members: members))
        }
        return objects
    }

    /// The error of a member that is not as it has to be.
    func invalid(
        _ name: String, expected: String, found: String, hint: String = "Correct it, or fetch the file again."
    ) -> LoaderError {
        // A name is the file's own where an object maps names.
        let shown = name.utf8.count > 160 ? quoted(name) : name
        return .invalid(path: path, place: place + shown, expected: expected, found: found, hint: hint)
    }

    private func absent(_ name: String, expected: String) -> LoaderError {
        invalid(name, expected: expected, found: "nothing")
    }
}
