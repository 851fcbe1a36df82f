internal import Foundation
internal import WhenceRendering

/// The lines of an annotated file, or the rows of a database, one after the other, each checked to belong to the ones
/// before.
struct AnnotatedLines {
    /// A row with a prediction and where it stands in the file.
    struct Row {
        /// The row; its ``ExplanationOutline/index`` is there.
        var outline: ExplanationOutline
        /// Its number in the data set.
        var index: Int
        /// Its line in the annotated file, or which row of the database it is, counted from 1.
        var fileLine: Int
    }

    /// A line.
    enum Line {
        case row(Row)
        case failure(kind: String)
    }

    /// The file's name in messages.
    let name: String
    /// The model and settings of the first row; `nil` before it.
    private(set) var source: ExplanationSource?
    /// The task of the first row.
    private(set) var task: ExplanationOutline.Task?

    /// One of the two.
    private var reader: RecordReader?
    private let database: AnnotatedDatabase?
    private let labelField: String?
    private var lines = 0
    private var lastIndex = -1
    private var digests: (model: String, settings: String)?

    /// Opens a file of JSON lines or a database; `-` is the standard input, and no database.
    ///
    /// - Throws: `AnnotationError.missing`, `.unreadable`; `.format` for a database that is not one of annotated rows.
    init(path: String, labelField: String? = nil) throws(AnnotationError) {
        name = TextFile.name(path)
        let isDatabase = try AnnotatedDatabase.isDatabase(path)
        database = isDatabase ? try AnnotatedDatabase(path) : nil
        reader = isDatabase ? nil : try RecordReader(path: path, separator: .nothing)
        self.labelField = labelField
    }

    /// The next line; `nil` after the last.
    ///
    /// - Throws: `AnnotationError.line` for what is no annotated row, or one of another model, task or order than those
    ///   before; `.format` for a file of another kind; `.empty`.
    mutating func next() throws(AnnotationError) -> Line? {
        guard let bytes = try nextRecord() else {
            guard lines > 0 else { throw .empty(path: name) }
            return nil
        }
        lines += 1
        let line: AnnotatedLine
        do {
            line = try AnnotatedLine(json: bytes, labelField: labelField)
        } catch {
            throw refusal(of: bytes, error)
        }
        switch line {
        case .failure(let index, let kind):
            lastIndex = try number(index)
            return .failure(kind: kind)
        case .row(let outline):
            return .row(try checked(outline, bytes))
        }
    }

    /// The next row with a prediction; `nil` after the last.
    mutating func nextRow() throws(AnnotationError) -> Row? {
        while let line = try next() {
            if case .row(let row) = line { return row }
        }
        return nil
    }

    private mutating func nextRecord() throws(AnnotationError) -> [UInt8]? {
        if let database { return try database.next() }
        guard try reader?.next() == true else { return nil }
        return try reader?.withBytes(0) { bytes throws(AnnotationError) in Array(bytes) }
    }

    private var line: Int { reader?.line ?? lines }

    private mutating func checked(
        _ outline: ExplanationOutline, _ bytes: [UInt8]
    ) throws(AnnotationError) -> Row {
        guard outline.explanations != nil else {
            throw .format(
                path: name,
                reason:
                    "line \(line) holds a prediction and no explanations, which a report is about. "
                    + "Annotate the data set with --fields explanation, or --fields graphs.")
        }
        if let task, let digests {
            guard outline.task == task else {
                throw refusal("a \(outline.task.rawValue), but the rows before are \(task.rawValue)s")
            }
            guard outline.modelDigest == digests.model else {
                throw refusal("by another model than the rows before")
            }
            guard outline.settingsDigest == digests.settings else {
                throw refusal("with other settings than the rows before")
            }
        } else {
            do { source = try ExplanationSource(json: bytes) } catch { throw refusal(of: bytes, error) }
            task = outline.task
            digests = (outline.modelDigest, outline.settingsDigest)
        }
        let index = try number(outline.index)
        guard index > lastIndex else {
            throw .line(
                path: name, line: line,
                reason:
                    "row \(index) comes after row \(lastIndex). Rows have to be in the order of the data set, "
                    + "each once; put shards together with whence merge.")
        }
        lastIndex = index
        return Row(outline: outline, index: index, fileLine: line)
    }

    /// The number that a row has itself, or the next.
    private func number(_ own: Int?) throws(AnnotationError) -> Int {
        let number = own ?? lastIndex + 1
        guard number < .max else {
            throw .line(
                path: name, line: line, reason: "row \(number) is more than a data set has rows.")
        }
        return number
    }

    private func refusal(_ difference: String) -> AnnotationError {
        .line(
            path: name, line: line,
            reason: "this row was annotated \(difference). A report is about one model, task and settings; "
                + "split the file.")
    }

    private func refusal(of bytes: [UInt8], _ error: RenderingError) -> AnnotationError {
        if bytes.starts(with: Array("SQLite format 3".utf8)) {
            return .format(
                path: name,
                reason: "it is an SQLite database, which cannot be read from a stream. Name the file.")
        }
        let reason =
            switch error {
            case .unknownSchema(let found, let expected):
                "the schema is \u{201C}\(found.prefix(60))\u{201D}, and a report reads rows of \(expected), as whence "
                    + "annotate writes them."
            case .malformed(let place, let problem):
                "this is no annotated row: at \(place): \(problem)."
            default: "\(error)."
            }
        return .line(path: name, line: line, reason: reason)
    }
}
