internal import WhenceExplanation

/// Recommendations as a viewer reads them.
struct RecommendationWording {
    private let historyNames: WordNames
    private let explanation: RecommendationExplanation

    /// Widest title in running text.
    static let titleWidth = 72

    init(_ explanation: RecommendationExplanation) {
        self.explanation = explanation
        historyNames = WordNames(
            labels: explanation.input.history.map(\.title), maximumWidth: Self.titleWidth, areTitles: true)
    }

    /// A title in quotation marks.
    static func title(_ title: String) -> String { title.quotedTitle(maximumWidth: titleWidth) }

    /// The items that an explanation leaves out, in the order of the history.
    func names(_ found: ItemExplanation) -> String { historyNames.list(found.items.sorted()) }

    /// `“C” (5th before)`.
    static func replacement(_ found: ItemExplanation) -> String {
        let rank = NumberWording.ordinal(found.replacement.rankBefore)
        return "\(title(found.replacement.title)) (\(rank) before)"
    }

    /// `Because you watched “A” and “B”. Without them: “C” (5th before).`
    func because(_ found: ItemExplanation) -> [StyledRun] {
        [
            StyledRun("Because you watched "), StyledRun(names(found), .strong),
            StyledRun(". Without \(found.items.count == 1 ? "it" : "them"): "),
            StyledRun(Self.replacement(found), .strong), StyledRun("."),
        ]
    }

    /// `Because you watched “A” and “B”. Without them: “C” (5th before).`, or what the search can claim.
    var summary: String {
        guard let best = explanation.explanations.first else { return SearchWording.sentence(explanation) }
        return because(best).map(\.text).joined()
    }

    /// What the scores of the old and of the new item become.
    static func scores(_ found: ItemExplanation) -> String {
        let (old, new) = (found.original, found.replacement)
        return "\(title(old.title)) falls to \(NumberWording.ordinal(old.rankAfter)): its score goes from "
            + "\(NumberWording.score(old.scoreBefore)) to \(NumberWording.score(old.scoreAfter)), "
            + "that of \(title(new.title)) from "
            + "\(NumberWording.score(new.scoreBefore)) to \(NumberWording.score(new.scoreAfter))"
    }

    /// One sentence for each thing about the history that a reader has to know.
    var notes: [String] {
        var notes: [String] = []
        let history = explanation.input.history
        let unseen = explanation.input.unseenCount
        if unseen > 0, unseen <= history.count {
            let seen = NumberWording.count(history.count - unseen, "item")
            var names = history[..<unseen].suffix(3).map { Self.title($0.title) }
            if unseen > 3 { names.insert("…", at: 0) }
            notes.append(
                "the history is longer than the model takes, which saw its last \(seen) only. Not seen: the "
                    + "\(NumberWording.count(unseen, "item")) before (\(names.joined(separator: ", "))).")
        }
        let unknown = explanation.input.unknownItems
        if !unknown.isEmpty {
            let names = unknown.prefix(5).map { $0.visibleLabel.elided(toWidth: 24) }
            notes.append(
                "the model does not know \(NumberWording.count(unknown.count, "item")) of the history, left out here: "
                    + names.joined(separator: ", ") + (unknown.count > 5 ? ", …." : "."))
        }
        var places: [String: [Int]] = [:]
        for item in history { places[item.item, default: []].append(item.index) }
        let repeated = history.filter { places[$0.item].map { $0.count > 1 } ?? false }
            .filter { places[$0.item]?.first == $0.index }
        for item in repeated.prefix(3) {
            let times = NumberWording.count(places[item.item]?.count ?? 0)
            notes.append(
                "\(Self.title(item.title)) stands in the history \(times) times: leaving one out leaves the "
                    + "other \((places[item.item]?.count ?? 0) == 2 ? "one" : "ones").")
        }
        if repeated.count > 3 {
            notes.append(
                "\(NumberWording.count(repeated.count - 3)) more items stand in the history more than once.")
        }
        return notes
    }
}
