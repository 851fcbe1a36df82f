internal import WhenceDiscovery
internal import WhenceExplanation

/// What discovery could not do, in plain words.
enum DiscoveryWording {
    /// One sentence for each thing that limits what the graphs mean; nothing where all went to its end.
    static func notes(_ graphs: [CausalGraph]) -> [String] {
        var notes: [String] = []
        let anytime = graphs.compactMap { graph in
            if case .anytime(let r) = graph.status { r } else { nil }
        }
        if let smallest = anytime.min() {
            let done =
                smallest == 1
                ? "only tests that condition on no others are done"
                : "tests that condition on fewer than \(smallest) others are done"
            notes.append(
                "\(subject(anytime.count, of: graphs.count)) cut short: \(done), later ones might remove more links."
            )
        }
        let skeletons = graphs.count { $0.status == .skeleton }
        if skeletons > 0 {
            notes.append(
                "\(subject(skeletons, of: graphs.count)) stopped very early: there are too many links in it.")
        }
        if let bound = graphs.compactMap(\.sampleBound).min() {
            notes.append(
                "So few samples allow tests that condition on \(NumberWording.count(bound, "other")) at most; some links may be extra."
            )
        }
        let degenerate = graphs.reduce(0) { $0 + $1.degenerateTests }
        if degenerate > 0 {
            notes.append(
                """
                \(NumberWording.count(degenerate, "test")) could not be decided, because some attention rows are \
                almost equal; the links in question were kept.
                """)
        }
        return notes
    }

    private static func subject(_ count: Int, of total: Int) -> String {
        if total == 1 { return "Discovery was" }
        return count == total
            ? "Discovery was, for every head," : "Discovery was, for \(count) of \(total) heads,"
    }
}
