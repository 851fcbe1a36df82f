import Testing
import WhenceRendering

@Suite("Pages of the laboratory")
struct LaboratoryPageTests {
    private static let hostile = "a < b & \"c\" <script>\u{202E}"

    private func page(published: String? = "0.8366") -> LaboratoryPage {
        LaboratoryPage(
            heading: "Figure 9", fileName: "figure-9.html", source: "appendix",
            account: "What is seen: \(Self.hostile)",
            figure: LaboratoryFigure(
                title: "Attention", subtitle: "small",
                rows: [
                    [.heatMap(HeatMap(title: "Weights", rows: [[0, 1], [1, 0]]))], [.remarks(["seen"])],
                ]),
            rows: [
                .init(name: "weight", measured: "0.8123", published: published),
                .init(name: "edges", measured: "182"),
            ],
            settings: [.init(name: "Seed", value: "3")])
    }

    @Test("A page is well-formed, holds its drawing, and loads nothing")
    func document() throws {
        let text = page().html(index: "figures.html")
        #expect(text.hasPrefix("<!DOCTYPE html>"))
        let outline = try XMLOutline(text.replacing("<!DOCTYPE html>\n", with: ""))
        #expect(outline.all("svg").count == 1 && outline.all("script").isEmpty)
        #expect(outline.all("link").isEmpty && outline.all("img").isEmpty)
        #expect(outline.all("a").map { $0.attributes["href"] } == ["figures.html"])
        #expect(outline.elements.allSatisfy { $0.attributes["src"] == nil })
        #expect(!text.contains("url(") && !text.contains("@import"))
        #expect(text.contains("prefers-color-scheme:dark"))
        #expect(outline.all("h1").map(\.text) == ["Figure 9: Attention"])
        // The page says the title; the drawing in it does not repeat it.
        #expect(!outline.all("text").contains { $0.text == "Attention" || $0.text == "small" })
        #expect(outline.all("dd").map(\.text) == ["3"])
    }

    @Test("Numbers stand beside published ones, where there are any")
    func numbers() throws {
        func cells(_ page: LaboratoryPage) throws -> [String] {
            try XMLOutline(page.html().replacing("<!DOCTYPE html>\n", with: "")).all("td").map(\.text)
        }
        #expect(try cells(page()) == ["0.8123", "0.8366", "182", "–"])
        #expect(try cells(page(published: nil)) == ["0.8123", "182"])
        var other = page(published: nil)
        other.rows[1].reference = "180 (computed)"
        #expect(try cells(other) == ["0.8123", "–", "182", "180 (computed)"])
        #expect(other.html().contains("<th>reference</th>") && !other.html().contains("<th>published</th>"))
    }

    @Test("The index leads to every page")
    func index() throws {
        var other = page()
        (other.heading, other.fileName) = ("Figure 10", "figure-10.html")
        let text = LaboratoryPage.index(title: "All", introduction: Self.hostile, pages: [page(), other])
        let outline = try XMLOutline(text.replacing("<!DOCTYPE html>\n", with: ""))
        #expect(outline.all("a").map { $0.attributes["href"] } == ["figure-9.html", "figure-10.html"])
        #expect(outline.all("table").count == 2 && outline.all("svg").isEmpty)
    }
}
