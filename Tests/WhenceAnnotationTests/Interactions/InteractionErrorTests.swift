import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Interactions that are wrong")
struct InteractionErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var file: String
        var bytes: [UInt8]
        var mentions: [String]
        var testDescription: String { name }

        init(_ name: String, _ file: String, _ text: String, _ mentions: String...) {
            self.init(name, file, bytes: Array(text.utf8), mentions)
        }

        init(_ name: String, _ file: String, bytes: [UInt8], _ mentions: [String]) {
            self.name = name
            self.file = file
            self.bytes = bytes
            self.mentions = mentions
        }
    }

    private static let header = "userId,movieId,rating,timestamp\n"

    private static let cases: [Case] = [
        Case("an empty file", "u.data", "", "no rows"),
        Case("a header alone", "ratings.csv", header, "no rows"),
        Case(
            "a missing column", "ratings.csv", "userId,film,rating\n1,2,3\n", "line 1", "movieId",
            "userId, film, rating"),
        Case(
            "a row with too few fields", "u.data", "1\t2\t3\t4\n1\t2\t3\n", "line 2", "with tabs", "1\t2\t3"),
        Case("spaces for tabs", "u.data", "1 2 3 4\n", "line 1", "with tabs", "1 2 3 4"),
        Case(
            "a row with too many fields", "ratings.csv", header + "\n1,2,3,4,5\n", "line 3", "4 fields",
            "has 5"),
        Case(
            "a rating that is no number", "ratings.csv", header + "1,2,good,4\n", "line 2", "rating", "good"),
        Case("a time that is no number", "u.data", "1\t2\t3\tyesterday\n", "line 1", "time", "yesterday"),
        Case("a rating that is not finite", "ratings.csv", header + "1,2,nan,4\n", "line 2", "rating", "nan"),
        Case("a time without end", "u.data", "1\t2\t3\t1e999\n", "time", "1e999"),
        Case("a time too exact", "u.data", "1\t2\t3\t9007199254740993\n", "time", "exactly"),
        Case("an empty user", "ratings.csv", header + ",2,3,4\n", "line 2", "user's id"),
        Case("an empty item", "ratings.dat", "1::::3::4\n", "line 1", "item's id"),
        Case("an open quote", "ratings.csv", header + "1,\"2,3,4\n5,6,7,8\n", "line 2", "never ends"),
        Case(
            "an id that is not UTF-8", "x.txt", bytes: [0x31, 0x20, 0x31, 0x0A, 0x31, 0x20, 0xE9, 0x0A],
            ["line 2", "UTF-8", "0xE9"]),
        Case(
            "a line that is no JSON", "h.jsonl", "{\"user\":1,\"history\":[]}\n{\"user\":\n", "line 2", "JSON"
        ),
        Case("a line without history", "h.jsonl", "{\"user\":1}\n", "line 1", "history"),
        Case("a history that is no list", "h.jsonl", "{\"user\":1,\"history\":\"a\"}\n", "line 1", "history"),
        Case(
            "an item that is no id", "h.jsonl", "{\"user\":1,\"history\":[1,1.5]}\n", "line 1", "history[1]",
            "an id"),
        Case(
            "titles of another number", "h.jsonl", "{\"user\":1,\"history\":[1],\"titles\":[]}\n", "line 1",
            "1 entry, one an item", "found 0", "titles"),
        Case("a text in no format", "notes.txt", "Dear diary, today\n", "line 1", "column for the user"),
        Case("a line in no format", "notes.txt", "one two three\n", "one two three", "ml-100k"),
        Case("an archive", "ml-100k.zip", bytes: [0x50, 0x4B, 3, 4, 0, 10], ["ZIP", "unpack"]),
        Case("a compressed file, cut off", "u.data.gz", bytes: [0x1F, 0x8B, 8, 0, 10], ["gzip", "cut off"]),
        Case("only zeros", "ratings.csv", bytes: Array(repeating: 0, count: 5000), ["line 1"]),
    ]

    @Test("The file, the line, what was expected and what was found", arguments: cases)
    func wrong(_ example: Case) throws {
        let files = try DatasetFiles([:], bytes: [example.file: example.bytes])
        let error = #expect(throws: AnnotationError.self) {
            try InteractionDataset(path: files(example.file))
        }
        let text = try #require(error).description
        for mention in [example.file] + example.mentions { #expect(text.contains(mention), "\(text)") }
    }

    @Test("A title file that is wrong is named, not the interactions")
    func wrongTitles() throws {
        let files = try DatasetFiles([
            "ratings.csv": Self.header + "1,2,3,4\n", "movies.csv": "movieId,name of it\n2,x\n",
        ])
        let error = #expect(throws: AnnotationError.self) { try InteractionDataset(path: files.path) }
        let text = try #require(error).description
        #expect(text.contains("movies.csv, line 1") && text.contains("name of it"), "\(text)")
    }

    @Test("A catalogue of another data set beside a SASRec text is refused")
    func strangers() throws {
        let catalogue = #"{"schema":"whence.items/1","items":[{"id":"50","token":1}],"users":["ann"]}"#
        for (text, stranger) in [("1 1\n1 2\n", "the item 2"), ("1 1\n2 1\n", "the user 2")] {
            let files = try DatasetFiles(["x.txt": text, "x.items.json": catalogue])
            let error = #expect(throws: AnnotationError.self) { try InteractionDataset(path: files("x.txt")) }
            #expect(try #require(error).description.contains(stranger))
        }
    }

    @Test("Nothing at all, and a folder without data")
    func nothing() throws {
        #expect(throws: AnnotationError.missing(path: "/no/such")) {
            try InteractionDataset(path: "/no/such")
        }
        let files = try DatasetFiles(["README": "x"])
        let error = #expect(throws: AnnotationError.self) { try InteractionDataset(path: files.path) }
        #expect(try #require(error).description.contains("ratings.csv"))
    }
}
