/// Copies records of several files into one, in the order of their rows.
struct RecordMerge {
    private var parts: [RecordPart] = []
    private let output: FileOutput

    init(_ paths: [String], into output: FileOutput) throws(AnnotationError) {
        self.output = output
        for path in paths { parts.append(try RecordPart(path)) }
    }

    mutating func run(_ progress: (Int) -> Void) throws -> ShardMerge.Summary {
        var summary = ShardMerge.Summary()
        var kind: (head: RecordHead, place: String)?
        /// The place of the last row, for messages.
        var last = "the start"
        while let next = parts.indices.filter({ parts[$0].head != nil }).min(by: precedes),
            let head = parts[next].head
        {
            let place = parts[next].place
            if let twin = parts.indices.first(where: { $0 != next && parts[$0].head?.row == head.row }) {
                throw parts[twin].fault("row \(head.row) is there already, at \(place).")
            }
            guard head.row == summary.rows else {
                throw parts[next].fault(
                    "row \(summary.rows) is in none of the files: behind \(last) comes row \(head.row). "
                        + "Is a part missing, or was one not finished?")
            }
            if let kind, let difference = head.difference(from: kind.head) {
                throw parts[next].fault("\(difference) than at \(kind.place).")
            }
            if kind == nil || kind?.head.answer == nil { kind = (head, place) }
            summary.rows += 1
            if head.answer == nil { summary.failures += 1 }
            try parts[next].copy(to: output)
            last = place
            try parts[next].advance()
            if summary.rows.isMultiple(of: 1_024) {
                try Task.checkCancellation()
                progress(summary.rows)
            }
        }
        guard summary.rows > 0 else { throw AnnotationError.empty(path: parts[0].name) }
        summary.mayLackEnd = summary.rows <= parts.count
        try output.commit()
        progress(summary.rows)
        return summary
    }

    private func precedes(_ first: Int, _ second: Int) -> Bool {
        (parts[first].head?.row ?? .max) < (parts[second].head?.row ?? .max)
    }
}

/// A file of records of which one is looked at.
struct RecordPart {
    /// The record that comes next; `nil` behind the last.
    private(set) var head: RecordHead?
    var name: String { cursor.stream.name }
    /// Where that record stands.
    var place: String { "\(name), line \(cursor.line)" }

    private var cursor: LineCursor
    private var members: [JSONScanner.Member] = []
    /// The most bytes of a record: records are as much longer than their rows as graphs are.
    static let byteLimit = 1 << 30

    init(_ path: String) throws(AnnotationError) {
        cursor = LineCursor(try ByteStream(path: path), limit: Self.byteLimit)
        try advance()
    }

    /// Goes to the next record.
    mutating func advance() throws(AnnotationError) {
        let before = head?.row
        switch try cursor.next() {
        case .end:
            head = nil
            return
        case .tooLong: throw fault("the line is longer than \(Self.byteLimit >> 20) MiB.")
        case .line: break
        }
        var members = members
        self.members = []
        let result = cursor.withBytes { bytes in
            Result { () throws(RecordFault) in try RecordHead(bytes, &members) }
        }
        self.members = members
        switch result {
        case .failure(let problem): throw fault("\(problem.reason).")
        case .success(let found): head = found
        }
        if let before, let now = head?.row, now <= before {
            throw fault(
                "row \(now) comes behind row \(before); outputs of Whence are in the order of the rows.")
        }
    }

    /// Writes the record as it is.
    func copy(to output: FileOutput) throws(AnnotationError) {
        try cursor.withBytes { bytes throws(AnnotationError) in
            try output.append(bytes)
            try output.append(CollectionOfOne(UInt8(ascii: "\n")))
        }
    }

    func fault(_ reason: String) -> AnnotationError { .line(path: name, line: cursor.line, reason: reason) }
}
