internal import WhenceExplanation

/// An explanation as one page of HTML that loads nothing from elsewhere: the drawing, and the whole text below it.
///
/// What users wrote is escaped, and no script runs; colours follow the reader's preference for light or dark.
struct ExplanationPage {
    /// What was predicted, on one line.
    var title: String
    /// The document of ``SentimentExplanation/svg(heads:)``.
    var drawing: String
    /// The text with every link.
    var text: String

    /// The document, with a line break at its end.
    var document: String {
        let head: [HTMLNode] = [
            .element(HTMLElement("meta", [("charset", "utf-8")])),
            .element(
                HTMLElement("meta", [("http-equiv", "Content-Security-Policy"), ("content", Self.policy)])),
            .element(
                HTMLElement(
                    "meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])),
            .tag("title", nil, title), .tag("style", nil, [.verbatim(Self.styleSheet)]),
        ]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let body: [HTMLNode] = [
            .tag("main", nil, [.tag("div", nil, [.drawing(element)])]),
            .tag(
                "details", nil,
                [
                    .tag("summary", nil, "In words"),
                    .tag("pre", nil, lines.flatMap { [.text(String($0)), .verbatim("\n")] }),
                ]),
        ]
        var output = "<!DOCTYPE html>"
        HTMLElement(
            "html", [("lang", "en")], [.tag("head", nil, head), .tag("body", nil, body)]
        ).write(into: &output)
        return output + "\n"
    }

    /// The drawing without the declaration of a document of its own.
    private var element: String {
        guard drawing.hasPrefix("<?xml"), let end = drawing.firstIndex(of: "\n") else { return drawing }
        return String(drawing[drawing.index(after: end)...])
    }

    static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    static let styleSheet: StaticString = """

        :root{color-scheme:light dark}
        body{margin:0;background:#fff;color:#18212d}
        div{overflow-x:auto}
        details{margin:0;padding:0 28px 28px;overflow-x:auto}
        summary{font:650 13px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Arial,sans-serif;cursor:pointer}
        pre{font:13px/1.45 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
        @media (prefers-color-scheme:dark){body{background:#11161d;color:#e9eef5}}

        """
}
