public import WhenceExplanation

/// What an explanation can be rendered as.
public enum OutputFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// For a person at a terminal.
    case text
    /// Everything, as `whence.explanation/1`.
    case json
    /// The graphs for Graphviz.
    case dot
    /// The graphs as XML, for NetworkX, igraph, yEd, Gephi.
    case graphml
    /// One graph for Tetrad and causal-learn.
    case tetrad
    /// Arc diagrams over the sentence.
    case svg
    /// The arc diagrams and the text with every link, as one page that loads nothing from elsewhere.
    case html

    /// What a document of this kind tells the model by.
    public var modelEvidence: ModelIdentity.Evidence { self == .json ? .weights : .name }
}

/// Renders an explanation of a text's sentiment.
///
/// Formats of graphs alone (`dot`, `graphml`, `tetrad`) leave the explanations out. `tetrad` holds one graph:
/// an explanation with several is refused rather than cut.
/// - Parameters:
///   - explanation: checked first, so that one read from a file cannot lead out of bounds.
///   - format: what to make.
///   - style: colour and width of `text`; the other formats do not depend on it.
/// - Returns: the document, with a line break at its end.
/// - Throws: ``RenderingError``.
public func render(
    _ explanation: SentimentExplanation, as format: OutputFormat, style: TextStyle = .plain
) throws(RenderingError) -> String {
    try document(of: explanation, as: format, style: style)
}

/// Renders an explanation of a recommendation; parameters, result and errors are those of a sentiment's.
public func render(
    _ explanation: RecommendationExplanation, as format: OutputFormat, style: TextStyle = .plain
) throws(RenderingError) -> String {
    try document(of: explanation, as: format, style: style)
}

private func document(
    of explanation: some ExplainedByGraphs, as format: OutputFormat, style: TextStyle
) throws(RenderingError) -> String {
    try explanation.checkIndices()
    switch format {
    case .text: return explanation.text(style: style)
    case .json: return try explanation.json(layout: .indented)
    case .dot: return explanation.graphs.dot(alpha: explanation.settings.alpha)
    case .graphml: return explanation.graphs.graphML()
    case .tetrad: return try explanation.graphs.tetradText()
    case .svg: return explanation.svg(heads: nil)
    case .html:
        return ExplanationPage(
            title: explanation.headline, drawing: explanation.svg(heads: nil),
            text: explanation.text(style: TextStyle(colour: false, width: 100, rowLimit: nil))
        ).document
    }
}
