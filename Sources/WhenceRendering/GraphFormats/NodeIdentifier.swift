internal import WhenceExplanation

/// Identifiers that every graph format takes: `t07_great`.
///
/// Tetrad's text splits names at commas, semicolons and white space and reads brackets as a kind of node;
/// DOT and XML have reserved characters of their own. So an identifier is the node's number, which makes it
/// unique, and for the eye what ASCII letters and digits the label has.
struct NodeIdentifiers {
    private let identifiers: [String]

    init(_ graph: CausalGraph) {
        self.init(labels: graph.nodes.map(\.label))
    }

    /// - Parameter isSafe: whether a format takes a name as it is. Where it takes all of them they are their own
    ///   identifiers; otherwise all are made up.
    init(labels: [String], where isSafe: (String) -> Bool = { _ in false }) {
        if labels.allSatisfy(isSafe) {
            identifiers = labels
            return
        }
        let digits = max(2, String(max(0, labels.count - 1)).count)
        identifiers = labels.enumerated().map { index, label in
            let number = String(index)
            let padded = String(repeating: "0", count: digits - number.count) + number
            let letters = label.unicodeScalars
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

extension String {
    /// Whether this is an ASCII letter or `_`, then ASCII letters, digits, `_` and what else is allowed.
    func isIdentifier(allowing others: String = "") -> Bool {
        guard let first = unicodeScalars.first, first.isASCIILetter || first == "_" else { return false }
        return unicodeScalars.allSatisfy {
            $0.isASCIILetter || ("0"..."9").contains($0) || $0 == "_" || others.unicodeScalars.contains($0)
        }
    }
}

extension Unicode.Scalar {
    private static let lowercase: ClosedRange<Unicode.Scalar> = "a"..."z"
    private static let uppercase: ClosedRange<Unicode.Scalar> = "A"..."Z"

    fileprivate var isASCIILetter: Bool { Self.lowercase.contains(self) || Self.uppercase.contains(self) }
}
