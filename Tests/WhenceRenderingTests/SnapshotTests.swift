import Foundation
import Testing
import WhenceExplanation
import WhenceRendering
import WhenceTestSupport

/// Renderings of hand-made explanations, compared byte by byte with committed files.
///
/// `Tests/Fixtures/rendering/README.md` says how to record them anew.
@Suite("Renderings stay what they are")
struct SnapshotTests {
    private static let endings: [OutputFormat: String] = [
        .text: "txt", .json: "json", .dot: "dot", .graphml: "graphml", .tetrad: "tetrad.txt", .svg: "svg",
        .html: "html",
    ]

    @Test("Every format of every sample", arguments: Samples.all.map(\.name), OutputFormat.allCases)
    func formats(sample: String, format: OutputFormat) throws {
        var explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        // Tetrad's text holds one graph.
        if format == .tetrad { explanation.graphs = Array(explanation.graphs.prefix(1)) }
        let ending = try #require(Self.endings[format])
        try compare(try render(explanation, as: format), with: "\(sample).\(ending)")
    }

    @Test("Text in colour, and in a narrow terminal", arguments: Samples.all.map(\.name))
    func styles(sample: String) throws {
        let explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        let wide = TextStyle(colour: true, width: 110)
        try compare(try render(explanation, as: .text, style: wide), with: "\(sample).colour.txt")
        let narrow = TextStyle(colour: false, width: 44)
        try compare(try render(explanation, as: .text, style: narrow), with: "\(sample).narrow.txt")
    }

    @Test(
        "Every format of every recommendation", arguments: RecommendationSamples.all.map(\.name),
        OutputFormat.allCases)
    func recommendations(sample: String, format: OutputFormat) throws {
        var explanation = try #require(RecommendationSamples.all.first { $0.name == sample }).explanation
        if format == .tetrad { explanation.graphs = Array(explanation.graphs.prefix(1)) }
        let ending = try #require(Self.endings[format])
        try compare(try render(explanation, as: format), with: "\(sample).\(ending)")
    }

    @Test(
        "Recommendations in colour, in a narrow terminal and in full",
        arguments: RecommendationSamples.all.map(\.name))
    func recommendationStyles(sample: String) throws {
        let explanation = try #require(RecommendationSamples.all.first { $0.name == sample }).explanation
        let wide = TextStyle(colour: true, width: 110)
        try compare(try render(explanation, as: .text, style: wide), with: "\(sample).colour.txt")
        let narrow = TextStyle(colour: false, width: 44)
        try compare(try render(explanation, as: .text, style: narrow), with: "\(sample).narrow.txt")
        let full = TextStyle(colour: false, width: 80, rowLimit: nil)
        try compare(try render(explanation, as: .text, style: full), with: "\(sample).full.txt")
    }

    private func compare(_ rendering: String, with name: String) throws {
        try compareWithRecording(rendering, name: name)
    }
}

/// Compares a rendering with the file that was recorded, or records it.
func compareWithRecording(_ rendering: String, name: String) throws {
    let file = Repository.fixture("rendering/\(name)")
    if ProcessInfo.processInfo.environment["WHENCE_RECORD"] == "rendering" {
        try Data(rendering.utf8).write(to: file)
        Issue.record("recorded \(name); review it and run again without WHENCE_RECORD")
        return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard rendering != expected else { return }
    let lines = (
        expected.split(separator: "\n", omittingEmptySubsequences: false),
        rendering.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let place = zip(lines.0, lines.1).enumerated().first { $1.0 != $1.1 }?.offset
    let line = place ?? min(lines.0.count, lines.1.count)
    Issue.record(
        """
        \(name) differs first in line \(line + 1):
        expected \(line < lines.0.count ? String(lines.0[line]) : "the end")
        observed \(line < lines.1.count ? String(lines.1[line]) : "the end")
        """)
}
