/// The words below the line on which arcs end.
struct ArcLabels {
    let columns: ArcColumns
    let target: Int?
    let highlighted: Set<Int>

    func elements(line y: Double) -> [SVGElement] {
        columns.columns.flatMap { column in
            switch columns.direction {
            case .horizontal: horizontal(column, y: y)
            case .slanted: slanted(column, y: y)
            }
        }
    }

    /// A pill with the word in it, its upper edge just below the arcs; words that are no nodes have no pill.
    private func horizontal(_ column: ArcColumns.Column, y: Double) -> [SVGElement] {
        let label = SVGElement.label(
            column.label, x: column.center, y: y + 20, classes: textClasses(column), anchor: "middle")
        guard column.node != nil else { return [label] }
        let pill = SVGElement.box(
            x: column.center - column.width / 2, y: y + 2, width: column.width, height: 26, radius: 8,
            classes: pillClasses(column))
        return [pill, label]
    }

    /// A bar below the arcs and the word falling to the lower right.
    private func slanted(_ column: ArcColumns.Column, y: Double) -> [SVGElement] {
        let width = TextExtent.width(column.label, size: ArcColumns.fontSize, bold: true)
        var turned: [SVGElement] = []
        if isHighlighted(column) || isTarget(column) {
            turned.append(
                .box(x: -6, y: -14.5, width: width + 12, height: 20, radius: 6, classes: pillClasses(column)))
        }
        turned.append(.label(column.label, x: 0, y: 0, classes: textClasses(column)))
        let origin = "\(SVGElement.number(column.center - 2)) \(SVGElement.number(y + 22))"
        let text = SVGElement(
            "g", [("transform", "translate(\(origin)) rotate(45)")], children: turned)
        guard column.node != nil else { return [text] }
        let bar = SVGElement.box(
            x: column.center - column.width / 2, y: y + 2, width: column.width, height: 5, radius: 2.5,
            classes: "bar " + pillClasses(column))
        return [bar, text]
    }

    private func isTarget(_ column: ArcColumns.Column) -> Bool { column.node != nil && column.node == target }

    private func isHighlighted(_ column: ArcColumns.Column) -> Bool {
        column.node.map(highlighted.contains) ?? false
    }

    private func pillClasses(_ column: ArcColumns.Column) -> String {
        "pill" + (isTarget(column) ? " target" : "") + (isHighlighted(column) ? " found" : "")
    }

    private func textClasses(_ column: ArcColumns.Column) -> String {
        if column.node == nil { return "word muted" }
        if isHighlighted(column) { return "word found-text" }
        return isTarget(column) ? "word target-text" : "word"
    }
}
