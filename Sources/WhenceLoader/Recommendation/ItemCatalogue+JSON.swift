internal import Foundation

extension ItemCatalogue {
    /// The name of the file in a model folder.
    public static let fileName = "items.json"

    /// Reads `items.json`:
    ///
    /// ```json
    /// { "schema": "whence.items/1",
    ///   "items": [ { "id": "50", "title": "Star Wars (1977)", "token": 50 } ],
    ///   "special": { "mask": 1683, "pad": 0 } }
    /// ```
    ///
    /// An id is a text or a whole number; a title may be missing, as may the special tokens that the model does
    /// not have.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - vocabularySize: rows of the model's embedding.
    ///   - configuration: that of a recommender, which may name the special tokens too.
    /// - Throws: `missing`, `unreadable`; `invalid` for another content, naming the item, and for special tokens that
    ///   are not those of the configuration.
    public init(
        readingFrom path: String, vocabularySize: Int, configuration: ModelConfiguration? = nil
    ) throws(LoaderError) {
        let json = try JSONObject(readingFrom: path, limit: 256 << 20)
        let schema = try json.string("schema")
        guard schema == "whence.items/1" else {
            throw json.invalid("schema", expected: "whence.items/1", found: quoted(schema))
        }
        let tokens = 0...100_000_000
        var items: [Item] = []
        for entry in try json.objects("items") {
            let id = try entry.identifier("id")
            let token = try entry.requiredInteger("token", in: tokens)
            items.append(Item(id: id, title: try entry.optionalString("title") ?? id, token: token))
        }
        let special = try json.optionalObject("special")
        try self.init(
            items: items,
            padToken: try Self.token(
                try special?.integer("pad", in: tokens), "pad", path: path,
                known: configuration?.recommender == nil ? nil : configuration?.padTokenID),
            maskToken: try Self.token(
                try special?.integer("mask", in: tokens), "mask", path: path,
                known: configuration?.recommender?.maskTokenID),
            path: path, vocabularySize: vocabularySize)
    }

    /// A special token of the file, or of the configuration; they may not differ.
    private static func token(
        _ own: Int?, _ name: String, path: String, known: Int?
    ) throws(LoaderError) -> Int? {
        guard let own, let known, own != known else { return own ?? known }
        throw .invalid(
            path: path, place: "special.\(name)", expected: "\(known), the \(name)_token_id of config.json",
            found: "\(own)", hint: "One of the two files is another model's.")
    }
}

extension JSONObject {
    /// An id: a text, or a whole number written out.
    fileprivate func identifier(_ name: String) throws(LoaderError) -> String {
        if case .integer(let number) = self[name] { return String(number) }
        return try string(name)
    }
}

extension ModelFolder {
    /// Whether there is a catalogue of items.
    var hasCatalogue: Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(ItemCatalogue.fileName)")
    }

    /// The items that the folder's recommender knows.
    ///
    /// - Throws: `LoaderError` if `items.json` is missing, damaged, or names tokens that the model does not have.
    public func itemCatalogue() throws(LoaderError) -> ItemCatalogue {
        let file = "\(path)/\(ItemCatalogue.fileName)"
        guard hasCatalogue else {
            throw .missing(
                path: path, what: ItemCatalogue.fileName,
                hint: "It says which item every token of a recommender is.")
        }
        return try ItemCatalogue(
            readingFrom: file, vocabularySize: configuration.vocabularySize, configuration: configuration)
    }
}
