/// Rows of a comma-separated table (RFC 4180): a quoted field may hold commas, line breaks and doubled quotes; empty
/// lines are passed over.
///
/// A quote without its end, which would take the rows behind it with it, costs only the line on which its row starts:
/// reading goes on at the next.
struct CommaRows: DraftReader {
    private var stream: ByteStream
    private var scanner = RecordScanner(separator: .quoted(UInt8(ascii: ",")))
    private let limit: Int
    private var columns: TableColumns?

    /// A step of the reading.
    private enum Step {
        /// A record; its fields are the scanner's.
        case record
        /// A line that is none.
        case problem(line: Int, RowProblem)
        /// There is nothing more.
        case end
    }

    /// Reads the header.
    ///
    /// - Parameter limit: the most bytes of a row.
    /// - Throws: `AnnotationError.line` if it cannot be read, or lacks the column.
    init(
        _ stream: ByteStream, question: RowQuestion, limit: Int = RowReader.byteLimit
    ) throws(AnnotationError) {
        self.stream = stream
        self.limit = limit
        switch try step() {
        case .end: break
        case .problem(let line, let problem):
            throw .line(path: stream.name, line: line, reason: "in the header: \(problem.reason)")
        case .record:
            let bytes = self.stream.bytes
            if bytes.withUnsafeBufferPointer({ notUTF8($0) }) != nil {
                throw .line(
                    path: stream.name, line: scanner.recordLine, reason: "the header is not valid UTF-8.")
            }
            let header = bytes.withUnsafeBufferPointer { bytes in
                scanner.fields.map { Self.text($0, bytes) }
            }
            columns = try TableColumns(
                header, question: question, file: stream.name, line: scanner.recordLine)
        }
    }

    var progress: Double? { stream.progress(at: scanner.place) }
    var isReady: Bool { scanner.place < stream.bytes.count || stream.isReady }

    mutating func next() throws(AnnotationError) -> RowDraft? {
        guard let columns else { return nil }
        switch try step() {
        case .end: return nil
        case .problem(let line, let problem): return RowDraft(line: line, problem: problem)
        case .record: break
        }
        return stream.bytes.withUnsafeBufferPointer { bytes in
            if let problem = notUTF8(bytes) { return RowDraft(line: scanner.recordLine, problem: problem) }
            return columns.row(
                line: scanner.recordLine, found: scanner.fields.count,
                hint: "Fields are separated by commas; one that holds a comma stands in quotes."
            ) { Self.text(scanner.fields[$0], bytes) }
        }
    }

    private mutating func step() throws(AnnotationError) -> Step {
        while true {
            // What is looked at of a row depends on the text alone, not on the blocks in which it comes.
            let count = min(stream.bytes.count, scanner.place + limit + 2)
            let isWhole = stream.isAtEnd && count < scanner.place + limit + 2
            let outcome = stream.bytes.withUnsafeBufferPointer { bytes in
                scanner.next(in: UnsafeBufferPointer(rebasing: bytes[..<count]), isWhole: isWhole)
            }
            switch outcome {
            case .end: return .end
            case .record: return .record
            case .broken(_, let reason): return try passLine(because: reason)
            case .incomplete:
                if count - scanner.place >= limit + 2 {
                    return try passLine(
                        because: "a quoted field in it does not end within \(limit >> 20) MiB.")
                }
                try stream.advance(passing: scanner.place, line: scanner.line)
                scanner.rewind()
            }
        }
    }

    /// Passes the first line of a row that is none.
    private mutating func passLine(because reason: String) throws(AnnotationError) -> Step {
        let line = scanner.line
        var length = 0
        while true {
            let start = scanner.place
            let isPassed = stream.bytes.withUnsafeBufferPointer { bytes in
                scanner.passLine(in: bytes, isWhole: stream.isAtEnd)
            }
            if isPassed {
                length += scanner.place - start
                break
            }
            // Kept is only what may be the first half of a line's end.
            let kept = stream.bytes.last == UInt8(ascii: "\r") ? 1 : 0
            length += stream.bytes.count - kept - start
            try stream.advance(passing: stream.bytes.count - kept, line: line)
            scanner.rewind()
        }
        let problem: RowProblem =
            length > limit + 2
            ? .tooLong(limit: limit) : RowProblem(.malformed, "the row is not valid CSV: \(reason)")
        return .problem(line: line, problem)
    }

    private func notUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> RowProblem? {
        guard let first = scanner.fields.first, let last = scanner.fields.last else { return nil }
        let row = UnsafeBufferPointer(rebasing: bytes[first.range.lowerBound..<last.range.upperBound])
        return UTF8Check.firstInvalid(row).map { RowProblem.notUTF8(row, at: $0) }
    }

    private static func text(_ field: RecordScanner.Field, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let content = bytes[field.range]
        return field.hasDoubledQuotes
            ? String(decoding: RecordScanner.undoubled(content), as: UTF8.self)
            : String(decoding: UnsafeBufferPointer(rebasing: content), as: UTF8.self)
    }
}
