import Testing

@testable import WhenceAnnotation

@Suite("Delimited text")
struct DelimitedTextTests {
    private func records(_ text: String, delimiter: Character = ",") throws -> [DelimitedText.Record] {
        var reader = DelimitedText(text, name: "data.csv", delimiter: delimiter)
        var records: [DelimitedText.Record] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test(
        "Fields are those of RFC 4180",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
            ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
            ("\"two\nlines\",x\r\n\"two\r\nlines\",y", [["two\nlines", "x"], ["two\r\nlines", "y"]]),
            ("a, \"b\" ,c\n", [["a", "b", "c"]]),
            ("a b, c,\n,,\n", [["a b", " c", ""], ["", "", ""]]),
            ("5\" pipe,x\n", [["5\" pipe", "x"]]),
            ("\"\",\"\"\"\"\n", [["", "\""]]),
            ("\n\na\n\r\n\n", [["a"]]),
            ("größe,日本\n", [["größe", "日本"]]),
            ("", []), ("\u{FEFF}", []), ("\n\r\n", []),
        ])
    func fields(text: String, expected: [[String]]) throws {
        #expect(try records(text).map(\.fields) == expected)
    }

    @Test("Another delimiter leaves the comma a character")
    func delimiter() throws {
        #expect(
            try records("a\tb\n1,5\t\"x\ty\"\n", delimiter: "\t").map(\.fields) == [
                ["a", "b"], ["1,5", "x\ty"],
            ])
        #expect(try records("1 2\n 3\n", delimiter: " ").map(\.fields) == [["1", "2"], ["", "3"]])
    }

    @Test("A record knows the line it starts on, after empty lines and quoted line breaks too")
    func lines() throws {
        let text = "a,b\r\n\r\n\"x\ny\r\nz\",1\nlast,2"
        #expect(try records(text).map(\.line) == [1, 3, 6])
    }

    @Test(
        "A quoted field that is wrong is named with its line",
        arguments: [
            ("a,b\n1,\"open\nand on", 2, "never ends"), ("a\n\"x\"y\n", 2, "follows the end"),
            ("a\n\"x\ny\"\"\n", 2, "never ends"),
        ])
    func wrongQuotes(text: String, line: Int, mention: String) throws {
        let error = #expect(throws: AnnotationError.self) { try records(text) }
        guard case .line("data.csv", line, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains(mention), "\(reason)")
    }
}
