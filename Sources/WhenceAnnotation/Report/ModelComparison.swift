internal import WhenceRendering

/// What two annotated files of one data set say differently, counted row by row.
struct ModelComparison {
    private struct Counts {
        var rows = 0
        var both = 0
        var onlyFirst = 0
        var onlySecond = 0
    }

    private let settings: ReportSettings
    private var rows = 0
    private var onlyFirst = 0
    private var onlySecond = 0
    private var sameLabel = 0
    private var explained = DatasetReport.Comparison.Explained()
    private var overlapSum = 0.0
    private var differing: [DatasetReport.DifferingRow] = []
    private var parts = FrequentTable<ReportedPart, Counts>(limit: 1 << 18) { $0.rows }

    init(settings: ReportSettings) {
        self.settings = settings
    }

    /// Counts a row that only the first file has.
    mutating func addFirst() { onlyFirst += 1 }

    /// Counts a row that only the second file has.
    mutating func addSecond() { onlySecond += 1 }

    /// Counts a row of both files.
    mutating func add(_ first: AnnotatedLines.Row, _ second: AnnotatedLines.Row) {
        rows += 1
        let (one, other) = (Self.explaining(first), Self.explaining(second))
        if first.outline.label == second.outline.label {
            sameLabel += 1
            switch (one.isEmpty, other.isEmpty) {
            case (false, false):
                explained.both += 1
                overlapSum += Double(one.intersection(other).count) / Double(one.union(other).count)
            case (false, true): explained.onlyFirst += 1
            case (true, false): explained.onlySecond += 1
            case (true, true): explained.neither += 1
            }
        } else if differing.count < settings.differingRows {
            differing.append(
                DatasetReport.DifferingRow(
                    index: first.index, line: first.outline.line, beginning: RowExcerpt(first).start,
                    gold: first.outline.gold, first: Self.side(first), second: Self.side(second)))
        }
        let present = Set((first.outline.parts + second.outline.parts).map(\.part))
        for part in present.sorted() {
            parts.update(part, from: Counts()) { counts in
                counts.rows += 1
                switch (one.contains(part), other.contains(part)) {
                case (true, true): counts.both += 1
                case (true, false): counts.onlyFirst += 1
                case (false, true): counts.onlySecond += 1
                case (false, false): break
                }
            }
        }
    }

    /// The section of the report.
    ///
    /// A part is tested by McNemar's exact test: of the rows in which it explains for one model alone, half should be
    /// either's.
    func comparison(file: String, source: ExplanationSource) -> DatasetReport.Comparison {
        let candidates = parts.sorted.filter {
            $0.value.rows >= settings.minimumRows && $0.value.onlyFirst + $0.value.onlySecond > 0
        }
        let pValues = candidates.map { _, counts in
            let tail = CountDistribution(rows: counts.onlyFirst + counts.onlySecond, mean: 0.5, dispersion: 0)
                .upperTail(max(counts.onlyFirst, counts.onlySecond))
            return min(1, 2 * tail)
        }
        let qValues = FalseDiscoveryRate.qValues(pValues)
        let order = candidates.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        return DatasetReport.Comparison(
            file: file, source: source, rows: rows, onlyFirst: onlyFirst, onlySecond: onlySecond,
            sameLabel: sameLabel, explained: explained,
            overlap: explained.both > 0 ? overlapSum / Double(explained.both) : nil, differing: differing,
            minimumRows: settings.minimumRows, level: settings.level,
            parts: order.prefix(settings.listLimit).map { index in
                let (part, counts) = candidates[index]
                return DatasetReport.ComparedPart(
                    part: part, rows: counts.rows, both: counts.both, onlyFirst: counts.onlyFirst,
                    onlySecond: counts.onlySecond, pValue: pValues[index], qValue: qValues[index],
                    isFinding: qValues[index] <= settings.level)
            },
            tested: candidates.count, findings: qValues.count { $0 <= settings.level })
    }

    /// The parts of the smallest explanations.
    private static func explaining(_ row: AnnotatedLines.Row) -> Set<ReportedPart> {
        Set(row.outline.smallest.flatMap(\.parts).map { row.outline.parts[$0].part })
    }

    private static func side(_ row: AnnotatedLines.Row) -> DatasetReport.DifferingRow.Side {
        let smallest = row.outline.smallest
        return DatasetReport.DifferingRow.Side(
            label: row.outline.label, probability: row.outline.probability,
            explanation: smallest.first?.parts.map { row.outline.parts[$0].part.name } ?? [],
            more: max(0, smallest.count - 1))
    }
}
