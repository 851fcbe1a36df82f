import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Writing interactions")
struct InteractionWriterTests {
    private static let source = """
        {"user":"ann","history":["b","a","b"],"titles":["Bé, \\"big\\" (1)","A::x","-"],"times":[1,1,2.5],"ratings":[4,3.5,1]}
        {"user":"7","history":["c"],"titles":[null],"times":[9007199254740992],"ratings":[0.1]}

        """

    private func source() throws -> InteractionDataset {
        let files = try DatasetFiles(["s.jsonl": Self.source])
        return try InteractionDataset(path: files("s.jsonl"))
    }

    /// The file that a format is written to.
    private static func name(_ format: InteractionFormat) -> String {
        switch format {
        case .movieLens100K: "u.data"
        case .movieLens1M: "ratings.dat"
        case .csv: "ratings.csv"
        case .recBole: "x.inter"
        case .sasRec: "x.txt"
        case .jsonLines: "x.jsonl"
        }
    }

    @Test("What is written is read back", arguments: InteractionFormat.allCases)
    func roundTrip(_ format: InteractionFormat) throws {
        let data = try source()
        let files = try DatasetFiles([:])
        try InteractionWriter(data, as: format).write(to: files(Self.name(format)))
        let back = try InteractionDataset(path: files(Self.name(format)))
        #expect(back.format == format)
        #expect(back.histories == data.histories)
        #expect(back.titles == data.titles)
        #expect(back.times == (format == .sasRec ? nil : data.times))
        #expect(back.ratings == (format == .sasRec ? nil : data.ratings))
    }

    @Test("From any format to any other the histories and titles stay", arguments: InteractionFormat.allCases)
    func chains(_ first: InteractionFormat) throws {
        let data = try source()
        for second in InteractionFormat.allCases {
            let (here, there) = (try DatasetFiles([:]), try DatasetFiles([:]))
            let (near, far) = (here(Self.name(first)), there(Self.name(second)))
            try InteractionWriter(data, as: first).write(to: near)
            try InteractionWriter(InteractionDataset(path: near), as: second).write(to: far)
            let back = try InteractionDataset(path: far)
            #expect(back.histories == data.histories, "\(first) to \(second)")
            #expect(back.titles == data.titles, "\(first) to \(second)")
        }
    }

    @Test(
        "The bytes of each format",
        arguments: [
            (.movieLens100K, "ann\tb\t4\t1\nann\ta\t3.5\t1\nann\tb\t1\t2.5\n7\tc\t0.1\t9007199254740992\n"),
            (.movieLens1M, "ann::b::4::1\nann::a::3.5::1\nann::b::1::2.5\n7::c::0.1::9007199254740992\n"),
            (
                .csv,
                "userId,movieId,rating,timestamp\nann,b,4.0,1\nann,a,3.5,1\nann,b,1.0,2.5\n7,c,0.1,9007199254740992\n"
            ),
            (
                .recBole,
                "user_id:token\titem_id:token\trating:float\ttimestamp:float\nann\tb\t4\t1\nann\ta\t3.5\t1\n"
                    + "ann\tb\t1\t2.5\n7\tc\t0.1\t9007199254740992\n"
            ),
            (.sasRec, "1 1\n1 2\n1 1\n2 3\n"),
            (
                .jsonLines,
                "{\"history\":[\"b\",\"a\",\"b\"],\"ratings\":[4,3.5,1],\"times\":[1,1,2.5],"
                    + "\"titles\":[\"Bé, \\\"big\\\" (1)\",\"A::x\",\"Bé, \\\"big\\\" (1)\"],\"user\":\"ann\"}\n"
                    + "{\"history\":[\"c\"],\"ratings\":[0.1],\"times\":[9007199254740992],\"titles\":[null],"
                    + "\"user\":\"7\"}\n"
            ),
        ] as [(InteractionFormat, String)])
    func bytes(format: InteractionFormat, expected: String) throws {
        let files = try DatasetFiles([:])
        try InteractionWriter(source(), as: format).write(to: files("out"))
        #expect(try String(contentsOfFile: files("out"), encoding: .utf8) == expected)
    }

    @Test("The catalogue beside a SASRec text is the items.json of a model trained on it")
    func catalogue() throws {
        let files = try DatasetFiles([:])
        let written = try InteractionWriter(source(), as: .sasRec).write(to: files("x.txt"))
        #expect(written == [files("x.txt"), files("x.items.json")])
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: files("x.items.json"))))
                as? [String: Any])
        #expect(json["schema"] as? String == "whence.items/1")
        #expect((json["items"] as? [[String: Any]])?.map { $0["token"] as? Int } == [1, 2, 3])
        #expect((json["special"] as? [String: Int]) == ["pad": 0])
        #expect(json["users"] as? [String] == ["ann", "7"])
    }

    @Test("What is lost is said")
    func losses() throws {
        let data = try source()
        #expect(InteractionWriter(data, as: .jsonLines).losses(to: "x") == [])
        #expect(InteractionWriter(data, as: .csv).losses(to: "x") == [])
        #expect(InteractionWriter(data, as: .csv).losses(to: "-").contains { $0.contains("Titles") })
        let numbers = InteractionWriter(data, as: .sasRec).losses(to: "x").joined()
        #expect(numbers.contains("Times") && numbers.contains("Ratings"))
        let files = try DatasetFiles([
            "x.txt": "1 1\n", "h.jsonl": #"{"user":1,"history":[2],"titles":["a\tb"]}"#,
        ])
        let bare = InteractionWriter(try InteractionDataset(path: files("x.txt")), as: .movieLens1M)
        #expect(bare.losses(to: "x").count == 2, "neither ratings nor times")
        let torn = InteractionWriter(try InteractionDataset(path: files("h.jsonl")), as: .recBole)
        #expect(torn.losses(to: "x").contains { $0.hasPrefix("1 title has ") })
    }

    @Test("An id that would be another when read back is refused")
    func impossibleIDs() throws {
        let files = try DatasetFiles(["h.jsonl": "{\"user\":\"a::b\",\"history\":[\"x\\ty\"]}"])
        let data = try InteractionDataset(path: files("h.jsonl"))
        for format in [InteractionFormat.movieLens1M, .recBole, .movieLens100K] {
            #expect(throws: AnnotationError.self) {
                try InteractionWriter(data, as: format).write(to: files("out"))
            }
        }
        try InteractionWriter(data, as: .csv).write(to: files("out.csv"))
        #expect(try InteractionDataset(path: files("out.csv")).histories == data.histories)
        let left = try FileManager.default.contentsOfDirectory(atPath: files.path).sorted()
        #expect(left == ["h.jsonl", "out.csv"], "no half-written file stays")
    }

    @Test("A file is replaced only when asked, and its second file too")
    func replacing() throws {
        let files = try DatasetFiles(["x.item": "old"])
        let writer = InteractionWriter(try source(), as: .recBole)
        #expect(throws: AnnotationError.self) { try writer.write(to: files("x.inter")) }
        #expect(try String(contentsOfFile: files("x.item"), encoding: .utf8) == "old")
        #expect(!FileManager.default.fileExists(atPath: files("x.inter")))
        try writer.write(to: files("x.inter"), replaces: true)
        #expect(try InteractionDataset(path: files("x.inter")).titles.contains("a A::x"))
    }

    @Test("Filters look at ratings, then at the last interactions, then at the length")
    func filters() throws {
        let files = try DatasetFiles([
            "u.data": "1\ta\t5\t1\n1\tb\t1\t2\n1\tc\t4\t3\n1\td\t4\t4\n2\ta\t5\t1\n2\tb\t2\t2\n"
        ])
        let data = try InteractionDataset(path: files("u.data"))
        #expect(try data.filtered() == data)
        #expect(try data.filtered(minimumRating: 4).histories == ["1: a c d", "2: a"])
        #expect(try data.filtered(minimumRating: 4, last: 2).histories == ["1: c d", "2: a"])
        #expect(try data.filtered(minimumRating: 4, last: 2, minimumHistory: 2).histories == ["1: c d"])
        #expect(try data.filtered(last: 1).ratings == [4, 2])
        #expect(throws: AnnotationError.self) { try data.filtered(minimumRating: 6) }
    }
}
