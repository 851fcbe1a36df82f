public import WhenceExplanation

/// Why a value could not be written, or a document not be read.
public enum RenderingError: Error, Sendable, Hashable {
    /// The format holds one graph, and there are several.
    case severalGraphs(format: OutputFormat, heads: [HeadLabel])
    /// The format holds a graph, and there is none.
    case noGraph(format: OutputFormat)
    /// A number that JSON cannot hold.
    case notFinite(path: String)
    /// A value contradicts itself, such as an edge to a node that does not exist.
    case inconsistent(path: String, problem: String)
    /// A document is not JSON, or lacks what the schema demands.
    case malformed(path: String, problem: String)
    /// A document follows a schema that is not read here.
    case unknownSchema(found: String, expected: String)
    /// A file of a graph is not what its format demands; `place` is a line or a field, `nil` the whole file.
    case graphFile(path: String, place: String?, problem: String)
    /// A file of a graph could be of several formats, or is of none.
    case graphFormat(path: String, candidates: [GraphFormat])
    /// A graph holds what a format cannot.
    case unwritable(format: GraphFormat, problem: String)
}

extension RenderingError: CustomStringConvertible {
    /// What happened, where, and what to try.
    public var description: String {
        switch self {
        case .severalGraphs(let format, let heads):
            """
            \(format.rawValue) holds one graph, and there are \(heads.count) (\(HeadWording.list(heads))): \
            choose one with --heads N or --heads pooled
            """
        case .noGraph(let format):
            "\(format.rawValue) holds one graph, and the explanation has none"
        case .notFinite(let path):
            "\(path) is not a finite number, which JSON cannot hold"
        case .inconsistent(let path, let problem):
            "the value contradicts itself at \(path): \(problem)"
        case .malformed(let path, let problem):
            "no explanation can be read at \(path): \(problem)"
        case .unknownSchema(let found, let expected):
            "the document's schema is \"\(found.escapedForDisplay)\", but only \"\(expected)\" can be read"
        case .graphFile(let path, let place, let problem):
            "\(path)\(place.map { ", \($0)" } ?? ""): \(problem)."
        case .graphFormat(let path, let candidates):
            candidates.isEmpty
                ? "\(path): no format of a graph can be recognised; name it with --from."
                : "\(path): the same matrix means one graph as \(Self.list(candidates[...])); "
                    + "say which it is with --from."
        case .unwritable(let format, let problem):
            "\(format.rawValue) cannot hold this graph: \(problem)."
        }
    }

    private static func list(_ formats: ArraySlice<GraphFormat>) -> String {
        formats.map(\.rawValue).joined(separator: ", another as ")
    }
}
