/// A part of a `tokenizer.json`, whose fields are demanded by type and whose errors name the file and the place.
struct FastComponent: Sendable {
    /// The file.
    let path: String
    /// Where in the file the part stands.
    let place: String
    private let fields: TokenizerJSON.Object

    init(_ fields: TokenizerJSON.Object, path: String, place: String = "") {
        self.fields = fields
        self.path = path
        self.place = place
    }

    /// A field; `nil` when it is missing or `null`.
    subscript(_ name: String) -> TokenizerJSON? {
        let value = fields[name]
        return value == .null ? nil : value
    }

    /// What kind of part it is.
    var type: String {
        get throws(LoaderError) { try demand(self["type"]?.string, "type", "a name") }
    }

    /// True or false; `standard` when it is missing.
    func flag(_ name: String, standard: Bool) throws(LoaderError) -> Bool {
        guard let value = self[name] else { return standard }
        return try demand(value.bool, name, "true or false")
    }

    /// A text; `nil` when it is missing.
    func text(_ name: String) throws(LoaderError) -> String? {
        guard let value = self[name] else { return nil }
        return try demand(value.string, name, "a text")
    }

    /// An id; `nil` when it is missing.
    func id(_ name: String) throws(LoaderError) -> Int? {
        guard let value = self[name] else { return nil }
        return try demand(value.id, name, "an id")
    }

    /// A list that has to be there.
    func list(_ name: String) throws(LoaderError) -> [TokenizerJSON] {
        try demand(self[name]?.array, name, "a list")
    }

    /// An object; `nil` when it is missing.
    func optional(_ name: String) throws(LoaderError) -> FastComponent? {
        guard let value = self[name] else { return nil }
        let object = try demand(value.object, name, "an object")
        return FastComponent(object, path: path, place: place + name + ".")
    }

    /// An object that has to be there.
    func component(_ name: String) throws(LoaderError) -> FastComponent {
        try demand(optional(name), name, "an object")
    }

    /// The objects of a list.
    func components(_ name: String) throws(LoaderError) -> [FastComponent] {
        var result: [FastComponent] = []
        for (index, value) in try list(name).enumerated() {
            let object = try demand(value.object, "\(name)[\(index)]", "an object")
            result.append(FastComponent(object, path: path, place: "\(place)\(name)[\(index)]."))
        }
        return result
    }

    /// The object as it is.
    var object: TokenizerJSON.Object { fields }

    /// A value that has to be there and of the right type.
    func demand<Value>(_ value: Value?, _ name: String, _ expected: String) throws(LoaderError) -> Value {
        guard let value else {
            throw invalid(name, expected: expected, found: self[name] == nil ? "nothing" : "another value")
        }
        return value
    }

    /// The error of a field that is not as it has to be.
    func invalid(_ name: String, expected: String, found: String) -> LoaderError {
        .invalid(
            path: path, place: place + name, expected: expected, found: found,
            hint: "Fetch or save the file again.")
    }

    /// The error of a part that Whence does not know.
    func unsupported(_ what: String, known: [String]) -> LoaderError {
        .unsupported(
            path: path, found: "\(what) at \(place.isEmpty ? "the top" : String(place.dropLast()))",
            known: known)
    }
}
