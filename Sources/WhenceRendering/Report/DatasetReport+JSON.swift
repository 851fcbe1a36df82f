extension DatasetReport {
    /// The document `whence.report/1`: sorted keys, numbers in the fewest digits that read back exactly.
    ///
    /// `confounded` is `null` for a file without graphs, `comparison` where nothing was compared.
    /// - Returns: the document, with a line break at its end.
    /// - Throws: `RenderingError.notFinite`.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: ReportDocument(report: self), layout: layout)
    }
}

/// The report with the name of its schema.
private struct ReportDocument: Encodable {
    var report: DatasetReport

    private enum Key: String, CodingKey { case schema, confounded, comparison }

    func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("whence.report/1", forKey: .schema)
        if report.confounded == nil { try container.encodeNil(forKey: .confounded) }
        if report.comparison == nil { try container.encodeNil(forKey: .comparison) }
    }
}
