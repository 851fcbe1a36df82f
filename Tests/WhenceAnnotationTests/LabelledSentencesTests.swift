import Foundation
import Testing
import WhenceAnnotation

@Suite("Labelled sentences")
struct LabelledSentencesTests {
    private static let labels = ["negative", "positive"]

    /// Reads a file with this content.
    private func read(_ content: Data, textField: String = "sentence") throws -> LabelledSentences {
        let file = FileManager.default.temporaryDirectory.appending(path: "whence-\(UUID().uuidString).tsv")
        try content.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try LabelledSentences(path: file.path, textField: textField, labels: Self.labels)
    }

    private func read(_ content: String, textField: String = "sentence") throws -> LabelledSentences {
        try read(Data(content.utf8), textField: textField)
    }

    /// The error of a file with this content, without the file's own path.
    private func failure(_ content: Data) -> String? {
        do {
            _ = try read(content)
            return nil
        } catch let AnnotationError.line(_, line, reason) {
            return "\(line): \(reason)"
        } catch {
            return "\(error)"
        }
    }

    @Test("Quotes are literal, labels are indices or names, and lines may end in CR LF")
    func rows() throws {
        let table = try read("sentence\tlabel\r\n\"a quote\t1\r\nit 's dull\tnegative\r\n")
        #expect(table.rows.map(\.text) == ["\"a quote", "it 's dull"])
        #expect(table.rows.map(\.label) == [1, 0])
        #expect(table.rows.map(\.line) == [2, 3])
    }

    @Test("Columns are found by their header, whatever their order")
    func columns() throws {
        let table = try read("id\tlabel\ttext\n7\t1\tgood\n", textField: "text")
        #expect(table.rows.map(\.text) == ["good"])
    }

    @Test(
        "A wrong line is named with its number",
        arguments: [
            ("sentence\tlabel\ngood\n", "2: 1 field, but the header has 2."),
            ("sentence\tlabel\ngood\t1\nbad\t7\n", "3: the label \u{201C}7\u{201D} is neither"),
            (
                "text\tlabel\ngood\t1\n",
                "1: the header has no column \u{201C}sentence\u{201D}; it has: text, label."
            ),
            ("", "1: the file is empty"),
        ])
    func wrongLines(content: String, expected: String) {
        #expect(
            failure(Data(content.utf8))?.hasPrefix(expected) == true,
            "\(failure(Data(content.utf8)) ?? "no error")")
    }

    @Test("A byte that is not UTF-8 is named with its line and offset")
    func notUTF8() {
        let content = Data("sentence\tlabel\nso ".utf8) + [0xE9] + Data("t\t1\n".utf8)
        #expect(failure(content)?.hasPrefix("2: the byte 0xE9 at offset 18 is not valid UTF-8.") == true)
        // Cut inside a character at the very end.
        #expect(failure(Data("sentence\tlabel\n".utf8) + [0xE2, 0x82])?.contains("not valid UTF-8") == true)
    }
}
