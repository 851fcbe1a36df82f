internal import WhenceRendering

/// Walks through a second annotated file beside the first, row by row.
struct RowJoin {
    private var lines: AnnotatedLines
    private var waiting: AnnotatedLines.Row?
    private var comparison: ModelComparison

    init(path: String, settings: ReportSettings) throws(AnnotationError) {
        lines = try AnnotatedLines(path: path)
        comparison = ModelComparison(settings: settings)
        waiting = try lines.nextRow()
    }

    /// Joins the next row of the first file.
    ///
    /// - Throws: `AnnotationError.line` for a row that is not the same in both files.
    mutating func add(_ row: AnnotatedLines.Row, of first: AnnotatedLines) throws(AnnotationError) {
        while let other = waiting, other.index < row.index {
            comparison.addSecond()
            waiting = try lines.nextRow()
        }
        guard let other = waiting, other.index == row.index else {
            comparison.addFirst()
            return
        }
        guard row.outline.task == other.outline.task else {
            throw difference(
                row, other, first, "a \(row.outline.task.rawValue) and a \(other.outline.task.rawValue)")
        }
        let labels = Set(row.outline.labels.map { $0.lowercased() })
        guard labels.isEmpty || other.outline.labels.contains(where: { labels.contains($0.lowercased()) })
        else {
            throw .format(
                path: lines.name,
                reason: "its labels (\(other.outline.labels.joined(separator: ", "))) are none of those of "
                    + "\(first.name) (\(row.outline.labels.joined(separator: ", "))). Annotate with --labels to name "
                    + "them alike.")
        }
        guard row.outline.text == other.outline.text else {
            throw difference(row, other, first, "different texts")
        }
        // Models may see different parts of a history that is too long; what both see is the same.
        let seen = min(row.outline.parts.count, other.outline.parts.count)
        if row.outline.text == nil,
            !row.outline.parts.suffix(seen).map(\.part.item).elementsEqual(
                other.outline.parts.suffix(seen).map(\.part.item))
        {
            throw difference(row, other, first, "different histories")
        }
        comparison.add(row, other)
        waiting = try lines.nextRow()
    }

    /// Reads the rest of the file.
    mutating func finished() throws -> DatasetReport.Comparison {
        while waiting != nil {
            comparison.addSecond()
            waiting = try lines.nextRow()
        }
        guard let source = lines.source else {
            throw AnnotationError.format(
                path: lines.name,
                reason: "all of its rows are error records; there is nothing to compare with.")
        }
        return comparison.comparison(file: lines.name, source: source)
    }

    private func difference(
        _ row: AnnotatedLines.Row, _ other: AnnotatedLines.Row, _ first: AnnotatedLines, _ what: String
    ) -> AnnotationError {
        .line(
            path: lines.name, line: other.fileLine,
            reason: "row \(row.index) is not that of \(first.name), line \(row.fileLine): they are \(what). "
                + "Two files can be compared if they annotate the same data set.")
    }
}
