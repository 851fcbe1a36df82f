/// What a terminal can show.
public struct TextStyle: Sendable, Hashable {
    /// Whether to use ANSI colours; without, highlighted words stand in double square brackets.
    public var colour: Bool
    /// Columns of a line. Below ``minimumWidth`` lines are laid out as if it were that.
    public var width: Int

    /// Most rows of a table, such as the hidden common causes; `nil` shows every row.
    public var rowLimit: Int?

    /// Narrower lines cannot hold a name and a sentence.
    public static let minimumWidth = 32

    /// 80 columns without colour: for files and pipes.
    public static let plain = TextStyle(colour: false, width: 80)

    /// Makes a style.
    public init(colour: Bool, width: Int, rowLimit: Int? = 12) {
        self.colour = colour
        self.width = width
        self.rowLimit = rowLimit
    }
}
