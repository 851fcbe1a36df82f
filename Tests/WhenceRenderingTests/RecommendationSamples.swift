import WhenceDiscovery
import WhenceExplanation

/// Explanations of recommendations made by hand, as the search would make them.
enum RecommendationSamples {
    static let all: [(name: String, explanation: RecommendationExplanation)] = [
        ("films", films), ("long-history", longHistory), ("hostile-titles", hostile),
    ]

    /// Six films, two heads, two minimal explanations.
    static let films: RecommendationExplanation = {
        let titles = [
            "Star Wars (1977)", "Godfather, The (1972)", "Alien (1979)", "Raiders of the Lost Ark (1981)",
            "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1963)", "Fargo (1996)",
        ]
        var sample = explanation(titles: titles, recommended: "Empire Strikes Back, The (1980)")
        sample.graphs = [
            graph(sample, .head(0), edges: ["0 o-> 6", "3 --> 6", "0 <-> 3", "1 o-o 5"]),
            graph(sample, .head(1), edges: ["0 o-> 6", "2 <-> 6", "1 <-> 5", "2 o-o 4"]),
        ]
        sample.explanations = [
            found(sample, [0, 3], distance: 2, heads: [.head(0)], instead: "Blade Runner (1982)", rank: 5),
            found(
                sample, [0, 2], distance: 2, heads: [.head(1)], instead: "Return of the Jedi (1983)", rank: 2),
        ]
        sample.status = SearchStatus(
            search: .minimal, testedSizes: 2, certifiedSizes: 0, budget: nil, forwardPasses: 14,
            elapsedMilliseconds: 21.5)
        return sample
    }()

    /// Fifty films, the first ten unseen, one three times; one item decides; a search that its budget ended.
    static let longHistory: RecommendationExplanation = {
        var titles = (1...50).map { "Picture \($0) (\(1930 + $0))" }
        titles[20] = titles[30]
        titles[40] = titles[30]
        titles[15] = "Cité des enfants perdus, La (City of Lost Children, The) (1995)"
        var sample = explanation(titles: titles, recommended: "Brazil (1985)", unseen: 10)
        sample.input.user = "196"
        sample.settings.heads = .pooled
        let edges = (0..<13).map { "\($0 * 3) o-> 40" } + (0..<20).map { "\($0) <-> \($0 + 17)" }
        sample.graphs = [graph(sample, .pooled, edges: edges, status: .anytime(r: 2))]
        sample.explanations = [
            found(sample, [5], distance: 1, heads: [.pooled], instead: "Time Bandits (1981)", rank: 11)
        ]
        sample.status = SearchStatus(
            search: .budget, testedSizes: 1, certifiedSizes: 1, budget: "the time limit",
            forwardPasses: 1_242,
            elapsedMilliseconds: 2_004)
        return sample
    }()

    /// Titles that attack terminals, XML, DOT and layouts; nothing found.
    static let hostile: RecommendationExplanation = {
        var sample = explanation(
            titles: ["<script>alert('1')</script>", "\u{1B}[31mred\u{202E}", "", "映画館 👩‍👩‍👧‍👦", "\"&amp;\\N;]]>"],
            recommended: "\u{1B}]0;title\u{7} (1999)")
        sample.graphs = [graph(sample, .head(3), edges: ["0 --> 5", "1 <-> 5", "2 <-> 3", "3 o-o 4"])]
        sample.settings.heads = .only([3])
        sample.status = SearchStatus(
            search: .none, testedSizes: 3, certifiedSizes: 0, budget: nil, forwardPasses: 9,
            elapsedMilliseconds: 4)
        return sample
    }()
}

extension RecommendationSamples {
    /// An explanation without graphs and findings; tokens are the places in the history from 100.
    static func explanation(
        titles: [String], recommended: String, unseen: Int = 0
    ) -> RecommendationExplanation {
        var ids: [String: Int] = [:]
        let history = titles.enumerated().map { index, title in
            let id = ids[title] ?? index
            ids[title] = id
            return RecommendationInput.HistoryItem(
                index: index, item: "\(id + 1)", title: title, token: 100 + id)
        }
        var settings = ExplanationSettings()
        settings.nodes = .items
        settings.samples = 64
        settings.replacement = .mask
        let seen = history.dropFirst(unseen).map(\.token)
        return RecommendationExplanation(
            model: ModelIdentity(
                family: "bert", name: "movies", parameters: 361_234,
                sha256: String(repeating: "0af3", count: 16)),
            settings: settings,
            input: RecommendationInput(
                history: history, user: nil, unseenCount: unseen, query: seen + [4], queryTarget: seen.count,
                abduction: seen + [300]),
            prediction: recommendation([recommended, "Blade Runner (1982)", "Return of the Jedi (1983)"]),
            graphs: [], explanations: [],
            status: SearchStatus(
                search: .none, testedSizes: 0, certifiedSizes: 0, budget: nil, forwardPasses: 2,
                elapsedMilliseconds: 1))
    }

    static func recommendation(_ titles: [String]) -> Recommendation {
        let top = titles.enumerated().map { place, title in
            RankedItem(
                rank: place + 1, item: "\(200 + place)", title: title, token: 300 + place,
                score: 7.25 - Double(place) / 8)
        }
        return Recommendation(best: top[0], top: top, candidateCount: 1_676)
    }

    /// A graph over the items that were seen and the recommended one.
    static func graph(
        _ sample: RecommendationExplanation, _ head: HeadLabel, edges: [String],
        status: DiscoveryStatus = .complete
    ) -> CausalGraph {
        let labels =
            sample.input.history.dropFirst(sample.input.unseenCount).map(\.title)
            + [sample.prediction.best.title]
        return CausalGraph(
            head: head, target: labels.count - 1,
            nodes: labels.enumerated().map { CausalGraph.Node(index: $0, label: $1, tokens: [$0]) },
            edges: edges.map(Samples.edge).sorted { ($0.a, $0.b) < ($1.a, $1.b) },
            independenceTests: [21, 35, 6], degenerateTests: 0, status: status, sampleBound: nil)
    }

    private static func found(
        _ sample: RecommendationExplanation, _ nodes: [Int], distance: Int, heads: [HeadLabel],
        instead title: String, rank: Int
    ) -> ItemExplanation {
        let items = nodes.map { $0 + sample.input.unseenCount }
        var query = sample.input.query
        for node in nodes { query[node] = 4 }
        let best = sample.prediction.best
        return ItemExplanation(
            nodes: nodes, tokens: nodes, items: items, size: nodes.count, distance: distance, heads: heads,
            query: query, queryTarget: sample.input.queryTarget,
            outcome: recommendation([title, best.title]),
            replacement: ItemShift(
                item: "200", title: title, token: 300, rankBefore: rank, rankAfter: 1, scoreBefore: 6.5,
                scoreAfter: 7.25),
            original: ItemShift(
                item: best.item, title: best.title, token: best.token, rankBefore: 1, rankAfter: 2,
                scoreBefore: best.score, scoreAfter: 7.125))
    }
}
