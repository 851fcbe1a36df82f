/// A figure of the laboratory as a self-contained HTML page: the drawing, what is seen in it, and its numbers beside
/// published and other ones. No scripts, and nothing that is loaded from elsewhere.
public struct LaboratoryPage: Sendable, Hashable {
    /// A number beside those to hold it against, all as they shall stand.
    public struct Row: Sendable, Hashable {
        /// What was measured.
        public var name: String
        /// What came out.
        public var measured: String
        /// What is published; nil where nothing is.
        public var published: String?
        /// What else to hold it against, and where that is from; nil where there is nothing.
        public var reference: String?

        /// Makes a row.
        public init(
            name: String, measured: String, published: String? = nil, reference: String? = nil
        ) {
            self.name = name
            self.measured = measured
            self.published = published
            self.reference = reference
        }
    }

    /// A setting and its value.
    public struct Setting: Sendable, Hashable {
        /// What is set.
        public var name: String
        /// What to.
        public var value: String

        /// Makes a setting.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The page's name, such as `Figure 9`.
    public var heading: String
    /// The file beside the index, such as `figure-9.html`.
    public var fileName: String
    /// Where the figure belongs, in a few words.
    public var source: String
    /// What is seen, in sentences.
    public var account: String
    /// The drawing; its title becomes the page's.
    public var figure: LaboratoryFigure
    /// Numbers beside published ones.
    public var rows: [Row]
    /// What the numbers follow from.
    public var settings: [Setting]

    /// Makes a page.
    public init(
        heading: String, fileName: String, source: String, account: String, figure: LaboratoryFigure,
        rows: [Row], settings: [Setting]
    ) {
        self.heading = heading
        self.fileName = fileName
        self.source = source
        self.account = account
        self.figure = figure
        self.rows = rows
        self.settings = settings
    }

    /// The page.
    ///
    /// - Parameter index: the file that lists all pages, if there is one.
    public func html(index: String? = nil) -> String {
        var body = index.map { [HTMLPage.paragraph(HTMLPage.link("All figures", to: $0))] } ?? []
        body += [
            "<h1>\(HTMLPage.text("\(heading): \(figure.title)"))</h1>",
            "<p class=\"source\">\(HTMLPage.text(source))</p>",
            HTMLPage.paragraph(HTMLPage.text(account)), "<figure>", figure.svg(titled: false) + "</figure>",
            "<h2>Numbers</h2>", table, "<h2>Settings</h2>", "<dl>",
        ]
        body += settings.map { setting in
            "<dt>\(HTMLPage.text(setting.name))</dt><dd>\(HTMLPage.text(setting.value))</dd>"
        }
        return HTMLPage.document(title: "\(heading): \(figure.title)", body: body + ["</dl>"])
    }

    /// A page that leads to others and holds their numbers.
    public static func index(title: String, introduction: String, pages: [LaboratoryPage]) -> String {
        var body = [
            "<h1>\(HTMLPage.text(title))</h1>", HTMLPage.paragraph(HTMLPage.text(introduction)),
        ]
        for page in pages {
            let name = "\(page.heading): \(page.figure.title)"
            body += [
                "<h2>\(HTMLPage.link(name, to: page.fileName))</h2>",
                "<p class=\"source\">\(HTMLPage.text(page.source))</p>",
                HTMLPage.paragraph(HTMLPage.text(page.account)), page.table,
            ]
        }
        return HTMLPage.document(title: title, body: body)
    }

    private var table: String {
        let columns = [("published", \Row.published), ("reference", \Row.reference)].filter { _, value in
            rows.contains { $0[keyPath: value] != nil }
        }
        let titles = columns.map { "<th>\($0.0)</th>" }.joined()
        let lines = rows.map { row in
            let cells = columns.map { "<td>\(HTMLPage.text(row[keyPath: $0.1] ?? "–"))</td>" }.joined()
            return
                "<tr><th>\(HTMLPage.text(row.name))</th><td>\(HTMLPage.text(row.measured))</td>\(cells)</tr>"
        }
        return (["<table>", "<tr><th></th><th>measured</th>\(titles)</tr>"] + lines + ["</table>"])
            .joined(separator: "\n")
    }
}
