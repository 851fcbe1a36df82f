import Testing
import WhenceExplanation
import WhenceLoader

@testable import WhenceRendering

/// Texts that would break out of a format that does not escape them.
@Suite("Hostile texts stay text")
struct HostileTextTests {
    static let texts = [
        "<script>alert(1)</script>", "\"", "'", "&", "&lt;", "]]>", "<!--", "--", "\\", "\\N", "\u{1B}[31m",
        "\u{202E}", "👩‍👩‍👧‍👦", "جميل", "\u{0}", "\u{FFFE}", "\u{85}", "a;b,c", "[X]", "(X)", "Graph Nodes:",
        "1. a --> b", "\u{301}", "\u{200B}", "%s%n", "{}", "", String(repeating: "x", count: 400),
        String(repeating: "映", count: 300),
    ]

    private func sample(_ text: String) -> SentimentExplanation {
        let input = Samples.text("\(text) film \(text)", words: [text, "film", text])
        var sample = Samples.explanation(input: input, prediction: Samples.binary(positive: 0.9))
        sample.prediction.label = text
        sample.prediction.labels[1] = text
        sample.model.name = text
        sample.model.family = text
        sample.status.budget = text
        sample.status.search = .budget
        sample.graphs = [Samples.graph(input, .pooled, edges: ["1 o-> 0", "1 <-> 2", "2 --- 3"])]
        sample.explanations = [
            CounterfactualExplanation(
                nodes: [1, 3], tokens: [1, 3], words: [0, 2], size: 2, distance: 1, heads: [.pooled],
                outcome: sample.prediction)
        ]
        return sample
    }

    @Test("SVG is well-formed, and holds nothing but drawing", arguments: texts)
    func svg(text: String) throws {
        let outline = try XMLOutline(try render(sample(text), as: .svg))
        let allowed: Set = [
            "svg", "title", "desc", "style", "g", "rect", "line", "path", "circle", "polygon", "text",
        ]
        #expect(Set(outline.elements.map(\.name)).isSubset(of: allowed))
        #expect(
            !outline.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") || $0 == "href" } })
        let root = try #require(outline.elements.first)
        #expect(root.attributes["role"] == "img")
        #expect(outline.children(of: 0).prefix(2).map(\.name) == ["title", "desc"])
    }

    @Test("A page has the same elements whatever the text is, and loads and runs nothing", arguments: texts)
    func html(text: String) throws {
        let outline = try XMLOutline(try render(sample(text), as: .html))
        let plain = try XMLOutline(try render(sample("plain"), as: .html))
        let isDrawn: (String) -> Bool = { !["path", "rect", "text", "title"].contains($0) }
        #expect(
            outline.elements.map(\.name).filter(isDrawn) == plain.elements.map(\.name).filter(isDrawn))
        let attributes = Set(outline.elements.flatMap(\.attributes.keys))
        #expect(attributes.isDisjoint(with: ["src", "href", "srcset", "action"]))
        #expect(!attributes.contains { $0.hasPrefix("on") } && outline.all("script").isEmpty)
        #expect(outline.all("svg").count == 1 && outline.all("pre").count == 1)
    }

    @Test("GraphML is well-formed and keeps every label that XML can hold", arguments: texts)
    func graphML(text: String) throws {
        let outline = try XMLOutline(try render(sample(text), as: .graphml))
        let labels = outline.all("data").filter { $0.attributes["key"] == "label" }.map(\.text)
        let isLegal = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0xFFFE }
        #expect(labels.count == 4)
        #expect(!isLegal || labels[1] == text)
        #expect(outline.all("edge").count == 3)
    }

    @Test("Identifiers are unique and safe, and edges name only them", arguments: texts)
    func identifiers(text: String) throws {
        let tetrad = try render(sample(text), as: .tetrad)
        let lines = tetrad.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let header = try #require(lines.firstIndex(of: "Graph Nodes:"))
        let names = lines[header + 1].split(separator: ";")
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.wholeMatch(of: /t\d+(_[A-Za-z0-9]+)?/) != nil })
        #expect(lines.count { $0 == "Graph Nodes:" } == 1)
        let edges = lines.drop { $0 != "Graph Edges:" }.dropFirst().filter { !$0.isEmpty }
        #expect(edges.count == 3)
        for edge in edges {
            let parts = edge.split(separator: " ")
            #expect(parts.count == 4 && names.contains(parts[1]) && names.contains(parts[3]))
        }
    }

    @Test("DOT strings end where they should", arguments: texts)
    func dot(text: String) throws {
        let document = try render(sample(text), as: .dot)
        #expect(!document.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeToShow })
        for line in document.split(separator: "\n") {
            var isQuoted = false
            var isEscaped = false
            for character in line.unicodeScalars {
                if isEscaped {
                    isEscaped = false
                } else if isQuoted, character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isQuoted.toggle()
                }
            }
            #expect(!isQuoted && !isEscaped, "\(line)")
        }
    }

    @Test("Text shows no control character and keeps its width", arguments: texts)
    func terminal(text: String) throws {
        let report = try render(sample(text), as: .text, style: TextStyle(colour: false, width: 60))
        #expect(!report.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeToShow })
        #expect(report.split(separator: "\n").allSatisfy { $0.displayWidth <= 60 })
    }

    @Test("JSON gives every text back", arguments: texts)
    func json(text: String) throws {
        let sample = sample(text)
        #expect(try SentimentExplanation(json: sample.json().utf8) == sample)
    }
}
