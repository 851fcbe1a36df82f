internal import Foundation
internal import WhenceLoader

/// Which files a run writes, and what it does with those that are there.
public struct OutputPlan: Sendable, Hashable {
    /// What is done with what an earlier run left.
    public enum Start: Sendable, Hashable {
        /// Nothing may be there.
        case new
        /// It is replaced; an output that is whole, only when the new one is.
        case replacing
        /// It is gone on with; where there is nothing, the run begins.
        case resuming
    }

    /// The file of records; `-` is the standard output, `nil` writes none.
    public var records: String?
    /// The database; `nil` writes none.
    public var database: String?
    /// What is done with what is there.
    public var start: Start

    /// Makes a plan; every parameter is as the property of its name.
    public init(records: String?, database: String? = nil, start: Start) {
        (self.records, self.database, self.start) = (records, database, start)
    }
}

extension OutputPlan {
    /// The end of the name of an output that is being written.
    static let partialEnding = ".partial"
    /// The end of the name of the journal.
    static let journalEnding = ".journal"

    /// The outputs, that of the records first.
    var paths: [String] { [records, database].compactMap(\.self) }

    /// Whether the records go where nothing can be taken back: a pipe, a terminal, a device.
    var recordsAreStreamed: Bool {
        guard let records else { return false }
        return records == "-" || OutputPlace(records) == .stream
    }

    /// The same plan for the files behind links, which stay: what grows, and is renamed at the end, lies beside those.
    var behindLinks: OutputPlan {
        var plan = self
        plan.records = records.map(Self.end)
        plan.database = database.map(Self.end)
        return plan
    }

    private static func end(of path: String) -> String {
        guard path != "-", case .file(let place, _) = OutputPlace(path) else { return path }
        return place
    }

    /// Whether a run that was ended early can be gone on with.
    public var canResume: Bool { journal != nil }

    /// The journal beside the first output; `nil` where records are streamed, and nothing can be gone on with.
    var journal: String? {
        recordsAreStreamed ? nil : paths.first.map { $0 + Self.journalEnding }
    }

    /// The outputs that have a name of their own while they are written.
    var movedPaths: [String] { recordsAreStreamed ? [database].compactMap(\.self) : paths }

    /// What the outputs are called while they are written.
    var partials: [String] { movedPaths.map { $0 + Self.partialEnding } }

    /// Whether a file's name says that it is a database.
    public static func namesDatabase(_ path: String) -> Bool {
        [".db", ".sqlite", ".sqlite3"].contains { path.lowercased().hasSuffix($0) }
    }

    /// Refuses what can be seen to be impossible before anything is touched.
    ///
    /// - Parameter input: the file or folder that is read; `nil` for what has no place.
    /// - Throws: `AnnotationError.unwritable`, `.outputIsInput`.
    func check(reading input: String? = nil) throws(AnnotationError) {
        if let input { try checkIsOther(than: input) }
        for path in paths where path != "-" {
            if case .nowhere(let reason) = OutputPlace(path) { throw .unwritable(path: path, reason: reason) }
        }
        for path in movedPaths {
            for ending in [".gz", ".zst"] where path.lowercased().hasSuffix(ending) {
                throw .unwritable(
                    path: path,
                    reason:
                        "outputs are not compressed; name it without \(ending), or pipe the standard output "
                        + "through a compressor")
            }
        }
        if let database, database == "-" || OutputPlace(database) == .stream {
            throw .unwritable(path: database, reason: "a database can only be a file")
        }
        if let records, let database, FilePlace.isSame(records, database) {
            throw .unwritable(path: records, reason: "the records and the database cannot be the same file")
        }
        if start == .resuming, recordsAreStreamed {
            throw .unwritable(
                path: records == "-" ? "standard output" : records ?? "",
                reason: "what was written there cannot be gone on with; give a file as output")
        }
    }

    /// Refuses to write, or to remove, what is read.
    private func checkIsOther(than input: String) throws(AnnotationError) {
        let begun = movedPaths.map { $0 + Self.partialEnding } + [journal].compactMap(\.self)
        for path in paths + begun where path != "-" {
            let isRead =
                FilePlace.isSame(path, input)
                || FilePlace.path(of: path, in: input).map(FolderTexts.isRow) == true
            if isRead { throw .outputIsInput(path: path, input: input) }
        }
    }

    /// Removes what an earlier run has begun.
    func removePartials() throws(AnnotationError) {
        for path in partials { try SQLiteSink.remove(path) }
    }

    /// Refuses to touch what is there: outputs, and what an earlier run has begun.
    ///
    /// - Parameter journalToo: whether a journal is such a thing, or this run's own.
    func checkIsFree(journalToo: Bool = true) throws(AnnotationError) {
        try checkOutputsAreFree()
        let begun = partials + (journalToo ? [journal].compactMap(\.self) : [])
        for path in begun where DiskFile.exists(path) {
            let goesOn = journal.map(DiskFile.exists) ?? false
            throw .unwritable(
                path: path,
                reason: goesOn
                    ? "an earlier run was not finished; --resume goes on with it, --force starts anew"
                    : "an earlier run was not finished, and left no journal to go on from; --force starts anew"
            )
        }
    }

    /// Refuses to replace outputs.
    func checkOutputsAreFree() throws(AnnotationError) {
        for path in movedPaths where DiskFile.exists(path) {
            throw FilePlace.isTaken(path)
        }
    }
}
