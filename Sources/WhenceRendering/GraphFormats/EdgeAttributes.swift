internal import WhenceDiscovery

/// The attributes of an edge in DOT, GraphML or node-link JSON, as text.
///
/// Marks stand in `mark_source` and `mark_target` (`tail`, `arrow`, `circle`). Without these the edge is what
/// Graphviz would draw, by `dir`, `arrowtail` and `arrowhead`; and without these too, an edge of a directed
/// graph is `source --> target`, one of an undirected graph `source --- target`.
struct EdgeAttributes {
    var values: [String: String]
    var place: GraphPlace
    /// What the attributes of the marks are called.
    var markNames = (source: "mark_source", target: "mark_target")

    /// The marks at the source and at the target.
    func marks(isDirected: Bool) throws(RenderingError) -> (source: Mark, target: Mark) {
        let names = markNames
        switch (values[names.source], values[names.target]) {
        case (let source?, let target?):
            return (try mark(source, names.source), try mark(target, names.target))
        case (nil, nil): return try drawnMarks(isDirected: isDirected)
        case (nil, _): throw place.error("the edge has \(names.target), but no \(names.source)")
        case (_, nil): throw place.error("the edge has \(names.source), but no \(names.target)")
        }
    }

    /// `p_value` and `stability`.
    func trust() throws(RenderingError) -> EdgeTrust {
        EdgeTrust(pValue: try share("p_value"), stability: try share("stability"))
    }

    /// A number from 0 to 1.
    func share(_ key: String) throws(RenderingError) -> Double? {
        guard let text = values[key] else { return nil }
        guard let value = Double(text), (0...1).contains(value) else {
            throw place.error("\(key) is \(text.quoted()); expected a number from 0 to 1")
        }
        return value
    }

    private func mark(_ text: String, _ key: String) throws(RenderingError) -> Mark {
        guard let mark = Mark(rawValue: text) else {
            throw place.error("\(key) is \(text.quoted()); expected tail, arrow or circle")
        }
        return mark
    }

    private func drawnMarks(isDirected: Bool) throws(RenderingError) -> (source: Mark, target: Mark) {
        let direction = values["dir"] ?? (isDirected ? "forward" : "none")
        guard ["forward", "back", "both", "none"].contains(direction) else {
            throw place.error("dir is \(direction.quoted()); expected forward, back, both or none")
        }
        let hasTail = direction == "back" || direction == "both"
        let hasHead = direction == "forward" || direction == "both"
        return (
            hasTail ? try shape(of: "arrowtail") : .tail, hasHead ? try shape(of: "arrowhead") : .tail
        )
    }

    private func shape(of key: String) throws(RenderingError) -> Mark {
        switch values[key] {
        case nil, "normal", "vee", "open": return .arrow
        case "none": return .tail
        case "odot": return .circle
        case .some(let other):
            throw place.error("\(key) is \(other.quoted()); expected none, normal, vee, open or odot")
        }
    }
}
