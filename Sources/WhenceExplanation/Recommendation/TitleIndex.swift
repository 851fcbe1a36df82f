public import WhenceLoader

/// Finds the items that people mean by titles as they type them.
public struct TitleIndex: Sendable {
    /// What a title may mean.
    public enum Match: Sendable, Hashable {
        /// One item, by its title as it is written, apart from case, accents, punctuation, the place of the article
        /// and the year.
        case item(Int)
        /// One item whose title is not what was typed, but the only one like it.
        case guess(Int)
        /// Several items, in the catalogue's order.
        case several([Int])
        /// No item; those with the nearest titles, the nearest first.
        case none(nearest: [Int])
    }

    private let titles: [String]
    private let keys: [TitleKey]

    /// How many of the nearest titles are named.
    private static let nearestCount = 5

    /// Reads the titles of a catalogue.
    public init(_ catalogue: ItemCatalogue) {
        titles = catalogue.items.map(\.title)
        keys = titles.map(TitleKey.init)
    }

    /// The item that a title means, as its index in the catalogue.
    ///
    /// Asked for in this order, until something fits: the title as it is written; the same words in any case, accents
    /// and punctuation; the name with its article at either end and with or without the year; the name without its
    /// article; then, as a guess, a title that begins so, one that holds these words, and one that is a typing error
    /// away.
    ///
    /// - Complexity: O(titles · length), and for what fits nothing O(titles · length²).
    public func find(_ title: String) -> Match {
        let wanted = TitleKey(title)
        if let match = Self.match(titles.indices.filter { titles[$0] == title }) { return match }
        guard !wanted.whole.isEmpty else { return .none(nearest: []) }
        if let match = Self.match(keys.indices.filter { keys[$0].whole == wanted.whole }) { return match }
        let sameYear = keys.indices.filter { keys[$0].allows(year: wanted.year) }
        if let name = wanted.names.first {
            if let match = Self.match(sameYear.filter { keys[$0].names.contains(name) }) { return match }
        }
        guard let bare = wanted.bareNames.first else { return .none(nearest: nearest(to: wanted.whole)) }
        if let match = Self.match(sameYear.filter { keys[$0].bareNames.contains(bare) }) { return match }

        let guesses: [(TitleKey) -> Bool] = [
            { $0.bareNames.contains { $0.hasPrefix(bare) } },
            { $0.bareNames.contains { " \($0) ".contains(" \(bare) ") } },
        ]
        for guess in guesses {
            if let match = Self.match(sameYear.filter { guess(keys[$0]) }, isGuess: true) { return match }
        }
        return nearMiss(bare, among: sameYear) ?? .none(nearest: nearest(to: bare))
    }

    private static func match(_ found: [Int], isGuess: Bool = false) -> Match? {
        guard let first = found.first else { return nil }
        if found.count > 1 { return .several(found) }
        return isGuess ? .guess(first) : .item(first)
    }

    /// The titles that the fewest typing errors lead to, at most one in five characters.
    private func nearMiss(_ name: String, among indices: [Int]) -> Match? {
        let limit = name.count / 5
        guard limit > 0 else { return nil }
        let wanted = Array(name.unicodeScalars)
        var best = limit
        var found: [Int] = []
        for index in indices {
            let distances = keys[index].bareNames.compactMap {
                EditDistance.between(wanted, Array($0.unicodeScalars), atMost: best)
            }
            guard let distance = distances.min() else { continue }
            if distance < best { found = [] }
            best = distance
            found.append(index)
        }
        return Self.match(found, isGuess: true)
    }

    /// The titles that share most pairs of letters with a name.
    private func nearest(to name: String) -> [Int] {
        let wanted = LetterPairs(name)
        let scored = keys.indices.compactMap { index -> (index: Int, likeness: Double)? in
            let likeness = (keys[index].names + [keys[index].whole]).map {
                wanted.likeness(to: LetterPairs($0))
            }
            guard let best = likeness.max(), best > 0 else { return nil }
            return (index, best)
        }
        return scored.sorted { ($1.likeness, $0.index) < ($0.likeness, $1.index) }
            .prefix(Self.nearestCount).map(\.index)
    }
}
