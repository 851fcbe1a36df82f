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
    /// For each node the parts of the input that it covers: words of a text, items of a history; empty for the target.
    let parts: [[Int]]
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
            case .tokens, .items:
                for token in tokens { parts.append((input.tokens[token].piece, [token], [index])) }
            }
        }
        guard !parts.isEmpty else { throw .noWords }
        parts.append((input.tokens[targetToken].piece, [targetToken], []))
        parts.sort { $0.tokens[0] < $1.tokens[0] }

        nodes = parts.enumerated().map {
            CausalGraph.Node(index: $0.offset, label: $0.element.label, tokens: $0.element.tokens)
        }
        self.parts = parts.map(\.words)
        target = parts.firstIndex { $0.words.isEmpty } ?? 0
        let covered = Set(parts.flatMap(\.tokens))
        marginalised = input.tokens.indices.filter { !covered.contains($0) }
    }

    /// Lays a history and the item recommended after it out as nodes, in the order in which the model reads them.
    ///
    /// - Parameters:
    ///   - input: the pass that the attention is read from.
    ///   - items: the item at each slot, as its place in the history and its title.
    ///   - recommended: the title of the item at the input's target.
    init(_ input: RecommenderInput, items: [(place: Int, title: String)], recommended: String) {
        let labels = items.map(\.title) + [recommended]
        let tokens = input.slots + [input.target]
        nodes = zip(labels, tokens).enumerated().map {
            CausalGraph.Node(index: $0, label: $1.0, tokens: [$1.1])
        }
        parts = items.map { [$0.place] } + [[]]
        target = items.count
        let covered = Set(tokens)
        marginalised = input.ids.indices.filter { !covered.contains($0) }
    }

    /// The tokens of several nodes, ascending.
    func tokens(of nodes: [Int]) -> [Int] {
        nodes.flatMap { self.nodes[$0].tokens }.sorted()
    }

    /// The parts of the input that several nodes cover, each once, ascending.
    func parts(of nodes: [Int]) -> [Int] {
        Set(nodes.flatMap { parts[$0] }).sorted()
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
