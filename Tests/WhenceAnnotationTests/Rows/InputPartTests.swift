import Foundation
import Testing
import WhenceRendering

@testable import WhenceAnnotation

@Suite("Parts and identity of an input")
struct InputPartTests {
    @Test("The parts of a data set have each of its rows once, with its number", arguments: [1, 2, 3, 16])
    func parts(count: Int) throws {
        let text = (0..<10).map { "row \($0)\n" }.joined() + "\n"
        let whole = try rows(text, .lines)
        var found: [InputRow] = []
        for number in 1...count {
            let stream = ByteStream(PiecedBytes(Array(text.utf8)), name: "data")
            let shard = try #require(Shard(number: number, of: count))
            var source = ShardedRows(
                try RowReader(stream, format: .lines, question: .text(field: nil)), shard: shard)
            let part = try all(&source)
            #expect(part.allSatisfy { $0.index % count == number - 1 })
            #expect(source.name == "data" && source.progress == 1)
            found += part
        }
        #expect(found.sorted { $0.index < $1.index } == whole)
    }

    @Test("A part is written as k/n")
    func arguments() throws {
        let shard = try Shard(argument: "3/16")
        #expect(shard.number == 3 && shard.count == 16 && "\(shard)" == "3/16")
        #expect(try Shard(argument: "1/1").contains(5))
    }

    @Test(
        "A part that there is not says why",
        arguments: [
            ("0/4", "count from 1 to 4"), ("5/4", "count from 1 to 4"), ("1/0", "at least one"),
            ("-1/4", "from 1"),
            ("3", "written as 3/16"), ("3/", "written as"), ("a/b", "written as"), ("1/2/3", "written as"),
            ("", "written as"), ("99999999999999999999/3", "written as"),
            ("1/-9223372036854775808", "at least one"),
        ])
    func wrongArguments(argument: String, mention: String) {
        let error = #expect(throws: ShardFault.self) { try Shard(argument: argument) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("A copy is the same input; another content or length is not")
    func identity() throws {
        let folder = try RowFolder([
            "a": [1, 2, 3], "b": [1, 2, 3], "c": [1, 2, 4], "d": [1, 2, 3, 4], "e": [],
        ])
        let identity = { (name: String) in try #require(try InputIdentity(path: folder.path(name))) }
        let first = try identity("a")
        #expect(first.sha256 == "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")
        #expect(first.path == folder.path("a") && first.byteCount == 3)
        #expect(try first.differences(from: identity("b")).isEmpty)
        #expect(
            try identity("c").differences(from: first) == [
                "the input has the same length, but another content"
            ])
        #expect(try identity("d").differences(from: first) == ["the input had 3 bytes and has 4 now"])
        #expect(try identity("e").byteCount == 0)
        let again = try JSONDecoder().decode(InputIdentity.self, from: JSONEncoder().encode(first))
        #expect(again == first)
        #expect(try InputIdentity(path: "-") == nil && InputIdentity(path: "/dev/null") == nil)
        #expect(throws: AnnotationError.missing(path: folder.path("none"))) { try identity("none") }
    }

    @Test("Of a large file the ends and the length tell, and a copy is the same")
    func largeFile() throws {
        let folder = try RowFolder(["a": []])
        let path = folder.path("a")
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        defer { try? handle.close() }
        // A file of holes takes no room on the disk.
        try handle.truncate(atOffset: 65 << 20)
        let first = try #require(try InputIdentity(path: path))
        #expect(first.byteCount == 65 << 20)
        try handle.seek(toOffset: 30 << 20)
        try handle.write(contentsOf: Data([1]))
        try FileManager.default.setAttributes([.modificationDate: Date.distantPast], ofItemAtPath: path)
        let second = try #require(try InputIdentity(path: path))
        #expect(second.differences(from: first).isEmpty, "what lies between is for the rows to tell")
        try handle.seek(toOffset: 65 << 20 - 1)
        try handle.write(contentsOf: Data([1]))
        let third = try #require(try InputIdentity(path: path))
        #expect(third.differences(from: second).count == 1)
    }

    @Test("The texts of a folder are rows in the order of their paths' bytes; links that loop do no harm")
    func folderRows() throws {
        let folder = try RowFolder([
            "b.txt": Array("b\n".utf8), "B.txt": Array("B".utf8), "a/z.txt": Array("z".utf8),
            "a/y.md": [0x79],
            "a/deep/x.txt": Array("two\nlines".utf8), "ä.txt": [0xFF], "empty.txt": [],
            ".hidden.txt": Array("h".utf8), "C.TXT": Array("C".utf8),
        ])
        for (link, target) in [
            ("a/deep/up", folder.path), ("loop", "loop"), ("a0", folder.path("a")), ("l.txt", "b.txt"),
        ] {
            try FileManager.default.createSymbolicLink(atPath: folder.path(link), withDestinationPath: target)
        }
        var reader = try RowReader(path: folder.path, question: .text(field: nil))
        #expect(reader.format == .folder && reader.progress == 0)
        let found = try all(&reader)
        #expect(
            found.map(\.summary) == [
                #"0 line 0: text "h" [file=".hidden.txt"]"#, #"1 line 0: text "B" [file="B.txt"]"#,
                #"2 line 0: text "C" [file="C.TXT"]"#,
                #"3 line 0: text "two\nlines" [file="a/deep/x.txt"]"#,
                #"4 line 0: text "z" [file="a/z.txt"]"#,
                #"5 line 0: text "b\n" [file="b.txt"]"#, #"6 line 0: empty [file="empty.txt"]"#,
                #"7 line 0: text "b\n" [file="l.txt"]"#, #"8 line 0: invalid-utf8 [file="ä.txt"]"#,
            ])
        #expect(found[3].place.file == folder.path("a/deep/x.txt"))
        #expect(found[3].place.member == "a/deep/x.txt")
        // However the folder is called, what goes into outputs is the same.
        var (there, here) = (RowsDigest(), RowsDigest())
        for row in found { try there.add(row) }
        reader = try RowReader(path: folder.path("a/../"), question: .text(field: nil))
        for row in try all(&reader) {
            try here.add(row)
            #expect(row.place.member == found[row.index].place.member)
        }
        #expect(here == there)
        let identity = try #require(try InputIdentity(path: folder.path))
        #expect(identity.fileCount == 9)
        try folder.write("b.txt", Array("c\n".utf8))
        let changed = try #require(try InputIdentity(path: folder.path))
        #expect(
            changed.differences(from: identity) == ["the input has the same length, but another content"])
    }

    @Test("A packed text in a folder that is damaged is a bad row")
    func damagedText() throws {
        let folder = try RowFolder(["a.txt.gz": [0x1F, 0x8B, 8, 0], "b.txt": Array("b".utf8)])
        var reader = try RowReader(path: folder.path, question: .text(field: nil))
        let found = try all(&reader)
        #expect(found.map { $0.problem?.kind } == [.unreadable, nil])
        #expect(found[0].problem?.reason.contains("cut off") == true)
        #expect(found[0].problem?.reason.hasPrefix("a.txt.gz") == true, "not by the folder's own path")
    }
}
