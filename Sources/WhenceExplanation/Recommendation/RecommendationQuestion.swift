/// A history that a recommendation is to be explained after.
public struct RecommendationQuestion: Sendable, Hashable {
    /// Items as their indices in the catalogue, the oldest first.
    public var history: [Int]
    /// Whose history it is; told again in the explanation.
    public var user: String?
    /// Ids of items that the history had and the catalogue does not have; told again as well.
    public var unknownItems: [String]

    /// Makes a question; every field is as documented above.
    public init(_ history: [Int], user: String? = nil, unknownItems: [String] = []) {
        self.history = history
        self.user = user
        self.unknownItems = unknownItems
    }
}
