import WhenceDiscovery
import WhenceExplanation
import WhenceLoader
import WhenceRendering

@testable import WhenceAnnotation

/// Annotated rows made up from their index: the same index makes the same row.
enum AnnotatedSamples {
    /// Rows with graphs and explanations; every seventh from the fourth on is a failure.
    static func rows(_ indices: some Sequence<Int>, task: AnnotationTask = .sentiment) -> [AnnotatedRow] {
        indices.map { row($0, task: task) }
    }

    static func row(_ index: Int, task: AnnotationTask = .sentiment) -> AnnotatedRow {
        let fails = index % 7 == 3
        let outcome: AnnotatedRow.Outcome =
            if fails {
                .failure(RowProblem(.empty, "The text has no words."))
            } else if task == .sentiment {
                .sentiment(sentiment(index))
            } else {
                .recommendation(recommendation(index))
            }
        let content: InputRow.Content =
            task == .sentiment
            ? .text(sentiment(index).input.text)
            : .history([.id("1"), .title("Film 2")], user: index % 2 == 0 ? "user \(index)" : nil)
        return AnnotatedRow(
            row: InputRow(
                index: index, place: .init(file: "reviews.jsonl", line: index + 1),
                kept: [
                    JSONField(name: "stars", json: "\(index % 5)"),
                    JSONField(name: "id", json: "\"r\(index)\""),
                ], content: fails ? .failure(RowProblem(.empty, "The text has no words.")) : .success(content)
            ),
            outcome: outcome, milliseconds: Double(index))
    }

    /// A text of four to twenty words with four graphs, and up to two explanations.
    static func sentiment(_ index: Int, wordCount: Int? = nil) -> SentimentExplanation {
        var generator = SplitMix64(seed: UInt64(index))
        let count = wordCount ?? 4 + index % 17
        var (text, tokens, words) = ("", [Token(id: 2, piece: "[CLS]", span: nil)], [Word]())
        for place in 0..<count {
            let word = ["film", "good", "über", "映画", "\"so\"", "\u{202E}a\u{7F}", "not"][
                (index + place * place) % 7]
            if place > 0 { text += " " }
            let start = text.utf8.count
            text += word
            tokens.append(Token(id: 30 + place, piece: "▁" + word, span: start..<text.utf8.count))
            words.append(Word(text: word, span: start..<text.utf8.count, tokens: [place + 1]))
        }
        tokens.append(Token(id: 3, piece: "[SEP]", span: nil))
        let nodes = (0...count).map { node in
            CausalGraph.Node(index: node, label: node == 0 ? "[CLS]" : words[node - 1].text, tokens: [node])
        }
        let found = (0..<index % 3).map { place in
            CounterfactualExplanation(
                nodes: [place + 1, place + 2], tokens: [place + 1, place + 2], words: [place, place + 1],
                size: 2,
                distance: place == 0 ? 2 : nil, heads: place == 0 ? [.head(0), .head(3)] : [],
                outcome: prediction(generator.unit / 2))
        }
        return SentimentExplanation(
            model: ModelIdentity(
                family: "albert", name: "sentiment", parameters: 4_612_098,
                sha256: String(repeating: "0af3", count: 16), precision: index == -1 ? "int8" : "fp32"),
            settings: settings(.words),
            input: TokenizedText(text: text, tokens: tokens, words: words, unseenFrom: nil),
            prediction: prediction(0.5 + generator.unit / 2),
            graphs: (0..<4).map { graph(.head($0), nodes, target: 0, &generator) }, explanations: found,
            status: SearchStatus(
                search: found.isEmpty ? .none : .minimal, testedSizes: 2, certifiedSizes: 0, budget: nil,
                forwardPasses: 20 + index, elapsedMilliseconds: 12.5))
    }

    /// A history of three to eight films with pooled heads.
    static func recommendation(_ index: Int) -> RecommendationExplanation {
        var generator = SplitMix64(seed: UInt64(index))
        let count = 3 + index % 6
        let history = (0..<count).map {
            RecommendationInput.HistoryItem(
                index: $0, item: "\($0 + 1)", title: "Film \($0 + 1)", token: 100 + $0)
        }
        let nodes = (0...count).map { node in
            CausalGraph.Node(
                index: node, label: node == count ? "Alien (1979)" : history[node].title, tokens: [node])
        }
        let first = recommended(["Alien (1979)", "Brazil (1985)"], &generator)
        let second = recommended(["Brazil (1985)", "Alien (1979)"], &generator)
        let shift = ItemShift(
            item: "901", title: "Brazil (1985)", token: 301, rankBefore: 2, rankAfter: 1, scoreBefore: 6.5,
            scoreAfter: 7.25)
        let found = (0..<index % 2).map { place in
            ItemExplanation(
                nodes: [place], tokens: [place], items: [place], size: 1, distance: 1, heads: [.pooled],
                query: [4, 5], queryTarget: 1, outcome: second, replacement: shift, original: shift)
        }
        return RecommendationExplanation(
            model: ModelIdentity(
                family: "bert", name: "movies", parameters: 361_234, sha256: String(repeating: "1", count: 64)
            ),
            settings: settings(.items),
            input: RecommendationInput(
                history: history, user: index % 2 == 0 ? "user \(index)" : nil,
                unknownItems: index % 4 == 0 ? ["77"] : [], unseenCount: 0,
                query: history.map(\.token) + [4], queryTarget: count, abduction: history.map(\.token) + [300]
            ),
            prediction: first, graphs: [graph(.pooled, nodes, target: count, &generator)],
            explanations: found,
            status: SearchStatus(
                search: .minimal, testedSizes: 1, certifiedSizes: 0, budget: "the time limit",
                forwardPasses: 9,
                elapsedMilliseconds: 3))
    }

    static func settings(_ nodes: NodeKind) -> ExplanationSettings {
        var settings = ExplanationSettings()
        settings.nodes = nodes
        settings.samples = 256
        settings.replacement = .mask
        return settings
    }

    static func identity(
        task: AnnotationTask = .sentiment, detail: AnnotationDetail = .graphs, alpha: Double = 0.01
    ) throws -> RunIdentity {
        var settings = settings(task == .sentiment ? .words : .items)
        settings.alpha = alpha
        return try RunIdentity(
            version: "1.2.3", task: task,
            model: task == .sentiment ? sentiment(0).model : recommendation(0).model, settings: settings,
            detail: detail,
            input: InputIdentity(
                path: "reviews.jsonl", fileCount: 1, byteCount: 12, sha256: "0badcafe"),
            options: ["text field": "text"])
    }

    private static func prediction(_ positive: Double) -> SentimentPrediction {
        let isPositive = positive >= 0.5
        return SentimentPrediction(
            index: isPositive ? 1 : 0, label: isPositive ? "positive" : "negative",
            probability: max(positive, 1 - positive), probabilities: [1 - positive, positive],
            labels: ["negative", "positive"], logits: [1 - positive * 3, positive * 3 - 1])
    }

    private static func recommended(_ titles: [String], _ generator: inout SplitMix64) -> Recommendation {
        let top = titles.enumerated().map { place, title in
            RankedItem(
                rank: place + 1, item: title.hasPrefix("A") ? "900" : "901", title: title,
                token: title.hasPrefix("A") ? 300 : 301, score: 7 - Double(place) - generator.unit)
        }
        return Recommendation(best: top[0], top: top, candidateCount: 1_676)
    }

    private static func graph(
        _ head: HeadLabel, _ nodes: [CausalGraph.Node], target: Int, _ generator: inout SplitMix64
    ) -> CausalGraph {
        let marks: [Mark] = [.tail, .arrow, .circle]
        var edges: [CausalGraph.GraphEdge] = []
        for a in nodes.indices {
            for b in nodes.indices.dropFirst(a + 1) where generator.unit < 0.2 {
                edges.append(
                    CausalGraph.GraphEdge(
                        a: a, b: b, markAtA: marks[(a + b) % 3], markAtB: marks[(a * b + edges.count) % 3],
                        pValue: generator.unit / 100))
            }
        }
        return CausalGraph(
            head: head, target: target, nodes: nodes, edges: edges,
            independenceTests: [nodes.count * (nodes.count - 1) / 2, 11, 5], degenerateTests: 0,
            status: nodes.count == 9 ? .anytime(r: 2) : .complete, sampleBound: nodes.count == 9 ? 3 : nil)
    }
}

extension SplitMix64 {
    /// The next number in 0..<1.
    fileprivate var unit: Double {
        mutating get { Double(next() >> 11) / Double(1 << 53) }
    }
}
