import Testing
import WhenceRendering

@testable import WhenceAnnotation

@Suite("Rows that are histories")
struct HistoryRowTests {
    @Test(
        "A history is a list of ids, or titles with ; between them",
        arguments: [
            (#"{"history":["50",172,"a b"]}"#, [.id("50"), .id("172"), .id("a b")]),
            (
                #"{"items":[{"title":"Fargo (1996)"},{"item":50},{"item":"x","n":1}]}"#,
                [.title("Fargo (1996)"), .id("50"), .id("x")]
            ),
            (
                #"{"history":"Fargo (1996); Godfather, The (1972) ;id:50;; id: 7 "}"#,
                [.title("Fargo (1996)"), .title("Godfather, The (1972)"), .id("50"), .id("7")]
            ),
            (#"{"history":"50, 172,0003"}"#, [.id("50"), .id("172"), .id("0003")]),
            (#"{"history":"50"}"#, [.id("50")]),
            (#"{"history":"50, Fargo"}"#, [.title("50, Fargo")]),
            (#"{"history":[123456789012345678901234567890]}"#, [.id("123456789012345678901234567890")]),
        ] as [(String, [HistoryReference])])
    func histories(line: String, expected: [HistoryReference]) throws {
        let row = try #require(rows(line, .jsonLines, .history(field: nil)).first)
        #expect(try row.content.get() == .history(expected, user: nil))
    }

    @Test(
        "The user is kept and known",
        arguments: [
            (#"{"user":"ann","items":[1]}"#, "ann"), (#"{"user":12,"items":[1]}"#, "12"),
            (#"{"user":null,"items":[1]}"#, nil), (#"{"user":"","items":[1]}"#, nil),
        ])
    func users(line: String, user: String?) throws {
        let row = try #require(rows(line, .jsonLines, .history(field: nil)).first)
        #expect(try row.content.get() == .history([.id("1")], user: user))
        #expect(row.kept.map(\.name) == ["user"])
    }

    @Test("A row without the field that the first row has is told so")
    func earlierField() throws {
        let found = try rows(#"{"history":[1]}"# + "\n" + #"{"items":[2]}"#, .jsonLines, .history(field: nil))
        #expect(
            found[1].problem?.reason
                == "the row has no field \u{201C}history\u{201D}, which rows before it have; it has: items. "
                + "Name the field with --history-field.")
        let first = try rows(#"{"films":[2]}"#, .jsonLines, .history(field: nil))[0].problem?.reason
        #expect(first?.hasPrefix("the row has none of the fields history, items; it has: films.") == true)
    }

    @Test("Tables have histories, too")
    func tables() throws {
        let expected = [
            #"0 line 2: history [.id("1"), .id("2")] of ann [user="ann"]"#,
            #"1 line 3: history [.title("A, B"), .id("7")] of nobody [user=""]"#,
            #"2 line 4: empty [user="bob"]"#,
        ]
        let short = { (text: String) in text.replacing("WhenceAnnotation.HistoryReference", with: "") }
        let csv = "user,history\nann,\"1,2\"\n,\"A, B; id:7\"\nbob, ; ;\n"
        #expect(try rows(csv, .csv, .history(field: nil)).map { short($0.summary) } == expected)
        let tsv = "user\thistory\nann\t1,2\n\tA, B; id:7\nbob\t ; ;\n"
        #expect(try rows(tsv, .tsv, .history(field: nil)).map { short($0.summary) } == expected)
        #expect(
            try rows("A; B\n3,4\n", .lines, .history(field: nil)).map { try $0.content.get() } == [
                .history([.title("A"), .title("B")], user: nil), .history([.id("3"), .id("4")], user: nil),
            ])
    }

    @Test(
        "What is no history says which entry is wrong",
        arguments: [
            (#"{"history":[]}"#, RowProblem.Kind.empty, "no items"),
            (#"{"history":" ; "}"#, .empty, "no items"),
            (#"{"history":[1,2.5]}"#, .wrongType, "“history[1]” is a number that is not whole"),
            (#"{"history":[1,null]}"#, .wrongType, "“history[1]” is null"),
            (#"{"history":[""]}"#, .wrongType, "“history[0]” is a text, not an id"),
            (#"{"history":[{"name":"x"}]}"#, .wrongType, "“history[0]” is an object"),
            (#"{"history":{"a":1}}"#, .wrongType, "is an object, not a list of ids"),
            (#"{"history":7}"#, .wrongType, "is a number, not a list of ids"),
            (
                #"{"id":7}"#, .missingField,
                "none of the fields history, items; it has: id. Name the field with --history"
            ),
        ])
    func wrong(line: String, kind: RowProblem.Kind, mention: String) throws {
        let problem = try #require(rows(line, .jsonLines, .history(field: nil)).first?.problem)
        #expect(problem.kind == kind && problem.reason.contains(mention), "\(problem.reason)")
    }

    @Test("A data set of interactions is a row a user, in the order of their first interaction")
    func users() throws {
        let folder = try RowFolder([
            "ratings.csv": Array(
                "userId,movieId,rating,timestamp\nz,5,1,30\na,6,1,1\nz,4,1,10\na,5,1,2\n".utf8)
        ])
        var source = UserRows(try InteractionDataset(path: folder.path("ratings.csv")))
        #expect(source.progress == 0)
        let found = try all(&source)
        #expect(
            try found.map { try $0.content.get() } == [
                .history([.id("4"), .id("5")], user: "z"), .history([.id("6"), .id("5")], user: "a"),
            ])
        #expect(found.map { $0.kept.map(\.json) } == [["\"z\""], ["\"a\""]])
        #expect(found.map(\.index) == [0, 1] && found.allSatisfy { $0.place.line == nil })
        #expect(try source.progress == 1 && source.next() == nil && source.next() == nil)
    }
}
