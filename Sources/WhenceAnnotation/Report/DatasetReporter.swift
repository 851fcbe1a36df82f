public import WhenceRendering

/// Reads annotated data sets and reports what their explanations say about the model.
///
/// The file is read once, from front to back; memory holds counters of words or items, not rows.
public struct DatasetReporter: Sendable {
    /// What is asked for.
    public var settings: ReportSettings

    /// Makes a reporter.
    public init(settings: ReportSettings = ReportSettings()) {
        self.settings = settings
    }

    /// Reports on a file of `whence.explanation/1` rows, one a line, or on a database that annotation wrote.
    ///
    /// - Parameters:
    ///   - path: the file; `-` reads lines from the standard input.
    ///   - other: a file of the same data set annotated with another model, or other settings.
    ///   - progress: called with the number of lines read.
    /// - Throws: `AnnotationError`; `CancellationError`.
    public func report(
        on path: String, against other: String? = nil, progress: (Int) -> Void = { _ in }
    ) throws -> DatasetReport {
        var lines = try AnnotatedLines(path: path, labelField: settings.labelField)
        var join = try other.map { other in try RowJoin(path: other, settings: settings) }
        var tally = DatasetTally()
        var ownFields: [String] = []
        var count = 0
        while let line = try lines.next() {
            count += 1
            if count.isMultiple(of: 64) {
                try Task.checkCancellation()
                progress(count)
            }
            switch line {
            case .failure(let kind): tally.addFailure(kind)
            case .row(let row):
                if tally.rows == 0 { ownFields = row.outline.ownFields }
                tally.add(row)
                try join?.add(row, of: lines)
            }
        }
        guard let source = lines.source, let task = lines.task else {
            throw AnnotationError.format(
                path: lines.name,
                reason:
                    "\(count == 1 ? "its one row is an error record" : "all of its \(count) rows are error records"); there is nothing to report on."
            )
        }
        if let field = settings.labelField, tally.gold.entries.isEmpty {
            let known =
                ownFields.isEmpty ? "has no fields of its own" : "has " + ownFields.joined(separator: ", ")
            throw AnnotationError.format(
                path: lines.name,
                reason: "no row has the field \u{201C}\(field)\u{201D}; the first row \(known).")
        }
        let links = LinkFinder(tally: tally, settings: settings)
        return DatasetReport(
            file: lines.name, task: task, source: source,
            overview: tally.overview(goldField: settings.labelField, limit: settings.listLimit),
            shortcuts: ShortcutFinder(tally: tally, settings: settings).shortcuts(),
            confounded: links.confounded(), pairs: links.frequentPairs(), comparison: try join?.finished())
    }
}
