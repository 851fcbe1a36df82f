import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceRendering

@Suite("Reports on data sets")
struct ReportTests {
    private static let samples = [("report", ReportSamples.full), ("report-items", ReportSamples.items)]

    @Test("Every format of every report", arguments: 0..<2)
    func snapshots(index: Int) throws {
        let (name, report) = Self.samples[index]
        try compareWithRecording(report.text(), name: "\(name).txt")
        try compareWithRecording(
            report.text(style: TextStyle(colour: true, width: 110)), name: "\(name).colour.txt")
        try compareWithRecording(
            report.text(style: TextStyle(colour: false, width: 44)), name: "\(name).narrow.txt")
        try compareWithRecording(report.json(), name: "\(name).json")
        try compareWithRecording(report.html(), name: "\(name).html")
    }

    @Test("What is no finding is shown as none in text, wherever it stands in its list")
    func findingsAlone() {
        var report = ReportSamples.full
        report.shortcuts.parts = [report.shortcuts.parts[2]] + report.shortcuts.parts[..<2]
        let ordinary = DatasetReport.ComparedPart(
            part: ReportedPart(name: "ordinary"), rows: 90, both: 3, onlyFirst: 2, onlySecond: 1, pValue: 1,
            qValue: 1, isFinding: false)
        report.comparison?.parts.insert(ordinary, at: 0)
        let lines = report.text().split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines.contains { $0.hasPrefix("\u{201C}zq\u{201D}  ") })
        #expect(lines.contains { $0.hasPrefix("\u{201C},\u{201D}  ") })
        #expect(lines.count { $0.hasPrefix("\u{201C}but\u{201D}  ") } == 1, "in the comparison alone")
        #expect(!report.text().contains("ordinary") && !report.text().contains("\u{201C}bit\u{201D}"))
        // Without findings the nearest are shown.
        report.pairs.pairs.removeFirst()
        report.pairs.findings = 0
        let text = report.text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("stands out (q ≤ 0.05). The nearest:") && text.contains("\u{201C}bit\u{201D}"))
    }

    @Test("Hostile texts stay text in the page", arguments: HostileTextTests.texts)
    func hostilePage(text: String) throws {
        let plain = try XMLOutline(ReportSamples.hostile("plain").html())
        let outline = try XMLOutline(ReportSamples.hostile(text).html())
        // Whatever the text is, the page has the same elements with the same attributes.
        #expect(outline.elements.map(\.name) == plain.elements.map(\.name))
        #expect(
            outline.elements.map { $0.attributes.keys.sorted() }
                == plain.elements.map { $0.attributes.keys.sorted() })
        #expect(outline.all("script").map(\.text) == plain.all("script").map(\.text))
        let attributes = Set(outline.elements.flatMap(\.attributes.keys))
        #expect(
            attributes.isDisjoint(with: ["src", "href", "srcset", "action", "onclick", "onload", "onerror"]))
        let isLegal = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0xFFFE && !$0.isUnsafeToShow
        }
        if isLegal, !text.isEmpty { #expect(outline.all("mark").first?.text == text.visibleLabel) }
    }

    @Test("Hostile texts steer no terminal and keep the width", arguments: HostileTextTests.texts)
    func hostileText(text: String) {
        let report = ReportSamples.hostile(text).text(style: TextStyle(colour: false, width: 60))
        #expect(!report.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeToShow })
        #expect(report.split(separator: "\n").allSatisfy { $0.displayWidth <= 60 })
    }

    @Test("The page runs its own script and nothing else")
    func policy() throws {
        let outline = try XMLOutline(ReportSamples.full.html())
        let scripts = outline.all("script")
        #expect(scripts.count == 1)
        let meta = outline.all("meta").compactMap { $0.attributes["content"] }
        let policy = try #require(meta.first { $0.hasPrefix("default-src 'none'") })
        #expect(policy.contains("script-src 'sha256-\(try digest("\(ReportPage.script)"))'"))
        let style = "\(ReportPage.styleSheet)"
        #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("<"))
    }

    @Test("Figures read as a person writes them")
    func figures() {
        #expect(
            [0, 0.0001, 0.004, 0.0949, 0.2, 0.999, 1].map(ReportWording.rate) == [
                "0 %", "< 0.1 %", "0.4 %", "9.5 %", "20 %", "99 %", "100 %",
            ])
        #expect([0.44, 3.14, 9.96, 1_234].map(ReportWording.times) == ["0.4×", "3.1×", "10×", "1,234×"])
        #expect(
            [0, 0.0009, 0.0123, 0.34, 0.999].map(ReportWording.significance) == [
                "< 0.001", "< 0.001", "0.012", "0.34", "1",
            ])
        #expect([-0.04, -1.26, 0, 2].map(ReportWording.signed) == ["+0.0", "−1.3", "+0.0", "+2.0"])
    }

    /// SHA-256 in base 64, by the system's program.
    private func digest(_ text: String) throws -> String {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder / "script")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [(folder / "script").path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let digits = Array(try #require(output.split(separator: " ").first))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<$0 + 2]), radix: 16)
        }
        #expect(bytes.count == 32)
        return Data(bytes).base64EncodedString()
    }
}
