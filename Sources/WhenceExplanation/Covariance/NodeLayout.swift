internal import WhenceLoader

/// Which tokens make up which node, and which nodes the graph is learnt over.
///
/// Tokens of no node (special tokens, skipped punctuation) take part in the attention and are marginalised:
/// the correlation matrix simply leaves them out (Rohekar et al. 2023, §3; Richardson and Spirtes 2002).
struct NodeLayout: Sendable {
    /// Nodes in order of the text, with the target where its token stands.
    let nodes: [CausalGraph.Node]
    /// Index of the node that the prediction is read from.
    let target: Int
    /// For each node the words of the input that it covers; empty for the target.
    let words: [[Int]]
    /// Tokens that belong to no node, each a group of its own.
    let marginalised: [Int]

    /// The nodes' tokens, then every marginalised token alone: a partition of all tokens.
    var groups: [[Int]] { nodes.map(\.tokens) + marginalised.map { [$0] } }

    /// Lays the tokens of an input out as nodes.
    ///
    /// A causal classifier reads the last token, which may be a piece of a word: that piece is the target alone, and
    /// a word without other pieces is no node.
    ///
    /// - Parameters:
    ///   - input: the text as the model sees it.
    ///   - targetToken: index of the token that the prediction is read from.
    /// - Throws: `ExplanationError.noWords` if no node besides the target is left.
    init(
        _ input: TokenizedText, kind: NodeKind, skipPunctuation: Bool, targetToken: Int
    ) throws(ExplanationError) {
        var parts: [(label: String, tokens: [Int], words: [Int])] = []
        for (index, word) in input.words.enumerated() {
            if skipPunctuation, !word.text.unicodeScalars.contains(where: Self.isWordLike) { continue }
            let tokens = word.tokens.filter { $0 != targetToken }
            switch kind {
            case .words:
                if !tokens.isEmpty { parts.append((word.text, tokens, [index])) }
            case .tokens:
                for token in tokens { parts.append((input.tokens[token].piece, [token], [index])) }
            }
        }
        guard !parts.isEmpty else { throw .noWords }
        parts.append((input.tokens[targetToken].piece, [targetToken], []))
        parts.sort { $0.tokens[0] < $1.tokens[0] }

        nodes = parts.enumerated().map {
            CausalGraph.Node(index: $0.offset, label: $0.element.label, tokens: $0.element.tokens)
        }
        words = parts.map(\.words)
        target = parts.firstIndex { $0.words.isEmpty } ?? 0
        let covered = Set(parts.flatMap(\.tokens))
        marginalised = input.tokens.indices.filter { !covered.contains($0) }
    }

    private static func isWordLike(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .control, .format:
            false
        default: true
        }
    }
}
