internal import Foundation
internal import WhenceDiscovery

extension DiscoveredGraph {
    /// One line an edge, such as `X1 o-> X2`, then lines that start with `#`: how the graph was found, and what it
    /// means. After a sweep, an edge's line says at how many of the levels it is found.
    ///
    /// - Parameter hasTrust: whether an edge's line also says how near its tests came to removing it and what set its
    ///   marks, and further lines what separates the nodes without an edge.
    public func text(hasTrust: Bool = false) -> String {
        let edges = result.graph.edges
        let links = edges.map { edge in
            "\(nodes[edge.a].escapedForDisplay) \(edge.marks) \(nodes[edge.b].escapedForDisplay)"
        }
        let width = links.map(\.displayWidth).max() ?? 0
        var lines = links.indices.map { index in
            let remarks = remarks(on: index, hasTrust: hasTrust)
            let gap = String(repeating: " ", count: width - links[index].displayWidth + 2)
            return remarks.isEmpty
                ? links[index] : links[index] + gap + "# " + remarks.joined(separator: ", ")
        }
        if hasTrust { lines += result.separatingSets.map { "# \(separation($0))" } }
        lines.append("# \(run)")
        lines += meaning.map { "# \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What is to be said of an edge.
    private func remarks(on index: Int, hasTrust: Bool) -> [String] {
        var remarks: [String] = []
        if let sweep, let agreement = agreements[index] {
            let count = Int((agreement.adjacency * Double(sweep.alphas.count)).rounded())
            remarks.append("at \(count) of \(NumberWording.count(sweep.alphas.count, "level"))")
        }
        guard hasTrust else { return remarks }
        if alpha != nil { remarks.append("p \(Self.pValue(result.edgePValues[index]))") }
        let edge = result.graph.edges[index]
        let origins = result.markOrigins[index]
        for (node, origin) in [(edge.a, origins.atA), (edge.b, origins.atB)] {
            guard let origin else { continue }
            remarks.append("at \(nodes[node].escapedForDisplay) by \(origin)")
        }
        return remarks
    }

    /// `A, C apart given B (p 0.43)`.
    private func separation(_ separator: SeparatingSet) -> String {
        let names = separator.set.map { nodes[$0].escapedForDisplay }.joined(separator: ", ")
        return
            "no edge \(nodes[separator.a].escapedForDisplay), \(nodes[separator.b].escapedForDisplay): independent"
            + (names.isEmpty ? "" : " given \(names)")
            + (alpha == nil ? "" : ", p \(Self.pValue(separator.pValue))")
    }

    /// The algorithm, its settings, how far it got, and its tests by size of the conditioning set.
    private var run: String {
        let tests = result.testCounts.reduce(0, +)
        var settings = [algorithm]
        if let test { settings.append(test) }
        if let alpha { settings.append("alpha \(alpha)") }
        if let samples { settings.append(NumberWording.count(samples, "sample")) }
        return "\(settings.joined(separator: ", ")): \(result.status), "
            + "\(NumberWording.count(tests, "independence test")) \(result.testCounts)"
    }

    private static func pValue(_ value: Double) -> String { String(format: "%.2g", value) }
}
