internal import WhenceExplanation
internal import WhenceRendering

/// Everything that is counted over the rows of an annotated data set; its size does not grow with the rows.
struct DatasetTally {
    /// Two parts of one explanation.
    struct PartPair: Hashable, Comparable {
        var first: ReportedPart
        var second: ReportedPart

        static func < (one: PartPair, other: PartPair) -> Bool {
            (one.first, one.second) < (other.first, other.second)
        }
    }

    /// Rows with a prediction.
    private(set) var rows = 0
    private var cutShort = 0
    private var sizes: [Int] = []
    private(set) var parts = FrequentTable<ReportedPart, PartTally>(limit: 1 << 18) { $0.rows }
    private(set) var pairs = FrequentTable<PartPair, Int>(limit: 1 << 19) { $0 }
    private(set) var labels = NumberedNames<ReportedPart>(limit: Self.labelLimit)
    private(set) var goldLabels = NumberedNames<String>(limit: Self.labelLimit)
    private(set) var heads = NumberedNames<HeadLabel>(limit: 1 << 10)
    /// Rows by predicted label, and by true label.
    private(set) var predicted = SparseCounts()
    private(set) var gold = SparseCounts()
    /// Rows whose smallest explanations have two parts or more.
    private(set) var rowsWithSets = 0
    private(set) var rowsWithGraphs = 0
    private(set) var graphs = 0
    /// Parts adjacent to the prediction, by in how many heads; and those with `<->` alone.
    private(set) var adjacentByHeads = SparseCounts()
    private(set) var confoundedByHeads = SparseCounts()
    private var failures = FrequentTable<String, Int>(limit: 1 << 8) { $0 }
    private var correct = 0
    /// Whether every true label so far is one of the model's, so that it can be right.
    private(set) var hasAccuracy = true

    /// Labels told apart; of items, the rest count as one.
    private static let labelLimit = 1_000

    /// Counts a row that could not be annotated.
    mutating func addFailure(_ kind: String) {
        failures.update(kind, from: 0) { $0 += 1 }
    }

    /// Counts a row.
    mutating func add(_ row: AnnotatedLines.Row) {
        let outline = row.outline
        let label = labels.number(of: outline.label)
        predicted.add(label)
        rows += 1
        if outline.wasCutShort { cutShort += 1 }
        let isRight = outline.isRight
        let gold = outline.gold.map { goldLabels.number(of: $0) }
        if let gold {
            self.gold.add(gold)
            hasAccuracy = hasAccuracy && outline.goldIsKnown
        }
        if isRight { correct += 1 }

        let smallest = outline.smallest
        let explaining = Set(smallest.flatMap(\.parts).map { outline.parts[$0].part })
        let hasSets = (smallest.first?.size ?? 0) > 1
        if let size = smallest.first?.size { addSize(size) }
        let present = Set(outline.parts.map(\.part)).sorted()
        let share = present.isEmpty ? 0 : Double(explaining.count) / Double(present.count)
        for part in present {
            parts.update(part, from: PartTally()) { tally in
                tally.rows += 1
                tally.blindRows += share
                tally.predicted.add(label)
                if let gold { tally.gold.add(gold) }
                if isRight { tally.correct += 1 }
                guard explaining.contains(part) else { return }
                tally.explains += 1
                if hasSets { tally.explainsInSets += 1 }
                tally.pulled.add(label)
                if tally.examples.count < PartTally.examplesKept {
                    tally.examples.append(contentsOf: RowExcerpt(row).example(of: part))
                }
            }
        }
        if hasSets { addPairs(outline, smallest) }
        if !outline.graphs.isEmpty { addGraphs(outline) }
    }

    /// What is known when all rows are counted.
    ///
    /// - Parameters:
    ///   - goldField: the field of the true labels.
    ///   - limit: most labels listed.
    func overview(goldField: String?, limit: Int) -> DatasetReport.Overview {
        let labelCounts = predicted.entries.compactMap { entry in
            labels[Int(entry.key)].map {
                DatasetReport.Overview.LabelCount(label: $0, rows: Int(entry.count))
            }
        }.sorted { ($1.rows, $0.label) < ($0.rows, $1.label) }
        return DatasetReport.Overview(
            rows: rows,
            errors: failures.sorted
                .map { DatasetReport.Overview.ErrorCount(kind: $0.key, rows: $0.value) }
                .sorted { ($1.rows, $0.kind) < ($0.rows, $1.kind) },
            labels: Array(labelCounts.prefix(limit)), cutShort: cutShort, sizes: sizes,
            gold: goldField.map { field in
                DatasetReport.Overview.Gold(
                    field: field, rows: gold.entries.reduce(0) { $0 + Int($1.count) },
                    correct: hasAccuracy ? correct : nil)
            })
    }

    private mutating func addSize(_ size: Int) {
        // A file can claim any size; a row has not as many parts.
        let size = min(size, 1_000)
        while sizes.count < size { sizes.append(0) }
        sizes[size - 1] += 1
    }

    private mutating func addPairs(_ outline: ExplanationOutline, _ smallest: [ExplanationOutline.Found]) {
        rowsWithSets += 1
        var found: Set<PartPair> = []
        for explanation in smallest {
            let parts = Set(explanation.parts.map { outline.parts[$0].part }).sorted()
            for (place, first) in parts.enumerated() {
                for second in parts[(place + 1)...] { found.insert(PartPair(first: first, second: second)) }
            }
        }
        for pair in found.sorted() { pairs.update(pair, from: 0) { $0 += 1 } }
    }

    private mutating func addGraphs(_ outline: ExplanationOutline) {
        rowsWithGraphs += 1
        graphs += outline.graphs.count
        // By part, as it may stand in the row several times: the heads that join it, and by `<->` alone.
        var joined: [ReportedPart: [Int: Bool]] = [:]
        for graph in outline.graphs {
            let head = heads.number(of: graph.head)
            for link in graph.links {
                let isConfounded = joined[outline.parts[link.part].part]?[head] ?? true
                joined[outline.parts[link.part].part, default: [:]][head] = isConfounded && link.isConfounded
            }
        }
        for part in joined.keys.sorted() {
            let links = (joined[part] ?? [:]).sorted { $0.key < $1.key }
            let isConfounded = links.allSatisfy(\.value)
            adjacentByHeads.add(links.count)
            if isConfounded { confoundedByHeads.add(links.count) }
            parts.update(part, from: PartTally()) { tally in
                var tallied = tally.links ?? LinkTally()
                tallied.adjacent += 1
                tallied.headCounts.add(links.count)
                if isConfounded { tallied.confounded += 1 }
                for (head, isConfounded) in links {
                    tallied.adjacentHeads.add(head)
                    if isConfounded { tallied.confoundedHeads.add(head) }
                }
                tally.links = tallied
            }
        }
    }
}
