import Foundation
import Testing
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

/// A row as `make_rows.py` says that it is.
private struct ExpectedRow: Decodable {
    var line: Int
    var text: String
    var kept: [[String]]
}

@Suite("Rows of every format")
struct RowFormatTests {
    private static func fixture(_ name: String) -> String {
        Repository.fixture("rows/\(name)").path(percentEncoded: false)
    }

    private static func expected(_ name: String) throws -> [ExpectedRow] {
        let data = try Data(contentsOf: Repository.fixture("rows/expected.json"))
        let files = try JSONDecoder().decode([String: [ExpectedRow]].self, from: data)
        return try #require(files[name])
    }

    @Test(
        "What Python and pandas wrote is read as they would read it, plain and packed",
        arguments: ["reviews.jsonl", "pandas.csv", "sheet.csv", "glue.tsv", "lines.txt"], ["", ".gz", ".zst"])
    func fixtures(name: String, ending: String) throws {
        var reader = try RowReader(path: Self.fixture(name + ending), question: .text(field: nil))
        let found = try all(&reader)
        let expected = try Self.expected(name)
        #expect(found.count == expected.count)
        for (row, expected) in zip(found, expected) {
            #expect(row.place.line == expected.line)
            #expect(row.text.map { Array($0.utf8) } == Array(expected.text.utf8), "line \(expected.line)")
            #expect(row.kept.map { [$0.name, $0.json] } == expected.kept, "line \(expected.line)")
        }
        #expect(found.map(\.index) == Array(0..<expected.count))
        #expect(reader.progress == 1)
        #expect(try reader.next() == nil)
    }

    @Test("A packed file is known by its bytes, whatever it is called", arguments: ["gz", "zst"])
    func misnamed(packing: String) throws {
        let bytes = try Array(Data(contentsOf: Repository.fixture("rows/reviews.jsonl.\(packing)")))
        let folder = try RowFolder(["data.jsonl": bytes, "data": bytes, "data.csv.gz": bytes])
        for name in ["data.jsonl", "data"] {
            var reader = try RowReader(path: folder.path(name), question: .text(field: nil))
            #expect(reader.format == .jsonLines)
            #expect(try all(&reader).count == 8)
        }
        var reader = try RowReader(
            path: folder.path("data.csv.gz"), format: .jsonLines, question: .text(field: nil))
        #expect(try all(&reader).count == 8)
    }

    @Test(
        "The format is what the name tells, and otherwise what the text starts with",
        arguments: [
            ("a.jsonl", "x", RowFormat.jsonLines), ("a.NDJSON", "x", .jsonLines),
            ("a.json", "{}", .jsonLines),
            ("a.csv", "text", .csv), ("a.tsv", "text", .tsv), ("a.txt", "{}", .lines),
            ("a", " {}", .jsonLines),
            ("a", "words", .lines), ("a.dat", "\u{FEFF}{}", .jsonLines), ("a.b.zst", "words", .lines),
            ("a.csv.zstd", "text", .csv),
        ])
    func formats(name: String, content: String, format: RowFormat) throws {
        let folder = try RowFolder([name: Array(content.utf8)])
        #expect(try RowReader(path: folder.path(name), question: .text(field: nil)).format == format)
    }

    @Test(
        "The first of the usual names is asked about, and one that is given before all",
        arguments: [
            (nil, #"{"content":"c","text":"t"}"#, "t"), (nil, #"{"content":"c","review":"r"}"#, "r"),
            (nil, #"{"content":"c"}"#, "c"), ("content", #"{"content":"c","text":"t"}"#, "c"),
            ("a.b \"c\"", #"{"a":{"b":"no"},"a.b \"c\"":"yes"}"#, "yes"),
            (nil, #"{"text":"first","text":"last"}"#, "last"),
            (nil, #"{"te\u0078t":"escaped"}"#, "escaped"),
        ])
    func fields(field: String?, line: String, text: String) throws {
        #expect(try rows(line, .jsonLines, .text(field: field)).map(\.text) == [text])
    }

    @Test("A data set has one field: what the first row decides, the others are asked for")
    func oneField() throws {
        let found = try rows(#"{"id":1}"# + "\n" + #"{"review":"a"}"# + "\n" + #"{"text":"b"}"#, .jsonLines)
        #expect(found.map { $0.problem?.kind } == [.missingField, nil, .missingField])
    }

    @Test(
        "Fields are kept in their order as they are spelt, each name once",
        arguments: [
            (
                #"{ "b" : 1.50 , "a":[ 1 ,{"x":"\u00e9/\/"}],"text":"t", "":-0E+00,"n":null}"#,
                [("b", "1.50"), ("a", #"[ 1 ,{"x":"\u00e9/\/"}]"#), ("", "-0E+00"), ("n", "null")]
            ),
            (#"{"a":1,"b":2,"a":3,"text":"t","b":{}}"#, [("a", "3"), ("b", "{}")]),
            ("{\"a\":[1,\r2,\r\"x\"],\"text\":\"t\"}\r", [("a", "[1, 2, \"x\"]")]),
            (#"{"e\u0301":1,"é":2,"text":"t"}"#, [("e\u{301}", "1"), ("é", "2")]),
        ] as [(String, [(String, String)])])
    func kept(line: String, expected: [(String, String)]) throws {
        let row = try #require(rows(line, .jsonLines).first)
        #expect(row.kept.map { Array($0.name.utf8) } == expected.map { Array($0.0.utf8) })
        #expect(row.kept.map(\.json) == expected.map(\.1))
    }

    @Test("Names that are there twice are found among many, too")
    func manyFields() throws {
        let members = (0..<3000).map { "\"k\($0 % 2000)\":\($0)" }.joined(separator: ",")
        let row = try #require(rows("{\(members),\"text\":\"t\"}", .jsonLines).first)
        #expect(row.text == "t" && row.kept.count == 2000)
        #expect(row.kept[999].json == "2999" && row.kept[1000].json == "1000")
    }

    @Test("Columns of one name are all kept, numbered from the second on as pandas does")
    func columnNames() throws {
        let found = try rows("a,text,a,,,a.1,a,text\n1,x,2,3,4,5,6,y\n", .csv)
        #expect(
            found.map(\.summary) == [
                "0 line 2: text \"x\" [a=\"1\", a.2=\"2\", =\"3\", .1=\"4\", a.1=\"5\", a.3=\"6\", text.1=\"y\"]"
            ])
    }

    @Test("Quotes have no meaning in TSV, and carriage returns and NUL are text where they end no line")
    func literalQuotes() throws {
        let found = try rows("sentence\tlabel\r\n\"a\t1\r\nb\rc\u{0} \"\"\t0", .tsv)
        #expect(
            found.map(\.summary) == [
                #"0 line 2: text "\"a" [label="1"]"#, #"1 line 3: text "b\rc\0 \"\"" [label="0"]"#,
            ])
    }

    @Test("Values of tables are JSON texts in one line")
    func tableValues() throws {
        let found = try rows("text,x\na,\"q \"\" b\\ n\n t\t r\r z\u{0}\u{1F} é\u{2028}\"\n", .csv)
        #expect(found.first?.kept.first?.json == #""q \" b\\ n\n t\t r\r z\u0000\u001f é\u2028""#)
    }

    @Test(
        "A header without the field says what it has",
        arguments: [
            (RowFormat.csv, "id,label\n1,2\n", RowQuestion.text(field: nil), "--text-field"),
            (.tsv, "id\tlabel\n1\t2\n", .text(field: "sentence"), "--text-field"),
            (.csv, "id,label\n1,2\n", .history(field: nil), "--history-field"),
        ])
    func missingColumn(format: RowFormat, text: String, question: RowQuestion, option: String) {
        let error = #expect(throws: AnnotationError.self) { try rows(text, format, question) }
        #expect("\(String(describing: error))".contains("it has: id, label. Name the field with \(option)."))
    }

    @Test("A broken header ends the reading", arguments: ["\"id,text\n1,a\n", "id,\"te\"xt\n1,a\n"])
    func brokenHeader(text: String) {
        let error = #expect(throws: AnnotationError.self) { try rows(text, .csv) }
        #expect("\(String(describing: error))".contains("in the header"), "\(String(describing: error))")
    }

    @Test(
        "An input without rows is an error, and after it there is nothing",
        arguments: [
            (RowFormat.jsonLines, ""), (.lines, ""), (.csv, ""), (.tsv, ""), (.csv, "text\n"),
            (.tsv, "text"), (.csv, "\n\n"), (.lines, "\u{FEFF}"),
        ])
    func noRows(format: RowFormat, text: String) throws {
        let stream = ByteStream(PiecedBytes(Array(text.utf8)), name: "data")
        var reader = try RowReader(stream, format: format, question: .text(field: nil))
        #expect(throws: AnnotationError.empty(path: "data")) { try reader.next() }
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test("A JSON list in a file is said to be one")
    func jsonList() throws {
        let folder = try RowFolder(["a.json": Array("\n [{\"text\":\"a\"}]".utf8)])
        let error = #expect(throws: AnnotationError.self) {
            try RowReader(path: folder.path("a.json"), question: .text(field: nil))
        }
        #expect(error?.description.contains("jq -c") == true)
    }
}
