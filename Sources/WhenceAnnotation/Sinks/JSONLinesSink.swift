internal import WhenceRendering

/// Writes records into a file that is open.
struct JSONLinesSink: AnnotationSink {
    /// Bytes of the file, but for those that still wait in memory.
    private(set) var byteCount: Int

    private let file: DiskFile
    private var encoder: RecordEncoder
    private var waiting = JSONBytes()
    private static let blockSize = 1 << 20

    /// - Parameters:
    ///   - file: writing goes on at its end.
    ///   - byteCount: its size.
    init(_ file: DiskFile, byteCount: Int, encoder: RecordEncoder) {
        (self.file, self.byteCount, self.encoder) = (file, byteCount, encoder)
    }

    mutating func append(_ row: AnnotatedRow) throws(AnnotationError) {
        try encoder.append(row, to: &waiting)
        if waiting.bytes.count >= Self.blockSize { try flush() }
    }

    mutating func commit() throws(AnnotationError) {
        try flush()
        try file.synchronize()
    }

    mutating func finish() throws(AnnotationError) { try commit() }

    private mutating func flush() throws(AnnotationError) {
        try file.append(waiting.bytes)
        byteCount += waiting.bytes.count
        waiting.removeAll()
    }
}
