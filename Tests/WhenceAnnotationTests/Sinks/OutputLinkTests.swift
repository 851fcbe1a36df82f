import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Outputs that are links")
struct OutputLinkTests {
    private static let names = ["out.jsonl", "out.db"]

    /// A run whose outputs are links into a folder beside them.
    private static func linked(_ count: Int) throws -> OutputRun {
        var run = try OutputRun(count)
        run.writesDatabase = true
        try FileManager.default.createDirectory(
            at: run.folder / "far", withIntermediateDirectories: false)
        for name in names { try link(run.folder / name, to: "far/real-\(name)") }
        return run
    }

    private static func link(_ place: URL, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
    }

    /// Names in the folder that the links lead to.
    private func far(_ run: OutputRun) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: (run.folder / "far").path).sorted()
    }

    private func expectLinks(_ run: OutputRun) throws {
        for name in Self.names {
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: (run.folder / name).path)
                    == "far/real-\(name)")
        }
    }

    @Test("A link stays, what it leads to is written, and a run is gone on with by either name")
    func annotation() throws {
        var expected = try OutputRun(60)
        expected.writesDatabase = true
        try expected.run(.new)
        var run = try Self.linked(60)
        try run.run(.new, until: 35)
        #expect(
            try far(run) == [
                "real-out.db.partial", "real-out.jsonl.journal", "real-out.jsonl.partial",
            ])
        try run.run(.resuming, until: 45)
        let byLinks = run.plan(.resuming)
        let direct = OutputPlan(
            records: (run.folder / "far/real-out.jsonl").path,
            database: (run.folder / "far/real-out.db").path,
            start: .resuming)
        #expect(
            byLinks != direct && byLinks.behindLinks.journal?.hasSuffix("far/real-out.jsonl.journal") == true)
        guard
            case .ready(let output, let position?) = try AnnotationOutput<Tally>.open(
                direct, identity: run.identity)
        else {
            Issue.record("the run is not gone on with")
            return
        }
        #expect(position.rows == 45)
        var tally = position.tally
        for row in run.rows[45...] {
            try output.append(row)
            tally.add(row)
        }
        try output.finish(tally)
        try expectLinks(run)
        #expect(try far(run) == ["real-out.db", "real-out.jsonl"])
        #expect(try run.bytes("out.jsonl") == expected.bytes("out.jsonl"))
        #expect(try DatabaseContent(run.database).dump() == DatabaseContent(expected.database).dump())
        // What the links lead to is there now, and is replaced only when that is asked for.
        #expect(throws: AnnotationError.self) { try run.run(.new) }
        try run.run(.replacing)
        try expectLinks(run)
        #expect(try run.bytes("out.jsonl") == expected.bytes("out.jsonl"))
        #expect(try run.files() == ["far", "out.db", "out.jsonl"])
    }

    @Test(
        "Merged records and databases go where a link leads", arguments: ["out.jsonl", "out.db"],
        [true, false])
    func merging(name: String, exists: Bool) throws {
        let whole = try OutputRun(12)
        let isDatabase = name.hasSuffix(".db")
        let plan = OutputPlan(
            records: isDatabase ? nil : whole.records, database: isDatabase ? whole.database : nil,
            start: .new)
        guard case .ready(let output, _) = try AnnotationOutput<Tally>.open(plan, identity: whole.identity)
        else {
            Issue.record("the part is not begun")
            return
        }
        for row in whole.rows { try output.append(row) }
        try output.finish(Tally())

        let run = try Self.linked(0)
        if exists { try Data("old".utf8).write(to: run.folder / "far/real-\(name)") }
        let merge = ShardMerge(
            parts: [(whole.folder / name).path], output: (run.folder / name).path, replaces: exists)
        #expect(try merge.run().rows == 12)
        try expectLinks(run)
        #expect(try far(run) == ["real-\(name)"])
        #expect(try run.bytes(name).count > 1_000)
    }

    @Test("Links that lead in a circle, or into a folder that does not exist, are refused and stay")
    func nowhere() throws {
        let run = try OutputRun(3)
        try Self.link(run.folder / "out.jsonl", to: "out.db")
        try Self.link(run.folder / "out.db", to: "out.jsonl")
        var error = #expect(throws: AnnotationError.self) { try run.run(.replacing) }
        #expect(
            error?.description.hasSuffix("out.jsonl: cannot be written: its links lead in a circle.") == true)
        #expect(try run.files() == ["out.db", "out.jsonl"])
        let other = try OutputRun(3)
        try Self.link(other.folder / "out.jsonl", to: "none/out.jsonl")
        error = #expect(throws: AnnotationError.self) { try other.run(.new) }
        #expect(error?.description.contains("none does not exist") == true, "\(String(describing: error))")
        #expect(try other.files() == ["out.jsonl"])
    }
}
