/// A piece of an HTML document. Texts and attribute values are escaped when it is written.
indirect enum HTMLNode {
    /// Text, shown as it is.
    case text(String)
    /// An element.
    case element(HTMLElement)
    /// Text of our own that is not escaped: style sheet and script. Never what users wrote.
    case verbatim(StaticString)
    /// An SVG element that a renderer of ours wrote; what users wrote is escaped in it already.
    case drawing(String)
}

/// An element of an HTML document.
struct HTMLElement {
    var name: String
    var attributes: [(String, String)]
    var children: [HTMLNode]

    init(_ name: String, _ attributes: [(String, String)] = [], _ children: [HTMLNode] = []) {
        self.name = name
        self.attributes = attributes
        self.children = children
    }

    /// Elements that have no end tag.
    private static let empty: Set = ["meta", "br"]
    /// Elements that start a line, so that the document can be read; white space between them is not shown.
    private static let block: Set = [
        "head", "meta", "title", "style", "script", "body", "header", "main", "section", "footer", "table",
        "thead",
        "tbody", "tr", "h1", "h2", "h3", "p", "ol", "ul", "li", "dl", "dt", "dd", "details", "div",
    ]

    func write(into output: inout String) {
        if Self.block.contains(name) { output += "\n" }
        output += "<" + name
        for (key, value) in attributes { output += " \(key)=\"\(value.escapedForDisplay.xmlEscaped)\"" }
        if Self.empty.contains(name) {
            // HTML passes over the slash; readers of XML need it.
            output += "/>"
            return
        }
        output += ">"
        for child in children {
            switch child {
            case .text(let text): output += text.escapedForDisplay.xmlEscaped
            case .element(let element): element.write(into: &output)
            case .verbatim(let text): output += "\(text)"
            case .drawing(let element): output += element
            }
        }
        output += "</\(name)>"
    }
}

extension HTMLNode {
    /// An element with a class and children.
    static func tag(_ name: String, _ className: String? = nil, _ children: [HTMLNode]) -> HTMLNode {
        .element(HTMLElement(name, className.map { [("class", $0)] } ?? [], children))
    }

    /// An element with a class and a text.
    static func tag(_ name: String, _ className: String? = nil, _ text: String) -> HTMLNode {
        tag(name, className, [.text(text)])
    }
}
