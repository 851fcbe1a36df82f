/// Puts the outputs of the parts of a data set together, as one run over all of it would have written them.
public struct ShardMerge: Sendable {
    /// What was merged.
    public struct Summary: Sendable, Hashable {
        /// All rows.
        public var rows = 0
        /// Those that could not be annotated.
        public var failures = 0
        /// Whether a part behind the last row could be missing without a trace: records do not say of how many parts
        /// theirs is one, and each part may have had a single row.
        public var mayLackEnd = false
    }

    /// The outputs of the parts, in any order: all of records, or all databases.
    public var parts: [String]
    /// Where the whole goes; for records `-` is the standard output.
    public var output: String
    /// Whether an output that exists is replaced.
    public var replaces: Bool

    /// Prepares a merge; every parameter is as the property of its name.
    public init(parts: [String], output: String, replaces: Bool = false) {
        (self.parts, self.output, self.replaces) = (parts, output, replaces)
    }

    /// Merges the parts.
    ///
    /// Records are copied byte for byte in the order of their rows, with one record of each part in memory. The output
    /// appears under its name when it is whole.
    ///
    /// - Parameter progress: called now and then with the number of rows so far.
    /// - Throws: `AnnotationError`, with file and line, if rows are missing or there twice, if the parts are not of one
    ///   task, model, settings and detail, or if a file cannot be read or written; `CancellationError`.
    /// - Complexity: O(bytes); O(parts) a row.
    public func run(progress: (Int) -> Void = { _ in }) throws -> Summary {
        guard !parts.isEmpty else { throw AnnotationError.empty(path: "the parts to merge") }
        for (place, path) in parts.enumerated() {
            try TextFile.checkIsFile(path)
            if parts[..<place].contains(where: { FilePlace.isSame($0, path) }) {
                throw AnnotationError.format(path: path, reason: "it is given twice.")
            }
            if FilePlace.isSame(path, output) {
                throw AnnotationError.unwritable(path: output, reason: "it is one of the parts")
            }
        }
        let databases = try parts.filter { path throws(AnnotationError) in try DatabaseMerge.isDatabase(path)
        }
        if databases.isEmpty {
            guard !OutputPlan.namesDatabase(output) else {
                throw AnnotationError.unwritable(
                    path: output, reason: "it has the name of a database, but the parts are records")
            }
            var merge = try RecordMerge(parts, into: FileOutput(output, replaces: replaces))
            return try merge.run(progress)
        }
        if let records = parts.first(where: { !databases.contains($0) }) {
            throw AnnotationError.format(
                path: records,
                reason: "it holds records, but \(databases[0]) is a database; merge one kind at a time.")
        }
        if output == "-" || RowFormat(nameOf: output) != nil {
            throw AnnotationError.unwritable(
                path: output == "-" ? "standard output" : output,
                reason: "the parts are databases, and so is what they make; name it .db")
        }
        return try DatabaseMerge(parts, into: output, replaces: replaces).run(progress)
    }
}
