internal import Foundation
internal import WhenceDiscovery

#if canImport(FoundationXML)
    internal import FoundationXML
#endif

/// Reads GraphML, <http://graphml.graphdrawing.org/specification.html>, as NetworkX, igraph and others write it.
///
/// Marks: see ``EdgeAttributes``; the attributes are found by their `attr.name`, so that a file may give its keys
/// any identifier. A node is named by its `label`, or else its `name`. Documents that declare entities are
/// refused, since a short one could expand without bound.
enum GraphMLReader {
    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        if let declaration = text.firstRange(of: "<!ENTITY") {
            let line = text[..<declaration.lowerBound].count { $0.isNewline } + 1
            throw GraphPlace(path, line: line).error(
                "the document declares an entity, which GraphML has no use for")
        }
        let document = GraphMLDocument(path: path)
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = document
        parser.shouldResolveExternalEntities = false
        let isWellFormed = parser.parse()
        if let problem = document.problem { throw problem }
        guard isWellFormed else {
            throw GraphPlace(path, line: parser.lineNumber).error("the document is no well-formed XML")
        }
        return try document.graph()
    }
}

/// The elements of a GraphML document, as a parser meets them.
private final class GraphMLDocument: NSObject, XMLParserDelegate {
    /// A `<key>`: what the attribute is called, and its value where an element has none.
    private struct Key {
        var name: String
        var element: String
        var defaultValue: String?
    }

    /// A `<graph>`, `<node>` or `<edge>` with its attributes of both kinds.
    private struct Element {
        var kind: String
        var attributes: [String: String]
        var data: [String: String] = [:]
        var line: Int
    }

    private struct Reading {
        var key: String
        /// What the text belongs to: `key`, `graph`, `node` or `edge`.
        var owner: String
        /// How many elements are open around it.
        var depth: Int
    }

    private let path: String
    private(set) var problem: RenderingError?
    private var keys: [String: Key] = [:]
    private var keyOrder: [String] = []
    private var graphs: [Element] = []
    private var nodes: [Element] = []
    private var edges: [Element] = []
    /// Names of the elements that are open, from the root.
    private var open: [String] = []
    /// The `<key>`, or the `<data>` of a graph, node or edge, whose text is being read.
    private var reading: Reading?
    private var text = ""

    init(path: String) { self.path = path }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
        attributes: [String: String]
    ) {
        // After an error the parser goes on, with elements that lack their surroundings.
        guard problem == nil else { return }
        let name = String(name.split(separator: ":").last ?? "")
        let place = GraphPlace(path, line: parser.lineNumber)
        let element = Element(kind: name, attributes: attributes, line: parser.lineNumber)
        // Elements of other names may stand anywhere; what is inside of them is not the graph's.
        let isInGraph = open.count > 1 && open[1] == "graph" && open.count < 4
        switch (open.last, name) {
        case (nil, "graphml"), ("key", _), ("data", _), (_, "desc"), (_, "port"): break
        case (_, _) where open.count > 1 && !isInGraph: break
        case (nil, _): stop(parser, place.error("the document begins with <\(name)>; expected <graphml>"))
        case ("graphml", "key"):
            guard let identifier = attributes["id"] else {
                return stop(parser, place.error("a <key> without an id"))
            }
            keys[identifier] = Key(
                name: attributes["attr.name"] ?? identifier, element: attributes["for"] ?? "all")
            keyOrder.append(identifier)
            reading = Reading(key: identifier, owner: "key", depth: open.count)
        case ("graphml", "graph"):
            guard graphs.isEmpty else {
                return stop(parser, place.error("a second <graph>; a file with one is read"))
            }
            graphs.append(element)
        case ("graph", "node"): nodes.append(element)
        case ("graph", "edge"): edges.append(element)
        case ("graph", "hyperedge"):
            stop(parser, place.error("a <hyperedge>, which joins more than two nodes"))
        case ("graph", "graph"), ("node", "graph"), ("edge", "graph"):
            stop(parser, place.error("a <graph> inside a <\(open.last ?? "")>, which is not read"))
        case (let owner?, "data") where ["graph", "node", "edge"].contains(owner):
            guard let key = attributes["key"], keys[key] != nil else {
                return stop(
                    parser,
                    place.error(
                        "<data> of the key \((attributes["key"] ?? "").quoted()), which no <key> declares"))
            }
            reading = Reading(key: key, owner: owner, depth: open.count)
        default: break
        }
        if name == "data" || name == "default" { text = "" }
        open.append(name)
    }

    func parser(
        _ parser: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?
    ) {
        guard problem == nil, let name = open.popLast(), let reading else { return }
        if name == "default", reading.owner == "key", open.count == reading.depth + 1 {
            keys[reading.key]?.defaultValue = text
        }
        guard open.count == reading.depth else { return }
        self.reading = nil
        let attribute = keys[reading.key]?.name ?? reading.key
        switch reading.owner {
        case "graph": graphs[graphs.count - 1].data[attribute] = text
        case "node": nodes[nodes.count - 1].data[attribute] = text
        case "edge": edges[edges.count - 1].data[attribute] = text
        default: break
        }
    }

    /// Called where the parser recovers too, and would say in the end that all is well.
    func parser(_ parser: XMLParser, parseErrorOccurred _: any Error) {
        problem =
            problem ?? GraphPlace(path, line: parser.lineNumber).error("the document is no well-formed XML")
    }

    func parser(_: XMLParser, foundCharacters characters: String) {
        if reading != nil { text += characters }
    }

    func parser(_: XMLParser, foundCDATA block: Data) {
        if reading != nil { text += String(decoding: block, as: UTF8.self) }
    }

    private func stop(_ parser: XMLParser, _ error: RenderingError) {
        problem = problem ?? error
        parser.abortParsing()
    }

    /// The values of an element's data, defaults included.
    private func values(_ element: Element) -> [String: String] {
        var values = element.data
        for identifier in keyOrder {
            guard let key = keys[identifier], key.element == element.kind || key.element == "all",
                let value = key.defaultValue
            else { continue }
            values[key.name] = values[key.name] ?? value
        }
        return values
    }

    func graph() throws(RenderingError) -> NamedGraph {
        var assembly = GraphAssembly(path: path)
        guard let graph = graphs.first else { throw GraphPlace(path).error("there is no <graph>") }
        let place = GraphPlace(path, line: graph.line)
        let isDirected: Bool
        switch graph.attributes["edgedefault"] {
        case "directed": isDirected = true
        case "undirected": isDirected = false
        default: throw place.error("edgedefault of the <graph>; expected directed or undirected")
        }
        assembly.alpha = try EdgeAttributes(values: values(graph), place: place).share("alpha")
        for node in nodes {
            let place = GraphPlace(path, line: node.line)
            guard let identifier = node.attributes["id"] else { throw place.error("a <node> without an id") }
            let values = values(node)
            try assembly.addNode(
                identifier, label: values["label"] ?? values["name"],
                role: try NamedGraph.Role(attribute: values["role"], at: place), at: place)
        }
        for edge in edges {
            let place = GraphPlace(path, line: edge.line)
            guard let source = edge.attributes["source"], let target = edge.attributes["target"] else {
                throw place.error("an <edge> without source or target")
            }
            let attributes = EdgeAttributes(values: values(edge), place: place)
            let marks = try attributes.marks(
                isDirected: edge.attributes["directed"].map { $0 == "true" } ?? isDirected)
            try assembly.connect(
                try assembly.known(source, at: place), marks.source, marks.target,
                try assembly.known(target, at: place), trust: try attributes.trust(), at: place)
        }
        return try assembly.finished()
    }
}
