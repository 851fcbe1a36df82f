import Testing
import WhenceRendering

@testable import WhenceAnnotation

@Suite("Rows that are none")
struct RowProblemTests {
    @Test(
        "A bad row of JSON lines says what is wrong, and the rows around it are read",
        arguments: [
            ("", RowProblem.Kind.empty, "the line is empty."),
            ("  \t", .empty, "the line is empty."),
            (#"{"text":"a""#, .malformed, "not valid JSON: expected a comma or } at offset 11."),
            (#"{"text":"a"} x"#, .malformed, "expected nothing more at offset 13."),
            (#"{"text":"a",}"#, .malformed, "expected a name in quotation marks at offset 12."),
            (#"{"text" "a"}"#, .malformed, "expected a colon at offset 8."),
            (#"{"text":"a","n":01}"#, .malformed, "a comma or } at offset 17"),
            (#"{"text":"a","n":NaN}"#, .malformed, "a JSON value at offset 16"),
            (#"{"text":"a","n":1.}"#, .malformed, "a digit at offset 18"),
            (#"{"text":"a","n":[1,2}"#, .malformed, "a comma or ] at offset 20"),
            (#"{"text":"a","n":{"b":[1,{"c":2]}}"#, .malformed, "a comma or } at offset 30"),
            (#"{"text":"\x"}"#, .malformed, "an escape that JSON has at offset 9"),
            (#"{"text":"\ud83d"}"#, .malformed, "both halves of a surrogate pair at offset 9"),
            (#"{"text":"\ud83dA"}"#, .malformed, "both halves of a surrogate pair at offset 9"),
            (#"{"text":"\u12g4"}"#, .malformed, "a hexadecimal digit at offset 13"),
            ("{\"text\":\"a\tb\"}", .malformed, "an escape in the place of a control character at offset 10"),
            (#"{"text":"open}"#, .malformed, "the end of the text that starts at offset 8"),
            (#"["text"]"#, .malformed, "the line is a list, not a JSON object."),
            ("\"text\"", .malformed, "the line is a text, not"),
            ("17", .malformed, "the line is a number, not"),
            ("null", .malformed, "the line is null, not"),
            ("plain words", .malformed, "expected { at offset 0"),
            (#"{"label":1,"id":"x"}"#, .missingField, "it has: label, id. Name the field with --text-field."),
            ("{}", .missingField, "it has no fields at all."),
            (#"{"text":5}"#, .wrongType, "the field “text” is a number, not a text."),
            (#"{"text":0.5}"#, .wrongType, "is a number that is not whole, not a text."),
            (#"{"text":null}"#, .wrongType, "is null, not a text."),
            (#"{"text":["a"]}"#, .wrongType, "is a list, not a text."),
            (#"{"text":{}}"#, .wrongType, "is an object, not a text."),
            (#"{"text":true}"#, .wrongType, "is true or false, not a text."),
            (#"{"text":""}"#, .empty, "the text is empty."),
            (#"{"text":" \n\u00a0\u3000"}"#, .empty, "the text is white space alone."),
        ])
    func badJSON(line: String, kind: RowProblem.Kind, mention: String) throws {
        let found = try rows(#"{"text":"one"}"# + "\n" + line + "\n" + #"{"text":"two"}"# + "\n", .jsonLines)
        #expect(found.map(\.index) == [0, 1, 2] && found.map(\.place.line) == [1, 2, 3])
        #expect(found[0].text == "one" && found[2].text == "two")
        #expect(found[1].problem?.kind == kind)
        #expect(found[1].problem?.reason.contains(mention) == true, "\(found[1].problem?.reason ?? "none")")
    }

    @Test("The other fields of a bad row are kept where they can be read")
    func keptFields() throws {
        let found = try rows(#"{"id":7,"text":5,"label":"x"}"# + "\n" + #"{"id":8,"text":" "}"#, .jsonLines)
        #expect(
            found.map(\.summary) == [
                #"0 line 1: wrong-type [id=7, label="x"]"#, #"1 line 2: empty [id=8]"#,
            ])
    }

    @Test(
        "Bytes that are not UTF-8 are named with their offset in the row",
        arguments: [
            (RowFormat.lines, "one\n", "two words \u{1}\n", "three\n", 10),
            (.jsonLines, "{\"text\":\"one\"}\n", "{\"text\":\"two\u{1}\"}\n", "{\"text\":\"three\"}\n", 12),
            (.csv, "id,text\n1,one\n", "2,\"a\nb\u{1}\"\n", "3,three\n", 6),
            (.tsv, "id\ttext\n1\tone\n", "2\tcaf\u{1}\n", "3\tthree\n", 5),
        ])
    func notUTF8(format: RowFormat, before: String, bad: String, after: String, offset: Int) throws {
        let bytes = Array((before + bad + after).utf8).map { $0 == 1 ? 0xE9 : $0 }
        let found = try rows(bytes, format)
        #expect(found.map { $0.text ?? "" } == ["one", "", "three"])
        #expect(found[1].problem?.kind == .notUTF8)
        #expect(
            found[1].problem?.reason.contains("0xE9 at offset \(offset) of the row") == true,
            "\(found[1].problem?.reason ?? "none")")
    }

    @Test(
        "Every sequence that is not well-formed UTF-8 is found where it starts",
        arguments: [
            ([0x80], 0), ([0x61, 0xC0, 0x80], 1), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0x80], 0),
            ([0xED, 0xA0, 0x80], 0), ([0xF0, 0x8F, 0x80, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0), ([0xC3], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0),
            ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0xFF], 9), ([0xE2, 0x82, 0x41], 0),
        ] as [([UInt8], Int)])
    func malformedSequences(bytes: [UInt8], offset: Int) {
        #expect(bytes.withUnsafeBufferPointer(UTF8Check.firstInvalid) == offset)
        #expect(String(validating: bytes, as: UTF8.self) == nil)
    }

    @Test("A quote without an end costs its own line alone, and the lines after it keep their numbers")
    func openQuotes() throws {
        let text = "id,text\n1,one\n2,\"open\n3,three\n4,\"a \"\"b\"\"\nc\"\n5,\"x\" y\n6,six\n7,\"last\n"
        #expect(
            try rows(text, .csv).map(\.summary) == [
                #"0 line 2: text "one" [id="1"]"#, "1 line 3: malformed []",
                #"2 line 4: text "three" [id="3"]"#,
                #"3 line 5: text "a \"b\"\nc" [id="4"]"#, "4 line 7: malformed []",
                #"5 line 8: text "six" [id="6"]"#, "6 line 9: malformed []",
            ])
        let reasons = try rows(text, .csv).compactMap(\.problem?.reason)
        #expect(reasons[0].contains("text follows the end of a quoted field"), "\(reasons[0])")
        #expect(reasons[2].contains("a quoted field starts here and never ends"), "\(reasons[2])")
    }

    @Test(
        "A row of another width says both widths",
        arguments: [(RowFormat.csv, ","), (.tsv, "\t")])
    func widths(format: RowFormat, comma: String) throws {
        let text = "id,text,label\n1,one,0\n2,two\n3,three,1,x\n4,four,0\n".replacing(",", with: comma)
        let found = try rows(text, format)
        #expect(found.map { $0.text ?? "" } == ["one", "", "", "four"])
        #expect(found[1].problem?.kind == .malformed && found[2].problem?.kind == .malformed)
        #expect(found[1].problem?.reason.hasPrefix("the row has 2 fields, but the header has 3.") == true)
        #expect(found[2].problem?.reason.hasPrefix("the row has 4 fields, but the header has 3.") == true)
    }

    @Test("Empty lines are rows, but in CSV, and a final line break starts none")
    func emptyLines() throws {
        let kinds = { (rows: [InputRow]) in rows.map { $0.problem?.kind.rawValue ?? "good" } }
        #expect(try kinds(rows("a\n\nb\r\n\r\n", .lines)) == ["good", "empty", "good", "empty"])
        #expect(
            try kinds(rows("{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n", .jsonLines)) == [
                "good", "empty", "good",
            ])
        #expect(try kinds(rows("text\tid\na\t1\n\nb\t2", .tsv)) == ["good", "empty", "good"])
        #expect(try kinds(rows("text\n\na\n\n\r\nb\n\n", .csv)) == ["good", "good"])
        #expect(try rows("text\n\na\n\n\r\nb\n\n", .csv).map(\.place.line) == [3, 6])
    }

    @Test(
        "A row beyond the limit is passed over, however the text comes in pieces",
        arguments: [1, 3, 16, 1 << 10], [RowFormat.lines, .jsonLines, .tsv, .csv])
    func tooLong(piece: Int, format: RowFormat) throws {
        let long = String(repeating: "x", count: 200)
        let row = { (text: String) in format == .jsonLines ? "{\"text\":\"\(text)\"}\n" : text + "\n" }
        let header = format == .csv || format == .tsv ? "text\n" : ""
        let text = header + row("one") + row(long) + row("two") + row(long + long) + row("three") + long
        let found = try rows(Array(text.utf8), format, piece: piece, block: piece, limit: 100)
        #expect(found.map { $0.text ?? "" } == ["one", "", "two", "", "three", ""])
        #expect(found.compactMap(\.problem?.kind) == [.tooLong, .tooLong, .tooLong])
        let first = header.isEmpty ? 1 : 2
        #expect(found.map(\.place.line) == (0..<6).map { $0 + first })
    }

    @Test("A line of just the limit is a row, with either line end; one byte more is none", arguments: 1...17)
    func limit(block: Int) throws {
        let text = ["\n", "\r\n"].map { end in
            String(repeating: "a", count: 30) + end + String(repeating: "b", count: 31) + end
        }.joined()
        let found = try rows(Array(text.utf8), .lines, piece: block, block: block, limit: 30)
        #expect(
            found.map { $0.problem?.kind.rawValue ?? "good" } == ["good", "too-long", "good", "too-long"])
    }

    @Test("A quote that is open for longer than a row may be costs its own line alone")
    func longQuote() throws {
        let text = "text,id\n\"open,1\n" + (2..<60).map { "row number,\($0)\n" }.joined()
        let found = try rows(text, .csv, limit: 100)
        #expect(found.count == 59 && found[0].problem?.kind == .malformed)
        #expect(found[0].problem?.reason.contains("does not end within") == true)
        #expect(found.dropFirst().allSatisfy { $0.text == "row number" })
        #expect(found.map(\.place.line) == (2...60).map { $0 })
    }

    @Test("More members, nesting or columns than any row has are a problem of the row, not of the memory")
    func shapes() throws {
        let members = (0..<70_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let nested = String(repeating: "[", count: 501) + String(repeating: "]", count: 501)
        let found = try rows(
            "{\(members)}\n{\"text\":\"a\",\"n\":\(nested)}\n{\"text\":\"b\",\"n\":\(nested.dropFirst().dropLast())}",
            .jsonLines)
        #expect(found.map { $0.problem?.kind } == [.malformed, .malformed, nil])
        let commas = String(repeating: ",", count: 70_000)
        #expect(try rows("text\n\(commas)\na\n", .csv).map { $0.problem?.kind } == [.malformed, nil])
        #expect(
            try rows("text\n\(commas.replacing(",", with: "\t"))\na\n", .tsv).map { $0.problem?.kind } == [
                .malformed, nil,
            ])
    }
}
