internal import Foundation

extension GraphFormat {
    /// The format of a file, from what it holds.
    ///
    /// Matrices are told apart by their numbers. Where a matrix is legal in several conventions and they would
    /// give different graphs, none is preferred.
    /// - Parameter path: the file's name, for errors, and for its ending where the text does not tell.
    /// - Throws: `RenderingError.graphFormat` when the file could be of several formats or is of none, and
    ///   `.graphFile` for a matrix that is legal in none.
    public static func guess(_ text: String, path: String) throws(RenderingError) -> GraphFormat {
        let lines = text.lines.lazy.map(\.trimmed).filter { !$0.isEmpty }
        guard let first = lines.first else {
            throw .graphFile(path: path, place: nil, problem: "the file is empty; expected a graph")
        }
        if first.hasPrefix("{") { return try json(text, path: path) }
        if first.hasPrefix("<") { return .graphml }
        if lines.contains(where: { $0 == TetradWriter.nodeHeading }) { return .tetrad }
        switch path.split(separator: ".").last?.lowercased() {
        case "dot", "gv": return .dot
        case "csv", "tsv": return try matrix(text, path: path)
        default: break
        }
        var scanner = DOTScanner(text, path: path)
        if case .keyword(let word)? = try? scanner.next().token,
            ["strict", "graph", "digraph"].contains(word)
        {
            return .dot
        }
        guard (try? MatrixTable(text, from: path)) != nil else {
            throw .graphFormat(path: path, candidates: [])
        }
        return try matrix(text, path: path)
    }

    private struct Outline: Decodable {
        struct Item: Decodable {
            var isPair: Bool

            init(from decoder: any Decoder) throws { isPair = (try? decoder.unkeyedContainer()) != nil }
        }

        var schema: String?
        var links: [Item]?
        var edges: [Item]?
        var directed: Bool?
        var latents: [String]?
    }

    private static func json(_ text: String, path: String) throws(RenderingError) -> GraphFormat {
        let outline = try decodeJSON(Outline.self, from: Data(text.utf8)) { place, problem in
            GraphPlace(path, place).error(problem)
        }
        if outline.schema != nil { return .json }
        if outline.links != nil || outline.directed != nil { return .nodeLink }
        switch outline.edges?.first?.isPair {
        case true?: return .dag
        case false?: return .nodeLink
        case nil where outline.latents != nil: return .dag
        default: throw .graphFormat(path: path, candidates: [])
        }
    }

    private static func matrix(_ text: String, path: String) throws(RenderingError) -> GraphFormat {
        let table = try MatrixTable(text, from: path)
        if !table.rows.contains(where: { $0.contains { $0 != 0 } }) { return .pcalg }
        var candidates: [GraphFormat] = []
        if (try? MarkMatrix.pcalg.graph(table)) != nil { candidates.append(.pcalg) }
        if (try? MarkMatrix.causalLearn.graph(table)) != nil { candidates.append(.causalLearn) }
        if (try? PatternMatrix.graph(table)) != nil { candidates.append(.pcalgCPDAG) }
        guard let format = candidates.first else {
            throw .graphFile(
                path: path, place: nil,
                problem:
                    "the matrix follows neither pcalg nor causal-learn; name the format with --from to learn where"
            )
        }
        guard candidates.count == 1 else { throw .graphFormat(path: path, candidates: candidates) }
        return format
    }
}
