public import WhenceRendering

/// One row of a data set that is to be annotated.
public struct InputRow: Sendable, Hashable {
    /// Where a row stands.
    public struct Place: Sendable, Hashable {
        /// The file's name in messages.
        public var file: String
        /// The file's path in the folder that is the data set, by which outputs name it however the folder was
        /// named; `nil` where the data set is no folder.
        public var member: String?
        /// The line on which the row starts, counted from 1; `nil` where a whole file is one row, or a row is no
        /// line of a file.
        public var line: Int?

        /// Makes a place.
        public init(file: String, member: String? = nil, line: Int?) {
            self.file = file
            self.member = member
            self.line = line
        }
    }

    /// What a model is asked about.
    public enum Content: Sendable, Hashable {
        /// A text, for a classifier.
        case text(String)
        /// A history, the oldest item first, for a recommender; `user` where the data set names one.
        case history([HistoryReference], user: String?)
    }

    /// The row's number among all rows of the data set, bad ones included, counted from 0. Shards keep it.
    public var index: Int
    /// Where it stands.
    public var place: Place
    /// The fields of the row that are not asked about, in the order of the row; they go into the output as they are.
    public var kept: [JSONField]
    /// What is asked, or why the row is no question.
    public var content: Result<Content, RowProblem>

    /// Makes a row; every field is as documented above.
    public init(index: Int, place: Place, kept: [JSONField], content: Result<Content, RowProblem>) {
        self.index = index
        self.place = place
        self.kept = kept
        self.content = content
    }
}

/// How a data set names an item of a history.
public enum HistoryReference: Sendable, Hashable {
    /// By the data set's own id.
    case id(String)
    /// By its title, which has to leave no doubt.
    case title(String)
}

extension InputRow.Place: CustomStringConvertible {
    /// As messages say it: `reviews.csv, line 7`.
    public var description: String { line.map { "\(file), line \($0)" } ?? file }
}
