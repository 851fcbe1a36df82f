internal import Foundation
internal import WhenceRendering

/// Rows that are the text files of a folder and of the folders in it.
struct FolderTexts: DraftReader {
    private let folder: String
    private let names: [String]
    private let question: RowQuestion
    private let limit: Int
    private var count = 0

    /// Lists the files.
    ///
    /// - Throws: `AnnotationError.unreadable` for a folder that cannot be listed; `.format` without files.
    init(
        _ folder: String, question: RowQuestion, limit: Int = RowReader.byteLimit
    ) throws(AnnotationError) {
        self.folder = folder
        self.question = question
        self.limit = limit
        names = try Self.names(in: folder)
    }

    /// Whether a file of this name is a row: names end in `.txt`, or in that and `.gz`, `.zst` or `.zstd`, in either case.
    static func isRow(_ name: String) -> Bool {
        Packing.unpackedName(name).lowercased().hasSuffix(".txt")
    }

    /// The paths of the files that are rows, in the order of their bytes.
    ///
    /// - Throws: `AnnotationError.unreadable` for a folder that cannot be listed; `.format` without files.
    static func names(in folder: String) throws(AnnotationError) -> [String] {
        let names = try FolderListing.files(in: folder, where: isRow)
        guard !names.isEmpty else {
            throw .format(path: folder, reason: "there is no .txt file in this folder or below it.")
        }
        return names
    }

    var progress: Double? { Double(count) / Double(names.count) }
    var isReady: Bool { true }

    mutating func next() throws(AnnotationError) -> RowDraft? {
        guard count < names.count else { return nil }
        let name = names[count]
        count += 1
        let content = Result { () throws(RowProblem) in
            let bytes = try contents(name)
            return try bytes.withUnsafeBufferPointer { bytes throws(RowProblem) in
                if let offset = UTF8Check.firstInvalid(bytes) { throw .notUTF8(bytes, at: offset) }
                return try question.content(of: String(decoding: bytes, as: UTF8.self), user: nil)
            }
        }
        var draft = RowDraft(
            line: nil, kept: [JSONField(name: "file", json: JSONString.encoded(name))], content: content)
        draft.member = name
        return draft
    }

    private func contents(_ name: String) throws(RowProblem) -> [UInt8] {
        let path = FolderListing.join(folder, name)
        let bytes: [UInt8]
        do throws(AnnotationError) {
            var stream = try ByteStream(path: path)
            while !stream.isAtEnd, stream.bytes.count <= limit { try stream.advance(passing: 0, line: 1) }
            bytes = stream.bytes
        } catch {
            // The reason goes into the output, which does not depend on how the folder was named.
            let reason = error.description
            throw RowProblem(
                .unreadable, reason.hasPrefix(path) ? name + reason.dropFirst(path.count) : reason)
        }
        guard bytes.count <= limit else { throw .tooLong(limit: limit) }
        return bytes
    }
}
