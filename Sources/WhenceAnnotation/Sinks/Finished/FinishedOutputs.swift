internal import WhenceRendering

/// Outputs that are there without a journal, as a run that ended leaves them.
///
/// No file beside them says of which run they are. They say so themselves, row by row, and that is held against the input
/// and against the run that was to be gone on with.
public struct FinishedOutputs: Sendable {
    /// What is in them.
    public struct Count: Sendable, Hashable {
        /// All rows.
        public var rows = 0
        /// Those that could not be annotated.
        public var failures = 0
    }

    private let plan: OutputPlan
    private let identity: RunIdentity

    init(_ plan: OutputPlan, _ identity: RunIdentity) { (self.plan, self.identity) = (plan, identity) }

    /// Makes sure that they are what the run would write.
    ///
    /// Of records this compares task, model, settings, detail and every row of the input with its other fields; not the
    /// version of Whence and how labels are called, which records do not say. Of a database it compares these too.
    ///
    /// - Parameter source: the run's input, or its shard, from its start.
    /// - Throws: `AnnotationError.anotherRun` with what differs; `.line` or `.format` for what is no output of Whence;
    ///   what the source throws.
    /// - Complexity: O(bytes of the input and of the outputs).
    public func check(_ source: inout some RowSource) throws(AnnotationError) -> Count {
        guard let path = plan.database else { return try check(&source, nil) }
        do {
            return try FinishedDatabase.read(path, identity) { lines in try check(&source, lines) }
        } catch let error as AnnotationError {
            throw error
        } catch {
            throw .format(
                path: path, reason: "it cannot be read as a database of annotated rows: \(error).")
        }
    }

    private func check(
        _ source: inout some RowSource, _ database: FinishedDatabase?
    ) throws(AnnotationError) -> Count {
        var records: FinishedRecords?
        if let path = plan.records { records = try FinishedRecords(path, identity) }
        var database = database
        var count = Count()
        while let row = try source.next() {
            let failures = [try records?.hasFailure(for: row), try database?.hasFailure(for: row)]
            count.rows += 1
            if failures.contains(true) { count.failures += 1 }
        }
        try records?.demandEnd()
        try database?.demandEnd()
        return count
    }
}

extension AnnotationError {
    /// An output that does not belong to the input.
    static func notAbout(_ row: InputRow, _ path: String, at place: String) -> AnnotationError {
        .anotherRun(
            path: path,
            differences: ["\(place) is not about row \(row.index) of the input (\(row.place)) as it is now"])
    }

    /// An output that ends too early, or too late.
    static func otherLength(_ path: String, rows: Int, isShort: Bool) -> AnnotationError {
        .anotherRun(
            path: path,
            differences: [
                "it has \(NumberWording.count(rows, "row")) and the input has \(isShort ? "more" : "fewer")"
            ])
    }
}
