/// How a file of interactions is written.
public enum InteractionFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// MovieLens 100K: `u.data` (user, item, rating and time with tabs between them), titles in `u.item`.
    case movieLens100K = "ml-100k"
    /// MovieLens 1M and 10M: `ratings.dat` (user, item, rating and time with `::` between them), titles in
    /// `movies.dat`.
    case movieLens1M = "ml-1m"
    /// MovieLens 20M, 25M, 32M and latest: `ratings.csv` with a header, titles in `movies.csv`; any other CSV with
    /// named columns.
    case csv
    /// RecBole's atomic files: `NAME.inter` with typed column names, titles in `NAME.item`.
    case recBole = "recbole"
    /// A user and an item a line, in order of time, as SASRec reads it; titles in `NAME.items.json`.
    case sasRec = "sasrec"
    /// A JSON object a line: a user and the items of the history.
    case jsonLines = "jsonl"

    /// All names, for messages.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// How its records are divided.
    var separator: RecordScanner.Separator {
        switch self {
        case .movieLens100K, .recBole: .literal(UInt8(ascii: "\t"))
        case .movieLens1M: .doubleColon
        case .csv: .quoted(UInt8(ascii: ","))
        case .sasRec: .blanks
        case .jsonLines: .nothing
        }
    }

    /// The format that a file's first line tells; its name where the line does not.
    ///
    /// - Throws: `AnnotationError.format` if neither tells; `.empty`.
    init(guessedFrom path: String) throws(AnnotationError) {
        var reader = try RecordReader(path: path, separator: .nothing)
        guard try reader.next() else { throw .empty(path: reader.name) }
        let line = try reader.withBytes(0) { bytes in Array(bytes.prefix(4096)) }
        let text = String(decoding: line, as: UTF8.self)
        if let format = Self(firstLine: text) ?? Self(nameOf: path) {
            self = format
        } else {
            throw .format(
                path: reader.name,
                reason: "its first line, \u{201C}\(text.prefix(60))\u{201D}, is that of no format "
                    + "which is known (\(Self.names)). Name the format if it is one of them.")
        }
    }

    private init?(firstLine line: String) {
        let tabs = line.split(separator: "\t", omittingEmptySubsequences: false)
        let words = line.split { $0 == " " || $0 == "\t" }
        if line.hasPrefix("{") {
            self = .jsonLines
        } else if line.contains("::") {
            self = .movieLens1M
        } else if tabs.contains(where: { $0.contains(":token") }) {
            self = .recBole
        } else if tabs.count == 4, tabs.dropFirst(2).allSatisfy({ Double($0) != nil }) {
            self = .movieLens100K
        } else if line.contains(",") {
            self = .csv
        } else if words.count == 2 {
            self = .sasRec
        } else {
            return nil
        }
    }

    private init?(nameOf path: String) {
        switch Packing.unpackedName(path).split(separator: ".").last {
        case "inter": self = .recBole
        case "csv": self = .csv
        case "jsonl", "ndjson": self = .jsonLines
        case "data", "base", "test": self = .movieLens100K
        case "dat": self = .movieLens1M
        default: return nil
        }
    }
}
