import WhenceDiscovery
import WhenceExplanation
import WhenceLoader

/// Explanations made by hand, as the search would make them.
enum Samples {
    static let all: [(name: String, explanation: SentimentExplanation)] = [
        ("charming", charming), ("hostile", hostile), ("tokens", tokens),
    ]

    /// Ten words, four heads, a minimal explanation of two words.
    static let charming: SentimentExplanation = {
        let input = text("it's a charming and often affecting journey through the past")
        var sample = explanation(input: input, prediction: binary(positive: 0.9731))
        sample.settings.samples = 256
        sample.settings.replacement = .mask
        sample.graphs = [
            graph(input, .head(0), edges: ["3 o-> 0", "6 --> 0", "3 <-> 6", "4 o-o 5", "7 o-> 6"]),
            graph(input, .head(1), edges: ["3 --> 0", "6 --> 0", "3 o-> 6", "7 <-> 10", "8 o-> 10"]),
            graph(input, .head(2), edges: ["3 o-> 0", "3 <-> 6", "1 o-o 2", "7 <-> 10"]),
            graph(
                input, .head(3), edges: ["3 o-> 0", "7 <-> 0", "2 o-> 3", "9 o-o 10", "4 o-> 6", "8 --> 9"]),
        ]
        sample.explanations = [
            found(input, [3, 6], distance: 2, heads: [.head(0), .head(1)], positive: 0.188),
            found(input, [3, 7], distance: 3, heads: [.head(3)], positive: 0.4402),
        ]
        sample.status = SearchStatus(
            search: .minimal, testedSizes: 2, certifiedSizes: 0, budget: nil, forwardPasses: 38,
            elapsedMilliseconds: 84.61)
        return sample
    }()

    /// Texts that attack terminals, XML, DOT and layouts; all heads pooled; three labels; nothing found.
    static let hostile: SentimentExplanation = {
        let words = [
            "<script>alert('1')</script>", "\"&amp;\\N", "]]>", "\u{1B}[31mred", "\u{202E}abc", "👩‍👩‍👧‍👦", "جميل",
            "a\u{0}b", "映画館", "\u{301}x", "\u{200B}",
        ]
        var input = text(words.joined(separator: " ") + " and the rest is never seen", words: words)
        input.unseenFrom = words.joined(separator: " ").utf8.count
        var sample = explanation(
            input: input,
            prediction: SentimentPrediction(
                index: 1, label: "neu\u{1B}[2Jtral", probability: 0.61, probabilities: [0.30, 0.61, 0.09],
                labels: ["nega<tive>", "neu\u{1B}[2Jtral", "positive"], logits: [0.5, 1.2, -0.7]))
        sample.settings.heads = .pooled
        sample.graphs = [
            graph(
                input, .pooled,
                edges: ["1 --> 0", "2 o-> 0", "3 <-> 4", "5 <-> 6", "7 o-> 8", "8 <-> 9", "10 o-o 11"],
                status: .anytime(r: 2), degenerate: 3, sampleBound: 4)
        ]
        sample.status = SearchStatus(
            search: .none, testedSizes: 3, certifiedSizes: 1, budget: nil, forwardPasses: 1_232,
            elapsedMilliseconds: 12_340)
        return sample
    }()

    /// Tokens as nodes, every pair of marks at one head, a search that its budget ended.
    static let tokens: SentimentExplanation = {
        let input = TokenizedText(
            text: "unfunny, unfunny film",
            tokens: [
                Token(id: 2, piece: "[CLS]", span: nil), Token(id: 31, piece: "▁un", span: 0..<2),
                Token(id: 90, piece: "funny", span: 2..<7), Token(id: 15, piece: ",", span: 7..<8),
                Token(id: 31, piece: "▁un", span: 9..<11), Token(id: 90, piece: "funny", span: 11..<16),
                Token(id: 44, piece: "▁fil", span: 17..<20), Token(id: 45, piece: "m", span: 20..<21),
                Token(id: 3, piece: "[SEP]", span: nil),
            ],
            words: [
                Word(text: "unfunny,", span: 0..<8, tokens: [1, 2, 3]),
                Word(text: "unfunny", span: 9..<16, tokens: [4, 5]),
                Word(text: "film", span: 17..<21, tokens: [6, 7]),
            ], unseenFrom: nil)
        var sample = explanation(input: input, prediction: binary(positive: 0.0004))
        sample.settings.nodes = .tokens
        sample.settings.heads = .only([7])
        sample.settings.selectionBias = true
        let nodes = input.tokens.dropLast().enumerated().map { index, token in
            CausalGraph.Node(index: index, label: token.piece, tokens: [index])
        }
        sample.graphs = [
            CausalGraph(
                head: .head(7), target: 0, nodes: nodes,
                edges: [
                    "0 <-- 1", "0 <-o 2", "0 o-o 3", "0 <-> 4", "0 --- 5", "0 o-- 6", "0 --o 7", "1 --> 2",
                    "2 o-> 5", "4 <-> 5",
                ].map(edge), independenceTests: [28, 41, 12], degenerateTests: 0, status: .skeleton,
                sampleBound: nil)
        ]
        sample.explanations = [
            CounterfactualExplanation(
                nodes: [2, 5], tokens: [2, 5], words: [0, 1], size: 2, distance: 2, heads: [.head(7)],
                outcome: binary(positive: 0.9996)),
            CounterfactualExplanation(
                nodes: [1, 2], tokens: [1, 2], words: [0], size: 2, distance: nil, heads: [],
                outcome: binary(positive: 0.52)),
        ]
        sample.status = SearchStatus(
            search: .budget, testedSizes: 1, certifiedSizes: 0, budget: "20 forward passes",
            forwardPasses: 20, elapsedMilliseconds: 6.125)
        return sample
    }()
}

extension Samples {
    /// A text cut into words, each one token, between `[CLS]` and `[SEP]`.
    static func text(_ text: String, words: [String]? = nil) -> TokenizedText {
        let words = words ?? text.split(separator: " ").map(String.init)
        var tokens = [Token(id: 2, piece: "[CLS]", span: nil)]
        var spans: [Word] = []
        var offset = 0
        for (index, word) in words.enumerated() {
            let span = offset..<offset + word.utf8.count
            tokens.append(Token(id: 100 + index, piece: "▁" + word, span: span))
            spans.append(Word(text: word, span: span, tokens: [index + 1]))
            offset = span.upperBound + 1
        }
        tokens.append(Token(id: 3, piece: "[SEP]", span: nil))
        return TokenizedText(text: text, tokens: tokens, words: spans, unseenFrom: nil)
    }

    /// An explanation without graphs and findings.
    static func explanation(
        input: TokenizedText, prediction: SentimentPrediction
    ) -> SentimentExplanation {
        SentimentExplanation(
            model: ModelIdentity(
                family: "albert", name: "sentiment", parameters: 4_612_098,
                sha256: String(repeating: "0af3", count: 16)),
            settings: ExplanationSettings(), input: input, prediction: prediction, graphs: [],
            explanations: [],
            status: SearchStatus(
                search: .none, testedSizes: 0, certifiedSizes: 0, budget: nil, forwardPasses: 1,
                elapsedMilliseconds: 1))
    }

    /// A graph over `[CLS]` (node 0, the target) and the words (nodes from 1).
    static func graph(
        _ input: TokenizedText, _ head: HeadLabel, edges: [String], status: DiscoveryStatus = .complete,
        degenerate: Int = 0, sampleBound: Int? = nil
    ) -> CausalGraph {
        let labels = ["[CLS]"] + input.words.map(\.text)
        return CausalGraph(
            head: head, target: 0,
            nodes: labels.enumerated().map { CausalGraph.Node(index: $0, label: $1, tokens: [$0]) },
            edges: edges.map(edge).sorted { ($0.a, $0.b) < ($1.a, $1.b) },
            independenceTests: [labels.count * (labels.count - 1) / 2, 61, 7], degenerateTests: degenerate,
            status: status, sampleBound: sampleBound)
    }

    /// Reads `3 o-> 0`; the ends may stand in either order.
    static func edge(_ text: String) -> CausalGraph.GraphEdge {
        let parts = text.split(separator: " ")
        let marks: [Character: Mark] = ["<": .arrow, ">": .arrow, "o": .circle, "-": .tail]
        guard parts.count == 3, let first = Int(parts[0]), let second = Int(parts[2]),
            let left = parts[1].first.flatMap({ marks[$0] }),
            let right = parts[1].last.flatMap({ marks[$0] })
        else { preconditionFailure("\(text) is no edge") }
        let edge = Edge(first, left, right, second)
        let pValue = Double(edge.a * 7 + edge.b) / 1e5
        return CausalGraph.GraphEdge(
            a: edge.a, b: edge.b, markAtA: edge.markAtA, markAtB: edge.markAtB, pValue: pValue)
    }

    static func binary(positive: Double) -> SentimentPrediction {
        let index = positive > 0.5 ? 1 : 0
        return SentimentPrediction(
            index: index, label: ["negative", "positive"][index], probability: max(positive, 1 - positive),
            probabilities: [1 - positive, positive], labels: ["negative", "positive"],
            logits: [-1.25, 2.340625])
    }

    private static func found(
        _ input: TokenizedText, _ nodes: [Int], distance: Int, heads: [HeadLabel], positive: Double
    ) -> CounterfactualExplanation {
        CounterfactualExplanation(
            nodes: nodes, tokens: nodes, words: nodes.map { $0 - 1 }, size: nodes.count, distance: distance,
            heads: heads, outcome: binary(positive: positive))
    }
}
