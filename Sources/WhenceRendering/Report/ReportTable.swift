/// A table of the page whose columns can be sorted.
struct ReportTable {
    /// A cell.
    struct Cell {
        var className: String?
        /// What sorting compares; `nil` for texts.
        var value: Double?
        var content: [HTMLNode]

        /// Whether it stands flush left.
        var isText: Bool { className != nil }

        /// A name.
        static func name(_ text: String) -> Cell { Cell(className: "name", content: [.text(text)]) }

        /// A text that may be long.
        static func text(_ text: String) -> Cell { Cell(className: "text", content: [.text(text)]) }

        /// A figure.
        static func figure(_ text: String, _ value: Double) -> Cell {
            Cell(value: value, content: [.text(text)])
        }

        /// A count.
        static func count(_ count: Int) -> Cell { figure(NumberWording.count(count), Double(count)) }

        /// A share with a bar, and with a tick where it was expected.
        static func rate(_ rate: Double, expected: Double) -> Cell {
            let bar = HTMLElement("i", [("style", "width:\(SVGElement.number(100 * rate))%")])
            let tick = HTMLElement("b", [("style", "left:\(SVGElement.number(min(98.5, 100 * expected)))%")])
            return Cell(
                value: rate,
                content: [
                    .text(ReportWording.rate(rate)),
                    .element(
                        HTMLElement(
                            "span", [("class", "rate"), ("aria-hidden", "true")],
                            [.element(bar), .element(tick)])),
                ])
        }
    }

    private var headings: [(text: String, title: String)]
    private var rows: [(isFinding: Bool, cells: [Cell])] = []

    /// - Parameter headings: each with what it means; the first is that of names.
    init(_ headings: [(String, String)]) {
        self.headings = headings
    }

    mutating func add(isFinding: Bool, _ cells: [Cell]) {
        rows.append((isFinding, cells))
    }

    var node: HTMLNode {
        let head = headings.enumerated().map { column, heading in
            let button = HTMLElement(
                "button", [("type", "button"), ("title", heading.title)], [.text(heading.text)])
            var attributes = [("scope", "col")]
            let isText = rows.first.map { $0.cells[column].isText } ?? (column == 0)
            if isText { attributes.append(("class", "name")) }
            return HTMLNode.element(HTMLElement("th", attributes, [.element(button)]))
        }
        let body = rows.map { row in
            HTMLNode.tag(
                "tr", row.isFinding ? "found" : nil,
                row.cells.map { cell in
                    var attributes: [(String, String)] = []
                    if let name = cell.className { attributes.append(("class", name)) }
                    if let value = cell.value { attributes.append(("data-value", "\(value)")) }
                    return .element(HTMLElement("td", attributes, cell.content))
                })
        }
        return .tag(
            "div", "scroll",
            [.tag("table", nil, [.tag("thead", nil, [.tag("tr", nil, head)]), .tag("tbody", nil, body)])])
    }
}
