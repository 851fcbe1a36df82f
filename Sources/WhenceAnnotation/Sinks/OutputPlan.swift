internal import Foundation

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
    /// Whether records say in which file their row stands, as it has to be for a folder.
    public var namesFiles: Bool

    /// Makes a plan; every parameter is as the property of its name.
    public init(records: String?, database: String? = nil, start: Start, namesFiles: Bool = false) {
        (self.records, self.database, self.start, self.namesFiles) = (records, database, start, namesFiles)
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
        return records == "-" || (DiskFile.exists(records) && !Self.isRegular(records))
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

    /// Refuses what can be seen to be impossible before anything is touched.
    ///
    /// - Throws: `AnnotationError.unwritable`.
    func check() throws(AnnotationError) {
        for path in paths {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
                throw .unwritable(path: path, reason: "it is a folder")
            }
        }
        for path in movedPaths {
            for ending in [".gz", ".zst"] where path.lowercased().hasSuffix(ending) {
                throw .unwritable(
                    path: path,
                    reason:
                        "outputs are not compressed; name it without \(ending), or pipe the standard output "
                        + "through a compressor")
            }
            let folder = URL(filePath: path).deletingLastPathComponent().path
            guard DiskFile.exists(folder) else {
                throw .unwritable(path: path, reason: "the folder \(folder) does not exist")
            }
        }
        if let database, database == "-" || (DiskFile.exists(database) && !Self.isRegular(database)) {
            throw .unwritable(path: database, reason: "a database can only be a file")
        }
        if let records, let database,
            URL(filePath: records).standardized == URL(filePath: database).standardized
        {
            throw .unwritable(path: records, reason: "the records and the database cannot be the same file")
        }
        if start == .resuming, recordsAreStreamed {
            throw .unwritable(
                path: records == "-" ? "standard output" : records ?? "",
                reason: "what was written there cannot be gone on with; give a file as output")
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
            throw .unwritable(
                path: path,
                reason: "an earlier run was not finished; --resume goes on with it, --force starts anew")
        }
    }

    /// Refuses to replace outputs.
    func checkOutputsAreFree() throws(AnnotationError) {
        for path in movedPaths where DiskFile.exists(path) {
            throw .unwritable(path: path, reason: "it exists already; --force replaces it")
        }
    }

    private static func isRegular(_ path: String) -> Bool {
        let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
