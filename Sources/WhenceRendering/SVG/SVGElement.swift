/// An element of an SVG document. Text and attribute values are escaped when it is written.
struct SVGElement {
    var name: String
    var attributes: [(String, String)]
    var text: String?
    var children: [SVGElement]

    init(
        _ name: String, _ attributes: [(String, String)] = [], text: String? = nil,
        children: [SVGElement] = []
    ) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// Text whose baseline starts, or with `anchor` has its middle or end, at a point.
    static func label(
        _ text: String, x: Double, y: Double, classes: String, anchor: String? = nil
    ) -> SVGElement {
        var attributes = [("class", classes), ("x", number(x)), ("y", number(y))]
        if let anchor { attributes.append(("text-anchor", anchor)) }
        return SVGElement("text", attributes, text: text.escapedForDisplay)
    }

    /// A rectangle with round corners.
    static func box(
        x: Double, y: Double, width: Double, height: Double, radius: Double, classes: String
    ) -> SVGElement {
        SVGElement(
            "rect",
            [
                ("class", classes), ("x", number(x)), ("y", number(y)), ("width", number(width)),
                ("height", number(height)), ("rx", number(radius)),
            ])
    }

    /// A coordinate with at most one decimal, the same on every machine.
    static func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        let whole = (tenths / 10).rounded(.towardZero)
        return whole * 10 == tenths ? "\(Int(whole))" : "\(tenths / 10)"
    }

    func write(into output: inout String, indent: Int = 0) {
        let margin = String(repeating: " ", count: indent)
        output += margin + "<" + name
        for (key, value) in attributes { output += " \(key)=\"\(value.xmlEscaped)\"" }
        if let text {
            output += ">\(text.xmlEscaped)</\(name)>\n"
        } else if children.isEmpty {
            output += "/>\n"
        } else {
            output += ">\n"
            for child in children { child.write(into: &output, indent: indent + 2) }
            output += "\(margin)</\(name)>\n"
        }
    }
}
