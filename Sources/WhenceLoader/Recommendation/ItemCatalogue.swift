/// The items that a recommender knows: their ids, titles and tokens.
public struct ItemCatalogue: Sendable, Hashable {
    /// One item.
    public struct Item: Sendable, Hashable, Codable {
        /// The data set's own id.
        public var id: String
        /// What a person calls it; the id where the catalogue says nothing.
        public var title: String
        /// Its row in the model's embedding.
        public var token: Int

        /// Makes an item.
        public init(id: String, title: String, token: Int) {
            self.id = id
            self.title = title
            self.token = token
        }
    }

    /// The items in ascending order of their tokens. Everywhere else an item is its index here.
    public let items: [Item]
    /// The token of padding; `nil` if there is none.
    public let padToken: Int?
    /// The token that stands for an item to be predicted; `nil` for a model that has none.
    public let maskToken: Int?

    private let indexOfID: [String: Int]
    private let indexOfToken: [Int: Int]

    /// Makes a catalogue.
    ///
    /// - Parameters:
    ///   - items: at least one, in any order.
    ///   - path: the file that an error names.
    ///   - vocabularySize: rows of the model's embedding; every token has to be below.
    /// - Throws: `LoaderError.invalid` for no items, an id or a token that two of them have, and a token outside
    ///   of the vocabulary.
    public init(
        items: [Item], padToken: Int?, maskToken: Int?, path: String, vocabularySize: Int
    ) throws(LoaderError) {
        guard !items.isEmpty else {
            throw Self.invalid(path, "items", expected: "at least one item", found: "none")
        }
        let vocabulary = 0..<vocabularySize
        var owners: [Int: String] = [:]
        for (token, name) in [(padToken, "pad"), (maskToken, "mask")] {
            guard let token else { continue }
            guard vocabulary.contains(token) else {
                throw Self.outside(path, "special.\(name)", token, vocabularySize)
            }
            if let owner = owners[token] {
                throw Self.invalid(
                    path, "special.\(name)", expected: "a token of its own",
                    found: "\(token), that of \(owner)")
            }
            owners[token] = "special.\(name)"
        }
        var indexOfID: [String: Int] = [:]
        var indexOfToken: [Int: Int] = [:]
        let sorted = items.sorted { $0.token < $1.token }
        for (index, item) in sorted.enumerated() {
            let place = "item \(quoted(item.id))"
            guard vocabulary.contains(item.token) else {
                throw Self.outside(path, place, item.token, vocabularySize)
            }
            if let owner = owners.updateValue(place, forKey: item.token) {
                throw Self.invalid(
                    path, place, expected: "a token of its own", found: "\(item.token), that of \(owner)")
            }
            guard indexOfID.updateValue(index, forKey: item.id) == nil else {
                throw Self.invalid(path, place, expected: "an id that no other item has", found: "it twice")
            }
            indexOfToken[item.token] = index
        }
        self.items = sorted
        self.padToken = padToken
        self.maskToken = maskToken
        self.indexOfID = indexOfID
        self.indexOfToken = indexOfToken
    }

    /// The item with an id.
    public func index(ofID id: String) -> Int? { indexOfID[id] }

    /// The item that a token stands for; `nil` for special tokens and rows that belong to no item.
    public func index(ofToken token: Int) -> Int? { indexOfToken[token] }

    private static func outside(
        _ path: String, _ place: String, _ token: Int, _ vocabularySize: Int
    ) -> LoaderError {
        invalid(
            path, place,
            expected: "a token from 0 to \(vocabularySize - 1), the rows of the model's embedding",
            found: "\(token)")
    }

    private static func invalid(
        _ path: String, _ place: String, expected: String, found: String
    ) -> LoaderError {
        .invalid(
            path: path, place: place, expected: expected, found: found,
            hint: "The catalogue has to be the one that the model was trained with.")
    }
}
