/// What a report is asked for.
public struct ReportSettings: Sendable, Hashable {
    /// The field of the rows that holds the true label; `nil` for none.
    public var labelField: String?
    /// Fewest rows that a part, or a pair, has to be counted in to be tested.
    public var minimumRows = 10
    /// The share of false findings that is put up with, in each list.
    public var level = 0.05
    /// How many times the expected rate a part has to explain to be a shortcut: in a large data set the least
    /// difference is no chance, and no matter either.
    public var smallestRatio = 1.5
    /// Most entries of a list.
    public var listLimit = 20
    /// Most rows listed whose labels differ between two models.
    public var differingRows = 10

    /// The settings of `whence report` without options.
    public init() {}
}
