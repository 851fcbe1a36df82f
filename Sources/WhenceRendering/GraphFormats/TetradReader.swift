internal import WhenceDiscovery

/// Reads the text of Tetrad's saved graphs, and of causal-learn's `str(graph)`.
///
/// `X --> Y` says that X causes Y. `(X)` is latent, `[X]` a selection variable. Behind an edge may stand
/// Tetrad's properties `dd nl pd pl` and its shares of a bootstrap, which are not read. Sections other than
/// nodes and edges are passed over.
enum TetradReader {
    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        var reading = Reading(path: path)
        for (offset, line) in text.lines.enumerated() {
            try reading.take(line.trimmed, at: GraphPlace(path, line: offset + 1))
        }
        return try reading.finished()
    }

    private enum Section {
        case labels
        case nodes
        case edges
        case other
    }

    private struct Reading {
        private var assembly: GraphAssembly
        private var section = Section.other
        private var hasNodes = false
        private var labels: [(identifier: String, label: String, place: GraphPlace)] = []
        private let path: String

        init(path: String) {
            self.path = path
            assembly = GraphAssembly(path: path)
        }

        mutating func take(_ line: Substring, at place: GraphPlace) throws(RenderingError) {
            if let heading = heading(line) {
                section = heading
                if heading == .nodes {
                    guard !hasNodes else { throw place.error("a second section “Graph Nodes:”") }
                    hasNodes = true
                }
                guard heading != .edges || hasNodes else {
                    throw place.error("“Graph Edges:” before “Graph Nodes:”")
                }
                return
            }
            // An empty line ends a section.
            guard !line.isEmpty else {
                if section == .nodes && assembly.nodeCount > 0 || section == .labels { section = .other }
                return
            }
            switch section {
            case .labels: try takeLabel(line, at: place)
            case .nodes: try takeNodes(line, at: place)
            case .edges: try takeEdge(line, at: place)
            case .other:
                guard hasNodes || !line.hasPrefix("1.") else {
                    throw place.error("an edge before “Graph Nodes:”")
                }
            }
        }

        private func heading(_ line: Substring) -> Section? {
            switch String(line) {
            case TetradWriter.labelHeading: hasNodes ? .other : .labels
            case TetradWriter.nodeHeading: .nodes
            case TetradWriter.edgeHeading: .edges
            default: section != .labels && line.hasSuffix(":") ? .other : nil
            }
        }

        private mutating func takeLabel(_ line: Substring, at place: GraphPlace) throws(RenderingError) {
            guard let sign = line.firstRange(of: " =") else {
                throw place.error("\(String(line).quoted()); expected identifier = label")
            }
            guard let label = TetradLabel.read(String(line[sign.upperBound...].trimmed)) else {
                throw place.error("the label is no string in quotation marks")
            }
            labels.append((String(line[..<sign.lowerBound]), label, place))
        }

        private mutating func takeNodes(_ line: Substring, at place: GraphPlace) throws(RenderingError) {
            for part in line.split(separator: #/[,;]/#, omittingEmptySubsequences: true) {
                let (name, role) = TetradReader.node(part.trimmed)
                guard !name.isEmpty else { continue }
                try assembly.addNode(name, role: role, at: place)
            }
        }

        private mutating func takeEdge(_ line: Substring, at place: GraphPlace) throws(RenderingError) {
            var words = line.split(whereSeparator: \.isWhitespace)
            if let first = words.first, first.wholeMatch(of: #/\d+\./#) != nil { words.removeFirst() }
            guard words.count >= 3 else {
                throw place.error("\(String(line).quoted()); expected an edge such as 1. X --> Y")
            }
            guard let (left, right) = TetradReader.marks(words[1]) else {
                throw place.error(
                    "\(String(words[1]).quoted()) is no edge; expected one of "
                        + "--- --> <-- o-> <-o o-o <-> o-- --o")
            }
            let source = try assembly.known(TetradReader.node(words[0]).name, at: place)
            let target = try assembly.known(TetradReader.node(words[2]).name, at: place)
            if words.count > 3 {
                let rest = words[3...].joined(separator: " ")
                guard rest.wholeMatch(of: #/((dd|nl|pd|pl)( |$))+|\[.*\]:.*/#) != nil else {
                    throw place.error(
                        "\(rest.quoted()) behind the edge; expected the end of the line, dd, nl, pd, pl, "
                            + "or shares such as [edge]:0.9;")
                }
            }
            try assembly.connect(source, left, right, target, at: place)
        }

        consuming func finished() throws(RenderingError) -> NamedGraph {
            guard hasNodes else {
                throw GraphPlace(path).error("there is no line “Graph Nodes:”, with which nodes begin")
            }
            for (identifier, label, place) in labels {
                assembly.describe(try assembly.known(identifier, at: place), label: label, role: nil)
            }
            return try assembly.finished()
        }
    }

    /// The name in `X`, `(X)` or `[X]`, and what the brackets say.
    private static func node(_ text: Substring) -> (name: String, role: NamedGraph.Role) {
        for (open, close, role) in [("(", ")", NamedGraph.Role.latent), ("[", "]", .selection)]
        where text.count > 1 && text.hasPrefix(open) && text.hasSuffix(close) {
            return (String(text.dropFirst().dropLast()), role)
        }
        return (String(text), .observed)
    }

    private static func marks(_ text: Substring) -> (Mark, Mark)? {
        let characters = Array(text)
        let left: [Character: Mark] = ["-": .tail, "<": .arrow, "o": .circle]
        let right: [Character: Mark] = ["-": .tail, ">": .arrow, "o": .circle]
        guard characters.count == 3, characters[1] == "-", let first = left[characters[0]],
            let second = right[characters[2]]
        else { return nil }
        return (first, second)
    }
}
