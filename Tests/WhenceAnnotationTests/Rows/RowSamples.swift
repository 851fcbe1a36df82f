import Foundation
import WhenceRendering

@testable import WhenceAnnotation

/// Bytes that come in pieces of a given size, as from a slow pipe.
final class PiecedBytes: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let size: Int
    private let fault: ByteFault?

    init(_ bytes: [UInt8], size: Int = 1 << 16, fault: ByteFault? = nil) {
        rest = bytes[...]
        self.size = size
        self.fault = fault
    }

    var share: Double? { nil }
    var isReady: Bool { true }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int {
        if rest.isEmpty, let fault { throw fault }
        let piece = rest.prefix(min(size, buffer.count))
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
    }
}

/// Rows of bytes in memory.
func rows(
    _ bytes: [UInt8], _ format: RowFormat, _ question: RowQuestion = .text(field: nil), piece: Int = 1 << 16,
    block: Int = 1 << 16, limit: Int = RowReader.byteLimit
) throws(AnnotationError) -> [InputRow] {
    let stream = ByteStream(PiecedBytes(bytes, size: piece), name: "data", blockSize: block)
    var reader = try RowReader(stream, format: format, question: question, limit: limit)
    return try all(&reader)
}

/// Rows of a text in memory.
func rows(
    _ text: String, _ format: RowFormat, _ question: RowQuestion = .text(field: nil),
    limit: Int = RowReader.byteLimit
) throws(AnnotationError) -> [InputRow] {
    try rows(Array(text.utf8), format, question, limit: limit)
}

/// All rows that there are.
func all(_ source: inout some RowSource) throws(AnnotationError) -> [InputRow] {
    var rows: [InputRow] = []
    while let row = try source.next() { rows.append(row) }
    return rows
}

extension InputRow {
    /// A line that shows all of a row: where it stands, what is asked or the kind of its problem, and what is kept.
    var summary: String {
        let content =
            switch content {
            case .success(.text(let text)): "text \(text.debugDescription)"
            case .success(.history(let history, let user)): "history \(history) of \(user ?? "nobody")"
            case .failure(let problem): "\(problem.kind.rawValue)"
            }
        let fields = kept.map { "\($0.name)=\($0.json)" }.joined(separator: ", ")
        return "\(index) line \(place.line ?? 0): \(content) [\(fields)]"
    }

    /// What is wrong with it.
    var problem: RowProblem? {
        if case .failure(let problem) = content { problem } else { nil }
    }

    /// The text that is asked about.
    var text: String? {
        if case .success(.text(let text)) = content { text } else { nil }
    }
}

/// A folder of files for one test.
final class RowFolder {
    let url: URL

    init(_ files: [String: [UInt8]] = [:]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "whence-rows-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, bytes) in files { try write(name, bytes) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path(percentEncoded: false) }

    func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let place = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
    }
}
