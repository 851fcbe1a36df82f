import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a real XML parser finds in a document: every element with its attributes and text.
final class XMLOutline: NSObject, XMLParserDelegate {
    struct Element {
        var name: String
        var attributes: [String: String]
        var text = ""
        /// Position of the element around it; `nil` for the root.
        var parent: Int?
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    /// Parses a document; throws the parser's error for one that is not well-formed.
    init(_ document: String) throws {
        super.init()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
        }
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// The elements right inside the one at a position.
    func children(of position: Int) -> [Element] { elements.filter { $0.parent == position } }

    func parser(
        _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
        attributes: [String: String]
    ) {
        elements.append(Element(name: name, attributes: attributes, parent: open.last))
        open.append(elements.count - 1)
    }

    func parser(_: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?) {
        open.removeLast()
    }

    func parser(_: XMLParser, foundCharacters text: String) {
        if let current = open.last { elements[current].text += text }
    }
}
