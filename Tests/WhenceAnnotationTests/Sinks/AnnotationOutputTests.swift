import Foundation
import Testing
import WhenceExplanation
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Outputs and their journal")
struct AnnotationOutputTests {
    /// What a run that nothing disturbs writes.
    private func undisturbed(_ count: Int) throws -> Data {
        let run = try OutputRun(count)
        let tally = try run.run(.new)
        #expect(tally == Tally(rows: count, failed: (0..<count).count { $0 % 7 == 3 }))
        #expect(try run.files() == ["out.jsonl"])
        return try run.bytes("out.jsonl")
    }

    @Test("A run writes one record a row, under the output's name only at its end")
    func whole() throws {
        let run = try OutputRun(95)
        let (output, position) = try #require(try run.open(.new))
        #expect(position == nil)
        for row in run.rows { try output.append(row) }
        #expect(try run.files() == ["out.jsonl.journal", "out.jsonl.partial"])
        try output.finish(Tally())
        var encoder = RecordEncoder(task: .sentiment, detail: .graphs)
        var json = JSONBytes()
        for row in run.rows { try encoder.append(row, to: &json) }
        #expect(try run.bytes("out.jsonl") == Data(json.bytes))
        #expect(try run.files() == ["out.jsonl"])
    }

    @Test("A run goes on where it was stopped, and counts on from there", arguments: [0, 1, 10, 37, 95])
    func resumes(stop: Int) throws {
        let run = try OutputRun(95)
        try run.run(.new, until: stop)
        #expect(try run.files() == ["out.jsonl.journal", "out.jsonl.partial"])
        let (output, position) = try #require(try run.open(.resuming))
        #expect(position?.rows ?? 0 == stop)
        var tally = position?.tally ?? Tally()
        for row in run.rows[stop...] {
            try output.append(row)
            tally.add(row)
        }
        try output.finish(tally)
        #expect(tally.rows == 95)
        #expect(try run.bytes("out.jsonl") == undisturbed(95))
    }

    @Test("Wherever a kill cuts the journal and the records, the run comes out with the same bytes")
    func everyCut() throws {
        func small() throws -> OutputRun {
            var run = try OutputRun(9)
            run.commitEvery = 2
            run.identity.detail = .prediction
            return run
        }
        let (whole, run) = (try small(), try small())
        try whole.run(.new)
        let expected = try whole.bytes("out.jsonl")
        try run.run(.new, until: 7)
        let (journal, partial) = (try run.bytes("out.jsonl.journal"), try run.bytes("out.jsonl.partial"))
        let lines = journal.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 5)
        // From before the third last checkpoint to after the last.
        let first = journal.count - lines.suffix(3).map { $0.count + 1 }.reduce(0, +)
        for length in first...journal.count {
            // What was written after the last whole checkpoint may be there, in part, or not.
            let last = journal.prefix(length).count { $0 == UInt8(ascii: "\n") } - 1
            let bytes = try checkpointBytes(lines[last])
            let size = [bytes, bytes + (partial.count - bytes) / 2, partial.count][length % 3]
            let again = try small()
            try again.write(journal.prefix(length), "out.jsonl.journal")
            try again.write(partial.prefix(size), "out.jsonl.partial")
            try again.run(.resuming)
            #expect(try again.bytes("out.jsonl") == expected, "journal cut at \(length), records at \(size)")
            #expect(try again.files() == ["out.jsonl"])
        }
    }

    private func checkpointBytes(_ line: Data) throws -> Int {
        let json = try JSONSerialization.jsonObject(with: Data(line.dropFirst(9))) as? [String: Any]
        return try #require(json?["bytes"] as? Int)
    }

    @Test("A kill in the journal's first line loses nothing: the run begins")
    func tornHeader() throws {
        let run = try OutputRun(12)
        try run.run(.new, until: 5)
        let header = try #require(run.bytes("out.jsonl.journal").split(separator: UInt8(ascii: "\n")).first)
        for length in [0, 1, 9, header.count] {
            let again = try OutputRun(12)
            try again.write(header.prefix(length), "out.jsonl.journal")
            try again.run(.resuming)
            #expect(try again.bytes("out.jsonl") == undisturbed(12))
        }
        // But where something was written, an empty journal is not believed.
        let odd = try OutputRun(12)
        try odd.write(Data(), "out.jsonl.journal")
        try odd.write(Data("{}\n".utf8), "out.jsonl.partial")
        #expect(throws: AnnotationError.self) { try odd.run(.resuming) }
        #expect(try odd.bytes("out.jsonl.partial") == Data("{}\n".utf8))
    }

    @Test("A kill between the renaming and the journal's removal leaves a run that is done")
    func killedAtTheEnd() throws {
        let run = try OutputRun(12)
        let (output, _) = try #require(try run.open(.new))
        for row in run.rows { try output.append(row) }
        try output.suspend(Tally(rows: 12))
        let (journal, partial) = (try run.bytes("out.jsonl.journal"), try run.bytes("out.jsonl.partial"))
        let last = try #require(String(decoding: journal, as: UTF8.self).split(separator: "\n").last)
            .dropFirst(9)
        let json = last.replacing("\"isWhole\":false", with: "\"isWhole\":true")
        #expect(json != last)
        var checksum = Checksum()
        checksum.add(json.utf8)
        let whole = journal + Data("\(Checksum.text(checksum.value)) \(json)\n".utf8)
        for name in ["out.jsonl", "out.jsonl.partial"] {
            let again = try OutputRun(12)
            try again.write(whole, "out.jsonl.journal")
            try again.write(partial, name)
            #expect(try again.open(.resuming) == nil)
            #expect(try again.files() == ["out.jsonl"])
            #expect(try again.bytes("out.jsonl") == partial)
        }
    }

    @Test("A run that is done is not done again; one that never began begins")
    func resumingNothing() throws {
        let run = try OutputRun(12)
        #expect(try run.run(.resuming)?.rows == 12)
        let bytes = try run.bytes("out.jsonl")
        #expect(try run.run(.resuming) == nil)
        #expect(try run.bytes("out.jsonl") == bytes)
        #expect(try run.files() == ["out.jsonl"])
    }

    @Test("What is there is not touched without being asked")
    func refusals() throws {
        let run = try OutputRun(12)
        try run.write(Data("old".utf8), "out.jsonl")
        #expect(try failure { try run.run(.new) }.contains("out.jsonl: cannot be written: it exists already"))
        #expect(try run.files() == ["out.jsonl"])
        #expect(try run.bytes("out.jsonl") == Data("old".utf8))
        // Replaced only when the new one is whole; resuming remembers that it may be.
        try run.run(.replacing, until: 5)
        #expect(try run.bytes("out.jsonl") == Data("old".utf8))
        try run.run(.resuming)
        #expect(try run.bytes("out.jsonl") == undisturbed(12))

        let begun = try OutputRun(12)
        try begun.run(.new, until: 5)
        let before = try begun.bytes("out.jsonl.partial")
        #expect(try failure { try begun.run(.new) }.contains("--resume goes on with it, --force starts anew"))
        #expect(try begun.bytes("out.jsonl.partial") == before)
        try begun.run(.replacing)
        #expect(try begun.bytes("out.jsonl") == undisturbed(12))
    }

    @Test("Two runs cannot write the same output")
    func locked() throws {
        let run = try OutputRun(12)
        let (output, _) = try #require(try run.open(.new))
        for start in [OutputPlan.Start.new, .replacing, .resuming] {
            #expect(try failure { try run.run(start) }.contains("another run is writing the same output"))
        }
        for row in run.rows { try output.append(row) }
        try output.finish(Tally())
        #expect(try run.bytes("out.jsonl") == undisturbed(12))
    }

    @Test("Another run is refused, and the differences are named")
    func anotherRun() throws {
        var run = try OutputRun(12)
        try run.run(.new, until: 5)
        let partial = try run.bytes("out.jsonl.partial")
        run.identity = try AnnotatedSamples.identity(detail: .prediction, alpha: 0.05)
        run.identity.model.sha256 = "ffff"
        run.identity.options = ["text field": "review", "truncation": "off"]
        run.identity.shard = "1/2"
        run.identity.version = "1.3.0"
        let expected = [
            "the version of Whence was 1.2.3 and is 1.3.0 now",
            "the model's weights (SHA-256) was \(String(repeating: "0af3", count: 16)) and is ffff now",
            "the detail was graphs and is prediction now", "the shard was not given and is 1/2 now",
            "the setting alpha was 0.01 and is 0.05 now", "the text field was text and is review now",
            "the truncation was not given and is off now",
        ]
        let error = #expect(throws: AnnotationError.self) { try run.run(.resuming) }
        #expect(error == .anotherRun(path: run.records + ".journal", differences: expected))
        #expect(try run.bytes("out.jsonl.partial") == partial)
        run.identity = try AnnotatedSamples.identity()
        try run.run(.resuming)
        #expect(try run.bytes("out.jsonl") == undisturbed(12))
    }

    @Test("A journal of weeks stays small, and is as good as a long one")
    func longJournal() throws {
        var run = try OutputRun(9)
        run.identity.options["ballast"] = String(repeating: "x", count: (1 << 20) - 4_000)
        do {
            let (output, _) = try #require(try run.open(.new))
            for row in run.rows[..<7] { try output.append(row) }
            for _ in 0..<50 { try output.commit(Tally(rows: 7, failed: 1)) }
            try output.suspend(Tally(rows: 7, failed: 1))
            #expect(throws: AnnotationError.self, "still locked") { try run.open(.resuming) }
        }
        #expect(try run.bytes("out.jsonl.journal").count <= 1 << 20)
        #expect(try run.files() == ["out.jsonl.journal", "out.jsonl.partial"])
        #expect(try run.run(.resuming) == Tally(rows: 9, failed: 1))
        #expect(try run.bytes("out.jsonl") == undisturbed(9))
    }

    @Test("Foreign, damaged and missing files are refused and left alone")
    func damaged() throws {
        let run = try OutputRun(12)
        try run.run(.new, until: 7)
        let (journal, partial) = (try run.bytes("out.jsonl.journal"), try run.bytes("out.jsonl.partial"))
        func resume(_ journal: Data, _ partial: Data?) throws -> String {
            let again = try OutputRun(12)
            try again.write(journal, "out.jsonl.journal")
            if let partial { try again.write(partial, "out.jsonl.partial") }
            let message = try failure { try again.run(.resuming) }
            #expect(try again.bytes("out.jsonl.journal") == journal)
            if let partial { #expect(try again.bytes("out.jsonl.partial") == partial) }
            return message
        }
        #expect(try resume(Data("hello\nworld\n".utf8), partial).contains("no journal of Whence"))
        #expect(try resume(Data([0xFF, 0x0A, 0x00]), partial).contains("no journal of Whence"))
        var flipped = journal
        flipped[20] ^= 1
        #expect(try resume(flipped, partial).contains("it is damaged"))
        var checksum = Checksum()
        checksum.add("{\"journal\":2}".utf8)
        let newer = Data("\(Checksum.text(checksum.value)) {\"journal\":2}\n".utf8)
        #expect(try resume(newer, partial).contains("another version of Whence"))
        // A checkpoint that is whole and not understood is not passed over: the rows before it would be lost.
        let last = try #require(String(decoding: journal, as: UTF8.self).split(separator: "\n").last)
            .dropFirst(9)
        let (most, least) = ("\"rows\":\(Int.max)", "\"bytes\":-1")
        for json in [
            "{\"rows\":5}"[...], last.replacing(/"rows":\d+/, with: most, maxReplacements: 1),
            last.replacing(/"bytes":\d+/, with: least),
        ] {
            #expect(json != last)
            var strange = Checksum()
            strange.add(json.utf8)
            let later = journal + Data("\(Checksum.text(strange.value)) \(json)\n".utf8)
            #expect(try resume(later, partial).contains("another version of Whence"), "\(json)")
        }
        #expect(try resume(journal, partial.dropLast()).contains("the journal speaks of \(partial.count)"))
        #expect(try resume(journal, nil).contains("the file is gone"))
        var changed = partial
        changed[partial.count - 1] = UInt8(ascii: " ")
        #expect(try resume(journal, changed).contains("no record ends at byte"))
    }

    private func failure(_ body: () throws -> Void) throws -> String {
        "\(try #require(#expect(throws: AnnotationError.self) { try body() }))"
    }
}
