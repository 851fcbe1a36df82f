import Foundation
import Testing
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Packed inputs")
struct PackedInputTests {
    private static func fixture(_ ending: String) throws -> [UInt8] {
        try Array(Data(contentsOf: Repository.fixture("rows/reviews.jsonl\(ending)")))
    }

    private func read(_ bytes: [UInt8], name: String = "a.jsonl") throws -> (
        rows: [InputRow], error: AnnotationError?
    ) {
        let folder = try RowFolder([name: bytes])
        var found: [InputRow] = []
        do throws(AnnotationError) {
            var reader = try RowReader(
                path: folder.path(name), format: .jsonLines, question: .text(field: nil))
            do throws(AnnotationError) {
                while let row = try reader.next() { found.append(row) }
            } catch {
                #expect(throws: Never.self) { try reader.next() == nil }
                throw error
            }
        } catch {
            return (found, error)
        }
        return (found, nil)
    }

    @Test("Several files in a row are one", arguments: [".gz", ".zst"])
    func joined(ending: String) throws {
        let one = try Self.fixture(ending)
        let (rows, error) = try read(one + one + one)
        #expect(error == nil && rows.count == 24 && rows.map(\.place.line) == (1...24).map { $0 })
        #expect(rows[..<8].map(\.text) == rows[16...].map(\.text))
    }

    @Test("Zero bytes behind a gzip file are padding")
    func padding() throws {
        let one = try Self.fixture(".gz")
        let (rows, error) = try read(one + Array(repeating: 0, count: 1000))
        #expect(error == nil && rows.count == 8)
        #expect(try read(one + [0, 0, 0] + one).rows.count == 16)
    }

    @Test("A skippable frame of zstd is skipped")
    func skippable() throws {
        let frame: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let one = try Self.fixture(".zst")
        #expect(try read(frame + one + frame).rows.count == 8)
    }

    @Test(
        "A file that is cut off anywhere gives the rows before, and the line where it ends",
        arguments: [".gz", ".zst"])
    func truncated(ending: String) throws {
        let whole = try Self.fixture(ending)
        let text = try Self.fixture("")
        let expected = try rows(text, .jsonLines)
        for count in stride(from: 4, to: whole.count, by: 7) {
            let (found, error) = try read(Array(whole[..<count]))
            #expect(found.map(\.summary) == expected.prefix(found.count).map(\.summary))
            switch error {
            // Cut just between two members, the file is whole, but not all of the text is there.
            case nil: #expect(found.count <= expected.count)
            case .line(_, let line, let reason):
                #expect(line == found.count + 1 && reason.contains("ends in the middle"), "\(reason)")
            case let error?: Issue.record("\(error)")
            }
        }
    }

    @Test("A file that is damaged anywhere is never read as another text", arguments: [".gz", ".zst"])
    func damaged(ending: String) throws {
        let whole = try Self.fixture(ending)
        let expected = try rows(try Self.fixture(""), .jsonLines).map(\.summary)
        var errors = 0
        for place in 4..<whole.count {
            var bytes = whole
            bytes[place] ^= 0x55
            let (found, error) = try read(bytes)
            if error != nil { errors += 1 }
            // zstd frames need not have a checksum, so that literals may be others.
            if ending == ".gz", error == nil { #expect(found.map(\.summary) == expected, "byte \(place)") }
        }
        #expect(errors > whole.count / 5, "\(errors) of \(whole.count)")
    }

    @Test(
        "Garbage behind a packed text is an error on the line behind it",
        arguments: [(".gz", "gzip file is damaged"), (".zst", "zstd file is damaged")])
    func garbage(ending: String, mention: String) throws {
        let (rows, error) = try read(try Self.fixture(ending) + Array("and more".utf8))
        #expect(rows.count == 8)
        guard case .line(_, 9, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains(mention), "\(reason)")
    }

    @Test(
        "What is not read says so, and what to do",
        arguments: [
            ([0x50, 0x4B, 3, 4, 0], "ZIP"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz -d"),
            ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], "bzip2 -d"),
            (Array("PAR1".utf8) + [0x15, 4], "Parquet"), ([0xFF, 0xFE, 0x61, 0], "iconv"),
        ] as [([UInt8], String)])
    func unread(bytes: [UInt8], mention: String) throws {
        let (rows, error) = try read(bytes)
        #expect(rows.isEmpty && error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("A file that fails while it is read gives the rows before")
    func failing() throws {
        let source = PiecedBytes(
            Array("one\ntwo\nthr".utf8), size: 4, fault: .unreadable("Input/output error"))
        var reader = try RowReader(
            ByteStream(source, name: "disk"), format: .lines, question: .text(field: nil))
        #expect(try reader.next()?.text == "one")
        #expect(try reader.next()?.text == "two")
        #expect(throws: AnnotationError.unreadable(path: "disk", reason: "Input/output error")) {
            try reader.next()
        }
        #expect(try reader.next() == nil)
    }

    @Test("A row of a pipe is there before the next is written", .timeLimit(.minutes(1)))
    func pipes() throws {
        let pipe = Pipe()
        let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        try pipe.fileHandleForWriting.write(contentsOf: Data("a\n".utf8))
        var reader = try RowReader(path: path, question: .text(field: nil))
        #expect(reader.format == .lines && reader.progress == nil)
        #expect(try reader.next()?.text == "a")
        #expect(!reader.isReady)
        try pipe.fileHandleForWriting.write(contentsOf: Data("b\n".utf8))
        #expect(try reader.isReady && reader.next()?.text == "b")
        try pipe.fileHandleForWriting.close()
        #expect(try reader.next() == nil)
    }

    @Test("A missing file, a folder without texts, and a folder read as a file are errors")
    func missing() throws {
        let folder = try RowFolder(["a.md": [0x61]])
        let question = RowQuestion.text(field: nil)
        #expect(throws: AnnotationError.missing(path: folder.path("none.csv"))) {
            try RowReader(path: folder.path("none.csv"), question: question)
        }
        #expect(throws: AnnotationError.self) { try RowReader(path: folder.path, question: question) }
        #expect(throws: AnnotationError.self) {
            try RowReader(path: folder.path, format: .csv, question: question)
        }
        #expect(throws: AnnotationError.self) {
            try RowReader(path: folder.path("a.md"), format: .folder, question: question)
        }
    }

    @Test("Interactions are read packed, too", arguments: [".gz", ".zst"])
    func interactions(ending: String) throws {
        let bytes = try Array(Data(contentsOf: Repository.fixture("rows/ratings.csv\(ending)")))
        let folder = try RowFolder(["ratings.csv\(ending)": bytes])
        let dataset = try InteractionDataset(path: folder.path("ratings.csv\(ending)"))
        #expect(dataset.users == ["7", "ann"] && dataset.interactionCount == 5)
    }
}
