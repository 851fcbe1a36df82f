import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Reading interactions")
struct InteractionReadingTests {
    @Test(
        "MovieLens 100K: tabs, order of time, ties as in the file, titles in ISO 8859-1",
        arguments: ["", "/u.data"])
    func movieLens100K(suffix: String) throws {
        let files = try DatasetFiles(
            ["u.data": "7\t2\t4\t30\n7\t1\t5\t20\n9\t3\t3\t5\n7\t3\t1\t30\n7\t1\t2\t10\n"],
            bytes: [
                "u.item": Array("1|Mis".utf8) + [0xE9] + Array("rables, Les (1995)|01-Jan-1995||url|0\n".utf8)
                    + Array("2|Kolya (1996)|||u|1\n3|Ulee's Gold (1997)|||u|1\n4|||u||\n\n".utf8)
            ])
        let data = try InteractionDataset(path: files.path + suffix)
        #expect(data.format == .movieLens100K)
        #expect(data.histories == ["7: 1 1 2 3", "9: 3"])
        #expect(data.titles == ["1 Misérables, Les (1995)", "2 Kolya (1996)", "3 Ulee's Gold (1997)", "4 -"])
        #expect(data.times == [10, 20, 30, 30, 5])
        #expect(data.ratings == [2, 5, 4, 1, 3])
        #expect(try data.history(ofUser: "9") == [.init(id: "3", title: "Ulee's Gold (1997)")])
    }

    @Test(
        "MovieLens 1M and 10M: double colons, titles in either encoding, also with a double colon inside",
        arguments: [[0xC3, 0xA9], [0xE9]] as [[UInt8]])
    func movieLens1M(accented: [UInt8]) throws {
        let files = try DatasetFiles(
            ["ratings.dat": "1::1193::5::978300760\n1::661::3.5::978302109\n2::1193::3::978301968\r\n"],
            bytes: [
                "movies.dat": Array("661::Caf".utf8) + accented
                    + Array(" (1996)::Adventure|Animation|Children|Comedy|Fantasy\n".utf8)
                    + Array("1193::One :: Two (1975)::Drama\n".utf8)
            ])
        let data = try InteractionDataset(path: files.path)
        #expect(data.format == .movieLens1M)
        #expect(data.histories == ["1: 1193 661", "2: 1193"])
        #expect(data.titles == ["661 Café (1996)", "1193 One :: Two (1975)"])
        #expect(data.ratings == [5, 3.5, 3])
    }

    @Test("MovieLens 20M to 32M: CSV with a header, quoted titles, columns in any order")
    func movieLensCSV() throws {
        let files = try DatasetFiles([
            "ratings.csv":
                "\u{FEFF}timestamp,userId,\"movieId\",rating\r\n1260759144,1,31,2.5\r\n12,1,10,\"3.0\"\r\n",
            "movies.csv":
                "movieId,title,genres\n31,\"Dangerous \"\"Minds\"\", The (1995)\",Drama\n10,\"Two\nlines\",A|B\n",
        ])
        let data = try InteractionDataset(path: files.path)
        #expect(data.format == .csv)
        #expect(data.histories == ["1: 10 31"])
        #expect(data.titles == ["31 Dangerous \"Minds\", The (1995)", "10 Two\nlines"])
        #expect(data.times == [12, 1_260_759_144])
        #expect(data.ratings == [3, 2.5])
    }

    @Test("A CSV with names of its own is read with --user-field and its like, titles in its rows")
    func customCSV() throws {
        let files = try DatasetFiles([
            "a.csv": "who,what,stars,caption\nann,x,1,The X\nann,y,2,The Y\nbob,x,3,Other\n"
        ])
        let fields = InteractionFields(user: "who", item: "what", title: "caption")
        let data = try InteractionDataset(path: files("a.csv"), fields: fields)
        #expect(data.histories == ["ann: x y", "bob: x"])
        #expect(data.titles == ["x The X", "y The Y"])
        #expect(!data.hasTimes && !data.hasRatings)
    }

    @Test("RecBole: typed headers, fractional times, titles beside it")
    func recBole() throws {
        let files = try DatasetFiles([
            "ml.inter":
                "user_id:token\titem_id:token\trating:float\ttimestamp:float\nu1\ta\t3\t2.5\nu1\tb\t4\t2.25\n",
            "ml.item": "item_id:token\tmovie_title:token_seq\tclass:token_seq\nb\tBe \"Big\"\tx\na\tAy\t\n",
        ])
        let data = try InteractionDataset(path: files.path)
        #expect(data.format == .recBole)
        #expect(data.histories == ["u1: b a"])
        #expect(data.titles == ["b Be \"Big\"", "a Ay"])
    }

    @Test(
        "SASRec text: a user and an item a line, in order of the file, ids and titles from the catalogue beside it"
    )
    func sasRec() throws {
        let text = "1 2\n1 1\n\n2  3 \n1 2\n"
        let unnamed = try DatasetFiles(["x.txt": text])
        let bare = try InteractionDataset(path: unnamed("x.txt"))
        #expect(bare.format == .sasRec)
        #expect(bare.histories == ["1: 2 1 2", "2: 3"])
        let files = try DatasetFiles([
            "x.txt": text,
            "x.items.json": """
            {"schema":"whence.items/1","items":[{"id":"50","title":"Star Wars","token":1},{"id":7,"token":2},
             {"id":"9","title":null,"token":3}],"users":["ann",196]}
            """,
        ])
        let named = try InteractionDataset(path: files("x.txt"))
        #expect(named.histories == ["ann: 7 50 7", "196: 9"])
        #expect(named.titles == ["50 Star Wars", "7 -", "9 -"])
    }

    @Test("JSON lines: ids as texts or numbers, titles, times and ratings beside the history, other names")
    func jsonLines() throws {
        let files = try DatasetFiles([
            "h.jsonl": """
            {"user": 196, "history": ["b", 7, "b"], "titles": ["Bé", null, "ignored"]}

            {"user": "x y", "history": []}
            {"history": [7], "user": "196", "titles": ["Seven"]}
            """,
            "t.jsonl": #"{"u":"1","seen":[1,2],"times":[5,4],"ratings":[1,2]}"#,
        ])
        let data = try InteractionDataset(path: files("h.jsonl"))
        #expect(data.format == .jsonLines)
        #expect(data.histories == ["196: b 7 b 7", "x y: "])
        #expect(data.titles == ["b Bé", "7 Seven"])
        #expect(!data.hasTimes)
        let timed = try InteractionDataset(
            path: files("t.jsonl"), fields: InteractionFields(user: "u", history: "seen"))
        #expect(timed.histories == ["1: 2 1"])
        #expect(timed.ratings == [2, 1])
    }

    @Test("Records that lie across the blocks of a large file are whole")
    func blocks() throws {
        var text = "userId,movieId,rating,timestamp\n"
        let rows = 120_000
        for row in 0..<rows { text += "\(row % 97),\(row % 1009),\(Double(row % 10) / 2),\(rows - row)\r\n" }
        let files = try DatasetFiles(["ratings.csv": text])
        let data = try InteractionDataset(path: files.path)
        #expect(data.interactionCount == rows)
        let sums = data.users.indices.map { user in
            data.history(user).reduce(0) { $0 + (Int(data.items[$1].id) ?? 0) }
        }
        var expected = Array(repeating: 0, count: 97)
        for row in 0..<rows { expected[row % 97] += row % 1009 }
        #expect(sums == expected)
        let lastOfFirst = try #require(data.history(0).first)
        #expect(data.items[lastOfFirst].id == "\(((rows - 1) / 97 * 97) % 1009)")
    }

    @Test("The real MovieLens files of a folder are told apart by what is asked for")
    func severalInFolder() throws {
        let files = try DatasetFiles(["u.data": "1\t1\t1\t1\n", "ratings.dat": "2::2::2::2\n"])
        let error = #expect(throws: AnnotationError.self) { try InteractionDataset(path: files.path) }
        #expect("\(error as Any)".contains("ratings.dat, u.data"))
        #expect(try InteractionDataset(path: files.path, format: .movieLens1M).histories == ["2: 2"])
    }

    @Test("An unknown user is named with some that there are")
    func unknownUser() throws {
        let files = try DatasetFiles(["x.txt": "ann 1\nbob 2\n"])
        let data = try InteractionDataset(path: files("x.txt"))
        let error = #expect(throws: AnnotationError.self) { try data.history(ofUser: "eve") }
        let text = try #require(error).description
        #expect(text.contains("“eve”") && text.contains("ann, bob"), "\(text)")
    }
}
