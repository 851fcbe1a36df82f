import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Outputs that cannot be written")
struct OutputFaultTests {
    private func failure(_ plan: OutputPlan, rows: Int = 200) throws -> String {
        let error = #expect(throws: AnnotationError.self) {
            guard
                case .ready(let output, _) = try AnnotationOutput<Tally>.open(
                    plan, identity: try AnnotatedSamples.identity())
            else { return }
            for row in AnnotatedSamples.rows(0..<rows) { try output.append(row) }
            try output.finish(Tally())
        }
        guard case .unwritable = try #require(error) else {
            Issue.record("\(String(describing: error)) is of another kind")
            return ""
        }
        return "\(try #require(error))"
    }

    @Test("A full disk is said to be full, by a stream as by a file")
    func fullDevice() throws {
        let folder = try TemporaryFolder()
        let link = (folder / "out.jsonl").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
        for path in ["/dev/full", link] {
            let message = try failure(OutputPlan(records: path, start: .new))
            #expect(message == "\(path): cannot be written: no space left on device.")
        }
        // A device is written to and not replaced.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["out.jsonl"])
    }

    @Test("What ends a run keeps what was written before, and the run goes on from there")
    func endsAndResumes() throws {
        let expected = try OutputRun(60)
        try expected.run(.new)
        let run = try OutputRun(60)
        do {
            let (output, _) = try #require(try run.open(.new))
            var tally = Tally()
            for row in run.rows[..<35] {
                try output.append(row)
                tally.add(row)
            }
            try output.commit(tally)
            // As a full disk does to a write: half of it is there.
            for row in run.rows[35..<40] { try output.append(row) }
            try output.suspend(Tally(rows: 40, failed: 6))
        }
        var partial = try run.bytes("out.jsonl.partial")
        partial.removeLast(70)
        let lines = try run.bytes("out.jsonl.journal").split(separator: UInt8(ascii: "\n"))
        try run.write(partial, "out.jsonl.partial")
        try run.write(
            Data(lines.dropLast().joined(separator: [UInt8(ascii: "\n")]) + Data("\nab12".utf8)),
            "out.jsonl.journal")
        #expect(try run.run(.resuming)?.rows == 60)
        #expect(try run.bytes("out.jsonl") == expected.bytes("out.jsonl"))
    }

    @Test("Places where no file can be are refused before anything is done")
    func places() throws {
        let folder = try TemporaryFolder()
        let path = { (name: String) in (folder / name).path }
        try FileManager.default.createDirectory(atPath: path("a"), withIntermediateDirectories: false)
        #expect(try failure(OutputPlan(records: path("a"), start: .new)).hasSuffix("it is a folder."))
        #expect(
            try failure(OutputPlan(records: nil, database: path("a"), start: .replacing)).hasSuffix(
                "it is a folder."))
        #expect(
            try failure(OutputPlan(records: path("b/c"), start: .new)).contains("the folder \(path("b"))"))
        #expect(
            try failure(OutputPlan(records: path("x.jsonl.gz"), start: .new)).contains("name it without .gz"))
        #expect(try failure(OutputPlan(records: path("x.ZST"), start: .new)).contains("name it without .zst"))
        #expect(
            try failure(OutputPlan(records: nil, database: "-", start: .new)).contains("can only be a file"))
        #expect(
            try failure(OutputPlan(records: path("x"), database: path("a/../x"), start: .new)).contains(
                "the same file"))
        #expect(try failure(OutputPlan(records: "-", start: .resuming)).contains("cannot be gone on with"))
        // Nobody may make files here, not even the superuser.
        #expect(
            try failure(OutputPlan(records: "/proc/out.jsonl", start: .new)).contains(
                "/proc/out.jsonl.journal"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a"])
    }

    @Test("A reader that goes away ends the run with an error, where the signal is not the end")
    func closedPipe() throws {
        // As the command line has it: otherwise the signal ends the process.
        signal(SIGPIPE, SIG_IGN)
        let folder = try TemporaryFolder()
        let path = (folder / "pipe").path
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        #expect(reader >= 0)
        guard
            case .ready(let output, _) = try AnnotationOutput<Tally>.open(
                OutputPlan(records: path, start: .new), identity: try AnnotatedSamples.identity())
        else { return }
        close(reader)
        let error = #expect(throws: AnnotationError.self) {
            for row in AnnotatedSamples.rows(0..<10) { try output.append(row) }
            try output.suspend(Tally())
        }
        #expect(error == .unwritable(path: path, reason: "broken pipe"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["pipe"])
    }
}
