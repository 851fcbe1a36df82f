import Testing

@testable import WhenceCLI

@Suite("The progress of an annotation")
struct ProgressBarTests {
    private static let bar = ProgressBar(
        share: 0.45,
        parts: [
            .init(text: "10,721 rows", rank: 0), .init(text: "45 %", rank: 1),
            .init(text: "211 rows/s", rank: 4),
            .init(text: "5,021 flips", rank: 5), .init(text: "12 bad", rank: 3),
            .init(text: "3 h 20 min left", rank: 2),
        ])

    @Test(
        "As much is said as fits, and the last column stays free",
        arguments: [
            (
                120,
                "[#########-----------] 10,721 rows, 45 %, 211 rows/s, 5,021 flips, 12 bad, 3 h 20 min left"
            ),
            (90, "[####------] 10,721 rows, 45 %, 211 rows/s, 5,021 flips, 12 bad, 3 h 20 min left"),
            (80, "10,721 rows, 45 %, 211 rows/s, 5,021 flips, 12 bad, 3 h 20 min left"),
            (60, "10,721 rows, 45 %, 211 rows/s, 12 bad, 3 h 20 min left"),
            (45, "10,721 rows, 45 %, 12 bad, 3 h 20 min left"), (20, "10,721 rows, 45 %"), (8, "10,721 "),
            (1, ""), (0, ""),
        ])
    func widths(width: Int, line: String) {
        #expect(Self.bar.line(width: width) == line)
    }

    @Test("Every width is kept", arguments: 1...130)
    func anyWidth(width: Int) {
        #expect(Self.bar.line(width: width).count < width)
    }

    @Test("Where no size is known there is no bar, and on no terminal all is said")
    func unknownShare() {
        let bar = ProgressBar(share: nil, parts: [.init(text: 1.counted("row"), rank: 0)])
        #expect(bar.line(width: 80) == "1 row" && bar.sentence == "1 row")
        #expect(2.counted("row") == "2 rows" && 10_721.counted("flip") == "10,721 flips")
    }
}
