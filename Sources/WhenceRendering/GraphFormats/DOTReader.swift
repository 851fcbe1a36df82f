internal import WhenceDiscovery

/// Reads a graph in Graphviz's DOT, with the whole grammar: defaults of nodes and edges and their scopes,
/// chains, subgraphs as ends of edges, ports, comments.
///
/// An edge is read as Graphviz draws it; see ``EdgeAttributes``. Left out are what is only there for the eye:
/// edges with `style=invis`, and the subgraph `cluster_legend` of Whence's own files.
struct DOTReader {
    /// How deep subgraphs may nest.
    private static let maximumDepth = 64
    static let legendName = "cluster_legend"

    private var scanner: DOTScanner
    private var token = DOTScanner.Token.end
    private var line = 1
    private var isDirected = true
    private var assembly: GraphAssembly
    private var nodesOfSubgraph: [String: [Int]] = [:]

    /// Attributes that statements such as `edge [dir=both]` give to what follows.
    private struct Scope {
        var node: [String: DOTValue] = [:]
        var edge: [String: DOTValue] = [:]
        var depth = 0
        /// Nodes named in the scope, in their order; what an edge that ends at the subgraph means.
        var members: [Int] = []
    }

    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        var reader = DOTReader(text, path: path)
        try reader.readFile()
        return try reader.assembly.finished()
    }

    private init(_ text: String, path: String) {
        scanner = DOTScanner(text, path: path)
        assembly = GraphAssembly(path: path)
    }

    private var place: GraphPlace { GraphPlace(scanner.path, line: line) }

    private mutating func advance() throws(RenderingError) { (token, line) = try scanner.next() }

    private func expected(_ what: String) -> RenderingError { place.error("\(token); expected \(what)") }

    private mutating func take(_ sign: Character) throws(RenderingError) -> Bool {
        guard token == .sign(sign) else { return false }
        try advance()
        return true
    }

    private mutating func readFile() throws(RenderingError) {
        try advance()
        if token == .keyword("strict") { try advance() }
        switch token {
        case .keyword("digraph"): isDirected = true
        case .keyword("graph"): isDirected = false
        default: throw expected("graph or digraph")
        }
        try advance()
        _ = try identifier()
        guard try take("{") else { throw expected("{") }
        var scope = Scope()
        try readStatements(&scope)
        guard token == .end else { throw expected("the end of the file; one graph is read") }
    }

    /// Statements up to the closing brace, which is taken too.
    private mutating func readStatements(_ scope: inout Scope) throws(RenderingError) {
        while true {
            if try take("}") { return }
            if try take(";") { continue }
            try readStatement(&scope)
        }
    }

    private mutating func readStatement(_ scope: inout Scope) throws(RenderingError) {
        switch token {
        case .keyword("graph"):
            try advance()
            setAlpha(try attributes(isDemanded: true), scope)
        case .keyword("node"):
            try advance()
            scope.node.merge(try attributes(isDemanded: true)) { $1 }
        case .keyword("edge"):
            try advance()
            scope.edge.merge(try attributes(isDemanded: true)) { $1 }
        case .keyword("subgraph"), .sign("{"):
            guard let nodes = try subgraph(&scope) else { return }
            try readEdges(from: nodes, &scope)
        default:
            guard let name = try identifier() else { throw expected("a statement or }") }
            if try take("=") {
                guard let value = try value() else { throw expected("a value") }
                setAlpha([name: value], scope)
                return
            }
            let node = try node(name, &scope)
            if case .edge = token {
                try readEdges(from: [node], &scope)
            } else {
                let attributes = try attributes()
                assembly.describe(
                    node, label: attributes["label"].flatMap { $0.label(of: name) },
                    role: try role(attributes["role"]))
            }
        }
    }

    private func role(_ value: DOTValue?) throws(RenderingError) -> NamedGraph.Role? {
        guard let value else { return nil }
        return try NamedGraph.Role(attribute: value.text, at: place)
    }

    private mutating func setAlpha(_ attributes: [String: DOTValue], _ scope: Scope) {
        guard scope.depth == 0, let alpha = attributes["alpha"].flatMap({ Double($0.text) }) else { return }
        if (0...1).contains(alpha) { assembly.alpha = alpha }
    }

    /// A node by its name, made where it is named first, and its port, which says nothing of the graph.
    private mutating func node(_ name: String, _ scope: inout Scope) throws(RenderingError) -> Int {
        while try take(":") {
            guard try identifier() != nil else { throw expected("a port") }
        }
        let index: Int
        if let known = assembly.index(of: name) {
            index = known
        } else {
            index = try assembly.addNode(
                name, label: scope.node["label"].flatMap { $0.label(of: name) }, at: place)
        }
        scope.members.append(index)
        return index
    }

    /// The nodes of a subgraph; `nil` for the legend.
    private mutating func subgraph(_ scope: inout Scope) throws(RenderingError) -> [Int]? {
        var name: String?
        if token == .keyword("subgraph") {
            try advance()
            name = try identifier()
        }
        guard token == .sign("{") else { throw expected("{") }
        guard name != Self.legendName else {
            try skipBraces()
            return nil
        }
        guard scope.depth < Self.maximumDepth else {
            throw place.error("subgraphs nest more than \(Self.maximumDepth) deep")
        }
        try advance()
        var inner = Scope(node: scope.node, edge: scope.edge, depth: scope.depth + 1)
        inner.members = name.flatMap { nodesOfSubgraph[$0] } ?? []
        try readStatements(&inner)
        if let name { nodesOfSubgraph[name] = inner.members }
        scope.members += inner.members
        return inner.members
    }

    private mutating func skipBraces() throws(RenderingError) {
        var depth = 0
        repeat {
            switch token {
            case .sign("{"): depth += 1
            case .sign("}"): depth -= 1
            case .end: throw expected("}")
            default: break
            }
            try advance()
        } while depth > 0
    }

    /// The rest of `a -> b -> { c d } [dir=both]`, if there is one.
    private mutating func readEdges(from first: [Int], _ scope: inout Scope) throws(RenderingError) {
        var ends = [first]
        let start = place
        while case .edge(let spelling) = token {
            guard spelling == (isDirected ? "->" : "--") else {
                throw place.error(
                    isDirected ? "“--” in a digraph; expected “->”" : "“->” in a graph; expected “--”")
            }
            try advance()
            if token == .keyword("subgraph") || token == .sign("{") {
                guard let nodes = try subgraph(&scope) else { throw place.error("an edge to the legend") }
                ends.append(nodes)
            } else if let name = try identifier() {
                ends.append([try node(name, &scope)])
            } else {
                throw expected("a node or a subgraph")
            }
        }
        guard ends.count > 1 else { return }
        var values = scope.edge
        values.merge(try attributes()) { $1 }
        let attributes = EdgeAttributes(values: values.mapValues(\.text), place: start)
        let styles = attributes.values["style"]?.split(separator: ",").map(\.trimmed) ?? []
        guard !styles.contains("invis") else { return }
        let marks = try attributes.marks(isDirected: isDirected)
        let trust = try attributes.trust()
        for (sources, targets) in zip(ends, ends.dropFirst()) {
            for source in unique(sources) {
                for target in unique(targets) {
                    try assembly.connect(source, marks.source, marks.target, target, trust: trust, at: start)
                }
            }
        }
    }

    private func unique(_ nodes: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return nodes.filter { seen.insert($0).inserted }
    }

    /// `[a=b, c=d]`, as often as it stands there.
    private mutating func attributes(isDemanded: Bool = false) throws(RenderingError) -> [String: DOTValue] {
        guard !isDemanded || token == .sign("[") else { throw expected("[") }
        var found: [String: DOTValue] = [:]
        while try take("[") {
            while try !take("]") {
                guard let key = try identifier() else { throw expected("an attribute or ]") }
                guard try take("=") else { throw expected("=") }
                guard let value = try value() else { throw expected("a value") }
                found[key] = value
                if try !take(",") { _ = try take(";") }
            }
        }
        return found
    }

    private mutating func identifier() throws(RenderingError) -> String? { try value()?.text }

    /// A word, a number, or texts in quotation marks joined by `+`.
    private mutating func value() throws(RenderingError) -> DOTValue? {
        switch token {
        case .html(let text):
            try advance()
            return .html(text)
        case .identifier(var text):
            try advance()
            while try take("+") {
                guard case .identifier(let more) = token else { throw expected("a text in quotation marks") }
                text += more
                try advance()
            }
            return .text(text)
        default: return nil
        }
    }
}

extension DOTScanner.Token: CustomStringConvertible {
    var description: String {
        switch self {
        case .identifier(let text), .keyword(let text), .edge(let text): text.quoted()
        case .html(let text): "<\(text)>".quoted()
        case .sign(let sign): String(sign).quoted()
        case .end: "the file ends"
        }
    }
}
