/// The parts of an HTML document.
enum HTMLPage {
    static func text(_ text: String) -> String { text.escapedForDisplay.xmlEscaped }

    static func paragraph(_ markup: String) -> String { "<p>\(markup)</p>" }

    static func link(_ name: String, to target: String) -> String {
        "<a href=\"\(target.xmlEscaped)\">\(text(name))</a>"
    }

    /// A document that is XML as well; light, or dark where the reader prefers it.
    static func document(title: String, body: [String]) -> String {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>\(text(title))</title>
        <style>
        \(styleSheet)
        </style>
        </head>
        <body>
        \(body.joined(separator: "\n"))
        </body>
        </html>

        """
    }

    private static let styleSheet = """
        body{max-width:64rem;margin:2rem auto;padding:0 1.25rem;background:#fff;color:#18212d;
        font:16px/1.55 ui-sans-serif,system-ui,-apple-system,Segoe UI,Helvetica Neue,Noto Sans,Arial,sans-serif}
        h1{font-size:1.6rem;line-height:1.25;margin:1rem 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
        p{max-width:46rem;margin:.6rem 0}.source{color:#5d6b7c;margin-top:0}a{color:#1f5fbf}
        figure{margin:1.5rem 0;overflow-x:auto}figure svg{max-width:100%;height:auto}
        table{border-collapse:collapse;margin:.75rem 0}th{font-weight:500;text-align:left}
        th,td{padding:.3rem 1.5rem .3rem 0;border-bottom:1px solid #e3e8ee}
        tr:first-child th{color:#5d6b7c;text-align:right}tr:first-child th:first-child{text-align:left}
        td{text-align:right;font-variant-numeric:tabular-nums}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.5rem;margin:.75rem 0}
        dt{color:#5d6b7c}dd{margin:0}
        @media (prefers-color-scheme:dark){
        body{background:#11161d;color:#e9eef5}.source,dt,tr:first-child th{color:#9aa7b8}a{color:#7db0f5}
        th,td{border-color:#2a3441}
        }
        """
}
