internal import WhenceExplanation

/// Collects the members of a line in whatever order they come.
struct OutlineReader {
    struct Word {
        var part = ReportedPart(name: "")
        var span: Range<Int>?
        var tokens: [Int] = []
    }

    struct Graph {
        var head = HeadLabel.pooled
        var target: Int?
        var nodeTokens: [[Int]] = []
        var edges: [(a: Int, b: Int, isConfounded: Bool)] = []
    }

    struct Found {
        var places: [Int] = []
        var size: Int?
        var outcome = ReportedPart(name: "")
    }

    /// The names that a record keeps for itself; a field of the row with such a name stands in `row.fields`.
    static let ownMembers: Set = [
        "schema", "task", "model", "settings", "input", "prediction", "graphs", "explanations", "status",
        "row",
        "error", "merged",
    ]

    let labelField: String?
    var schema: String?
    var task: String?
    var modelDigest = ""
    var settingsDigest = ""
    var index: Int?
    var lineNumber: Int?
    var text: String?
    var words: [Word]?
    var items: [Word]?
    var firstSeen = 0
    var label: ReportedPart?
    var labelIndex: Int?
    var labels: [String] = []
    var probability: Double?
    var explanations: [Found]?
    var wasCutShort = false
    var graphs: [Graph] = []
    var gold: String?
    var ownFields: [String] = []
    var failure: String?

    init(labelField: String?) {
        self.labelField = labelField
    }

    /// The schema that a text names, if it is an object that names one.
    static func schema(of json: [UInt8]) -> String? {
        var cursor = JSONCursor(json)
        var schema: String?
        try? cursor.members { name, cursor throws(JSONCursor.Fault) in
            if name == "schema" { schema = try cursor.label() }
        }
        return schema
    }

    mutating func read(_ json: [UInt8]) throws(JSONCursor.Fault) {
        var cursor = JSONCursor(json)
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "schema": schema = try cursor.string()
            case "task": task = try cursor.string()
            case "row": try readRow(&cursor)
            case "error": failure = try Self.kind(&cursor)
            case "model": modelDigest = try Self.digest(&cursor, of: ["precision", "sha256"])
            case "settings": settingsDigest = try Self.digest(&cursor, of: ["hash"])
            case "input": try readInput(&cursor)
            case "prediction": try readPrediction(&cursor)
            case "explanations": explanations = try Self.explanations(&cursor)
            case "graphs": graphs = try Self.graphs(&cursor)
            case "status":
                try cursor.members { name, cursor throws(JSONCursor.Fault) in
                    if name == "search" { wasCutShort = try cursor.string() == "budget" }
                }
            default: break
            }
            if !Self.ownMembers.contains(name) { try readOwn(name, &cursor) }
        }
        try cursor.end()
    }

    /// Notes a field of the row's own.
    mutating func readOwn(_ name: String, _ cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        ownFields.append(name)
        if name == labelField { gold = try cursor.label() }
    }

    mutating func readRow(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "index": index = try cursor.count()
            case "line": if !cursor.isNull() { lineNumber = try cursor.count() }
            case "fields":
                try cursor.members { name, cursor throws(JSONCursor.Fault) in try readOwn(name, &cursor) }
            default: break
            }
        }
    }

    static func kind(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> String? {
        if cursor.isNull() { return nil }
        var kind = "unknown"
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            if name == "kind" { kind = try cursor.string() }
        }
        return kind
    }

    static func digest(
        _ cursor: inout JSONCursor, of fields: Set<String>
    ) throws(JSONCursor.Fault) -> String {
        var digests: [String] = []
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            if fields.contains(name), let value = try cursor.label() { digests.append("\(name) \(value)") }
        }
        return digests.sorted().joined(separator: ", ")
    }
}
