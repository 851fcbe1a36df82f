internal import WhenceExplanation

/// Identifiers that every graph format takes: `t07_great`.
///
/// Tetrad's text splits names at commas, semicolons and white space and reads brackets as a kind of node;
/// DOT and XML have reserved characters of their own. So an identifier is the node's number, which makes it
/// unique, and for the eye what ASCII letters and digits the label has.
struct NodeIdentifiers {
    private let identifiers: [String]

    init(_ graph: CausalGraph) {
        let digits = max(2, String(max(0, graph.nodes.count - 1)).count)
        identifiers = graph.nodes.enumerated().map { index, node in
            let number = String(index)
            let padded = String(repeating: "0", count: digits - number.count) + number
            let letters = node.label.unicodeScalars
                .filter { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) }
                .prefix(24)
            return letters.isEmpty ? "t\(padded)" : "t\(padded)_\(String(String.UnicodeScalarView(letters)))"
        }
    }

    subscript(node: Int) -> String { identifiers[node] }
}

extension HeadLabel {
    /// `head3` or `pooled`: safe in every graph format.
    var identifier: String {
        switch self {
        case .head(let number): "head\(number)"
        case .pooled: "pooled"
        }
    }
}
