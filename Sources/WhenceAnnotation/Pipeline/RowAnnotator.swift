public import WhenceInference

/// Finds out what a model says about rows.
public protocol RowAnnotator: Sendable {
    /// How many rows are worked on together.
    var groupLimit: GroupLimit { get }

    /// How long a row is, without looking closely: rows of similar size are worked on together.
    func size(of content: InputRow.Content) -> Int

    /// Annotates a group of rows.
    ///
    /// What is found out about a row does not depend on the others, apart from its time.
    ///
    /// - Parameters:
    ///   - contents: the rows; any of them may be no question that the model can answer.
    ///   - workspace: memory and threads of the task that calls.
    /// - Returns: one answer a row, in their order.
    /// - Throws: `CancellationError`, and errors that are about no row.
    func annotate(_ contents: [InputRow.Content], in workspace: Workspace) async throws -> [RowAnswer]
}

/// What a model says about one row.
public struct RowAnswer: Sendable {
    /// What it says.
    public var outcome: AnnotatedRow.Outcome
    /// The time that was spent on the row, as in `AnnotatedRow`.
    public var milliseconds: Double

    /// Makes an answer; every field is as documented above.
    public init(_ outcome: AnnotatedRow.Outcome, milliseconds: Double) {
        self.outcome = outcome
        self.milliseconds = milliseconds
    }
}

/// How many rows are worked on together.
public struct GroupLimit: Sendable, Hashable {
    /// Most rows.
    public var rows: Int
    /// What their sizes come to at most; a row that is larger is worked on alone.
    public var size: Int

    /// Makes a limit; every field is as documented above.
    public init(rows: Int, size: Int) {
        self.rows = rows
        self.size = size
    }
}
