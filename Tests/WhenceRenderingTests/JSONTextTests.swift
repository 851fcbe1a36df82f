import Testing

@testable import WhenceRendering

@Suite("The text of a JSON document")
struct JSONTextTests {
    /// Scalar by scalar, as the description says.
    private func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isEscaped = (0x7F..<0x10000).contains(scalar.value) && scalar.isUnsafeToShow
            let digits = String(scalar.value, radix: 16)
            return isEscaped
                ? "\\u" + String(repeating: "0", count: 4 - digits.count) + digits : String(scalar)
        }.joined()
    }

    @Test("What a terminal would obey is escaped, wherever it stands, and all else is as it was")
    func escaping() {
        // Some are no characters, which source code cannot hold.
        let scalars: [UInt32] = [
            0x7F, 0x85, 0x9B, 0xE9, 0x301, 0x202E, 0x2067, 0x2581, 0xFDD0, 0xFFFE, 0x1F600, 0x1FFFF,
        ]
        let parts =
            ["a", "plain text ", "e\u{301}", "\\n"]
            + scalars.compactMap(Unicode.Scalar.init).map { String($0) }
        #expect(JSONText.escapingInvisibles("").isEmpty)
        for first in parts {
            for second in parts {
                for text in [first + second, first + "x" + second, "x" + first + second + "y"] {
                    // Compared by bytes, as equal strings may be composed in different ways.
                    #expect(
                        Array(JSONText.escapingInvisibles(text).utf8) == Array(escaped(text).utf8), "\(text)")
                }
            }
        }
        #expect(JSONText.escapingInvisibles("a\u{202E}b\u{7F}é") == "a\\u202eb\\u007fé")
    }

    @Test(
        "A layout loses and adds nothing but white space, and knows what fits in a line",
        arguments: [1, 20, 110])
    func layout(width: Int) {
        let line = #"{"a":[1,2,[3,{"b":"x, [y] \" {"}],[]],"c":{},"d":[{"é":1},{"e":[[],[4,5]]}]}"#
        let text = JSONText.indented(line, width: width)
        let quoted = { (text: String) in
            text.split(separator: "\"x, [y] \\\" {\"", omittingEmptySubsequences: false)
        }
        let bare = quoted(text).map { $0.filter { !$0.isWhitespace } }
        #expect(bare == quoted(line).map(String.init))
        for line in text.split(separator: "\n") where line.count > width {
            // What is longer holds nothing that could be broken: at its end a bracket opens, or none does.
            let full = line.replacing("[]", with: "").replacing("{}", with: "")
            #expect(!full.dropLast().contains { "[{".contains($0) } || line.contains("\""), "\(line)")
        }
        if width == 110 {
            #expect(!text.contains("\n"))
        } else {
            #expect(text.split(separator: "\n").count > 3)
        }
    }
}
