/// What an explanation can name: a word, or an item.
public struct ReportedPart: Sendable, Hashable, Codable, Comparable {
    /// The word, in lower case; or the item's title.
    public var name: String
    /// The item's id; `nil` for a word.
    public var item: String?

    /// Makes a part.
    public init(name: String, item: String? = nil) {
        self.name = name
        self.item = item
    }

    /// By name, then id: the order of lists whose figures are equal.
    public static func < (first: ReportedPart, second: ReportedPart) -> Bool {
        (first.name, first.item ?? "") < (second.name, second.item ?? "")
    }
}
