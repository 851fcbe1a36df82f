internal import Foundation

/// How the rows of a data set are written.
public enum RowFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// A JSON object a line.
    case jsonLines = "jsonl"
    /// Comma-separated values with a header, as RFC 4180 has them.
    case csv
    /// Tab-separated values with a header, as GLUE has them: one row a line, quotes are literal.
    case tsv
    /// A row is a line.
    case lines
    /// A row is a text file in a folder or below it.
    case folder

    /// All names, for messages.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The format that a file's name tells, `.gz`, `.zst` and `.zstd` at its end aside.
    init?(nameOf path: String) {
        switch (String(Packing.unpackedName(path)) as NSString).pathExtension.lowercased() {
        case "jsonl", "ndjson", "json": self = .jsonLines
        case "csv": self = .csv
        case "tsv": self = .tsv
        case "txt": self = .lines
        default: return nil
        }
    }

    /// The format that a text's first bytes tell.
    init(start: some Sequence<UInt8>) {
        self = Self.firstMark(start) == UInt8(ascii: "{") ? .jsonLines : .lines
    }

    /// Whether a text starts as a JSON list does.
    static func startsWithList(_ start: some Sequence<UInt8>) -> Bool {
        firstMark(start) == UInt8(ascii: "[")
    }

    private static func firstMark(_ start: some Sequence<UInt8>) -> UInt8? {
        start.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
