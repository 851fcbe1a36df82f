internal import WhenceExplanation

/// The history as the model saw it, with items highlighted.
enum HistoryRuns {
    /// Histories up to this length are shown whole.
    private static let wholeLength = 12
    /// Of longer ones, as many of the latest items are shown as this.
    private static let latestCount = 5
    /// Widest title.
    private static let titleWidth = 48

    /// The items from the oldest to the latest with dots between them; parts left out are counted.
    ///
    /// - Parameters:
    ///   - highlighted: indices into the history; these are shown however long it is, with a neighbour on each side.
    ///   - bracketed: puts `[[` and `]]` around highlighted items.
    ///   - isWhole: leaves no item out.
    static func runs(
        _ input: RecommendationInput, highlighting highlighted: Set<Int>, bracketed: Bool, isWhole: Bool
    ) -> [StyledRun] {
        let history = input.history.dropFirst(input.unseenCount)
        let isShort = isWhole || history.count <= wholeLength
        let shown = history.indices.filter { index in
            isShort || index >= history.endIndex - latestCount
                || (index - 1...index + 1).contains { highlighted.contains($0) }
        }
        var runs: [StyledRun] = []
        func put(_ part: [StyledRun]) {
            if !runs.isEmpty { runs.append(StyledRun(" · ", .small)) }
            runs += part
        }
        if input.unseenCount > 0 {
            put([StyledRun("… \(NumberWording.count(input.unseenCount)) not seen …", .small)])
        }
        var next = history.startIndex
        for index in shown {
            if index > next {
                put([StyledRun("… \(NumberWording.count(index - next)) more …", .small)])
            }
            next = index + 1
            let label = history[index].title.visibleLabel.elidedTitle(toWidth: titleWidth)
            let title = label.isEmpty ? "“”" : label
            guard highlighted.contains(index) else {
                put([StyledRun(title)])
                continue
            }
            put([StyledRun(bracketed ? "[[\(title)]]" : title, .highlight)])
        }
        return runs
    }
}
