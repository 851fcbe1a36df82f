internal import WhenceExplanation

/// What a run has found so far: kept with every checkpoint, told at the end.
///
/// Its size does not grow with the rows: it counts labels, or the items that were recommended.
public struct AnnotationSummary: Sendable, Hashable, Codable {
    /// A row that took long.
    public struct SlowRow: Sendable, Hashable, Codable {
        /// Its number, counted from 0.
        public var index: Int
        /// Where it stands, as messages say it.
        public var place: String
        /// What it took, of one core.
        public var milliseconds: Double
    }

    /// A row that could not be annotated.
    public struct BadRow: Sendable, Hashable, Codable {
        /// Its number, counted from 0.
        public var index: Int
        /// Where it stands, as messages say it.
        public var place: String
        /// What is wrong, a sentence.
        public var reason: String
    }

    /// Rows done, those that failed included.
    public private(set) var rows = 0
    /// How often each label was predicted, or each item recommended, by its title.
    public private(set) var labels: [String: Int] = [:]
    /// Rows whose smallest explanations were searched.
    public private(set) var searched = 0
    /// Of those, how many have sets of each size, the smallest that they have: `sizes[0]` counts size 1.
    public private(set) var sizes: [Int] = []
    /// Rows whose search a budget ended.
    public private(set) var cutShort = 0
    /// Rows that could not be annotated, by the kind of problem.
    public private(set) var failures: [String: Int] = [:]
    /// The first of them of each kind.
    public private(set) var firstFailures: [String: BadRow] = [:]
    /// The slowest rows, the slowest first.
    public private(set) var slowest: [SlowRow] = []

    /// How many slow rows are kept.
    private static let slowestKept = 3

    /// A run before its first row.
    public init() {}

    /// Rows that could not be annotated.
    public var failureCount: Int { failures.values.reduce(0, +) }

    /// Rows with a set that changes the prediction.
    public var flipped: Int { sizes.reduce(0, +) }

    /// The share of searched rows with a set that changes the prediction; `nil` without any.
    public var flippedShare: Double? { searched > 0 ? Double(flipped) / Double(searched) : nil }

    /// The median size of the smallest sets, over the rows that have one; the lower of two.
    public var medianSize: Int? {
        var rest = (flipped + 1) / 2
        for (position, count) in sizes.enumerated() {
            rest -= count
            if rest <= 0, flipped > 0 { return position + 1 }
        }
        return nil
    }

    /// Counts one row.
    ///
    /// - Parameter detail: what was asked for: of a prediction alone nothing is searched.
    public mutating func add(_ annotated: AnnotatedRow, detail: AnnotationDetail) {
        rows += 1
        switch annotated.outcome {
        case .sentiment(let explanation):
            labels[explanation.prediction.label, default: 0] += 1
            if detail != .prediction { add(explanation.status, explanation.explanations.first?.size) }
        case .recommendation(let explanation):
            labels[explanation.prediction.best.title, default: 0] += 1
            if detail != .prediction { add(explanation.status, explanation.explanations.first?.size) }
        case .failure(let problem):
            let kind = problem.kind.rawValue
            failures[kind, default: 0] += 1
            if firstFailures[kind] == nil {
                firstFailures[kind] = BadRow(
                    index: annotated.row.index, place: annotated.row.place.description, reason: problem.reason
                )
            }
            return
        }
        note(annotated)
    }

    private mutating func add(_ status: SearchStatus, _ size: Int?) {
        searched += 1
        if status.search == .budget { cutShort += 1 }
        guard let size, size > 0 else { return }
        while sizes.count < size { sizes.append(0) }
        sizes[size - 1] += 1
    }

    private mutating func note(_ annotated: AnnotatedRow) {
        let place = slowest.firstIndex { $0.milliseconds < annotated.milliseconds } ?? slowest.count
        guard place < Self.slowestKept else { return }
        slowest.insert(
            SlowRow(
                index: annotated.row.index, place: annotated.row.place.description,
                milliseconds: annotated.milliseconds),
            at: place)
        if slowest.count > Self.slowestKept { slowest.removeLast() }
    }
}
