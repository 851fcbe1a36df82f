internal import Foundation

/// The rows of a file, a folder or the standard input, in whichever of the known formats they are written; gzip and
/// zstd are unpacked, whatever the name says.
///
/// The memory holds a block of the input and the longest row. Rows that are none come as rows with a problem, so that
/// all others are read.
public struct RowReader: RowSource {
    /// The most bytes of a row, 64 MiB: more than any text that a model reads to its end, and little enough that two
    /// of them in memory do no harm. A file without line breaks is no data set, and would otherwise fill the memory.
    public static let byteLimit = 1 << 26

    /// The input's name in messages.
    public let name: String
    /// How the rows are written.
    public let format: RowFormat
    private var drafts: any DraftReader
    private var count = 0
    private var hasEnded = false

    /// Opens an input, and reads the header where there is one.
    ///
    /// - Parameters:
    ///   - path: a file or folder; `-` reads the standard input.
    ///   - format: how the rows are written; if not given, what the name tells, and where it does not, as of the
    ///     standard input, what the first bytes tell: JSON lines if an object starts there, lines otherwise.
    ///   - question: what the rows are asked about.
    ///   - stop: makes reading a pipe fail once it is made.
    /// - Throws: `AnnotationError` for an input that cannot be read, or whose header lacks the field.
    public init(
        path: String, format: RowFormat? = nil, question: RowQuestion, stop: StopRequest? = nil
    ) throws(AnnotationError) {
        name = TextFile.name(path)
        var isFolder: ObjCBool = false
        if path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        {
            guard format == nil || format == .folder else {
                throw .format(path: path, reason: "it is a folder, whose files are read as texts alone.")
            }
            self.format = .folder
            drafts = try FolderTexts(path, question: question)
            return
        }
        guard format != .folder else { throw .format(path: name, reason: "it is no folder.") }
        var stream = try ByteStream(path: path, stop: stop)
        try stream.advance(passing: 0, line: 1)
        self.format = format ?? RowFormat(nameOf: path) ?? RowFormat(start: stream.bytes)
        if self.format == .jsonLines, format == nil, Packing.unpackedName(path).hasSuffix(".json"),
            RowFormat.startsWithList(stream.bytes)
        {
            throw .format(
                path: name,
                reason: "it is one JSON list; rows are objects, one a line. Convert it (jq -c '.[]').")
        }
        drafts = try Self.reader(self.format, stream, question)
    }

    /// Reads a stream.
    init(
        _ stream: ByteStream, format: RowFormat, question: RowQuestion, limit: Int = byteLimit
    ) throws(AnnotationError) {
        name = stream.name
        self.format = format
        drafts = try Self.reader(format, stream, question, limit: limit)
    }

    private static func reader(
        _ format: RowFormat, _ stream: ByteStream, _ question: RowQuestion, limit: Int = byteLimit
    ) throws(AnnotationError) -> any DraftReader {
        switch format {
        case .jsonLines: JSONLines(LineCursor(stream, limit: limit), question: question)
        case .csv: try CommaRows(stream, question: question, limit: limit)
        case .tsv: try TabbedRows(LineCursor(stream, limit: limit), question: question)
        case .lines, .folder: PlainLines(LineCursor(stream, limit: limit), question: question)
        }
    }

    /// What share of the input has been passed, 0…1; `nil` for pipes.
    public var progress: Double? { hasEnded ? 1 : drafts.progress }
    /// Whether the next row is there; of a pipe, whether there is anything to read.
    public var isReady: Bool { hasEnded || drafts.isReady }

    /// The next row; `nil` after the last.
    ///
    /// - Throws: `AnnotationError.empty` if there is none at all; `.unreadable`, or `.line` for a packed file that is
    ///   damaged, after the rows before the damage.
    public mutating func next() throws(AnnotationError) -> InputRow? {
        guard !hasEnded else { return nil }
        let draft: RowDraft?
        do throws(AnnotationError) { draft = try drafts.next() } catch {
            hasEnded = true
            throw error
        }
        guard let draft else {
            hasEnded = true
            guard count > 0 else { throw .empty(path: name) }
            return nil
        }
        defer { count += 1 }
        return InputRow(
            index: count,
            place: .init(
                file: FolderListing.join(name, draft.member ?? ""), member: draft.member, line: draft.line),
            kept: draft.kept, content: draft.content)
    }
}
