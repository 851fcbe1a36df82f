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
    /// - Throws: `missing`, `unreadable`; `invalid` for another content, naming the item.
    public init(readingFrom path: String, vocabularySize: Int) throws(LoaderError) {
        let json = try JSONObject(readingFrom: path)
        let schema = try json.string("schema")
        guard schema == "whence.items/1" else {
            throw json.invalid("schema", expected: "whence.items/1", found: schema)
        }
        let tokens = 0...100_000_000
        var items: [Item] = []
        for entry in try json.objects("items") {
            let id = try entry.identifier("id")
            guard let token = try entry.integer("token", in: tokens) else {
                throw entry.invalid("token", expected: "a whole number", found: "nothing")
            }
            items.append(Item(id: id, title: try entry.optionalString("title") ?? id, token: token))
        }
        let special = try json.optionalObject("special")
        try self.init(
            items: items, padToken: try special?.integer("pad", in: tokens),
            maskToken: try special?.integer("mask", in: tokens), path: path, vocabularySize: vocabularySize)
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
    /// The items that the folder's recommender knows.
    ///
    /// - Throws: `LoaderError` if `items.json` is missing, damaged, or names tokens that the model does not have.
    public func itemCatalogue() throws(LoaderError) -> ItemCatalogue {
        let file = "\(path)/\(ItemCatalogue.fileName)"
        guard FileManager.default.fileExists(atPath: file) else {
            throw .missing(
                path: path, what: ItemCatalogue.fileName,
                hint: "It says which item every token of a recommender is.")
        }
        return try ItemCatalogue(readingFrom: file, vocabularySize: configuration.vocabularySize)
    }
}
