import Foundation
import Testing
import WhenceTestSupport

@Suite("whence annotate, killed")
struct AnnotateKillTests {
    /// Texts of different lengths, some of which are none.
    private static func rows(_ count: Int) -> Data {
        let words = ["slow", "never", "dull", "a", "charming", "film", "is", "not", "wooden", "."]
        var text = ""
        for row in 0..<count {
            let chosen = (0..<(1 + row * 7 % 12)).map { words[(row * 31 + $0 * 17) % words.count] }
            text += "{\"id\":\(row),\"text\":\"\(row % 37 == 5 ? "" : chosen.joined(separator: " "))\"}\n"
        }
        return Data(text.utf8)
    }
    private static let rows = rows(240)

    /// A run that is to be killed.
    struct Victim: Sendable {
        var rows: Int
        var kills: Int
        var arguments: [String]
        /// Whether a database is written too.
        var hasDatabase: Bool
    }

    private func command(
        _ folder: TemporaryFolder, _ output: String, _ arguments: [String] = ["--fields", "prediction"]
    ) -> [String] {
        [
            "annotate", "sentiment", "--model", Repository.fixture("models/tf_albert_seqcls/model").path,
            "--input", (folder / "rows.jsonl").path, "-o", output == "-" ? "-" : (folder / output).path,
        ] + arguments + ["--quiet"]
    }

    /// Fifty kills in all.
    private static let victims = [
        Victim(rows: 240, kills: 30, arguments: ["--fields", "prediction"], hasDatabase: false),
        Victim(
            rows: 40, kills: 20, arguments: ["--fields", "graphs", "--max-set-size", "1"], hasDatabase: true),
    ]

    @Test(
        "Killed at fifty random moments, a run that is gone on with ends with the same bytes",
        arguments: victims)
    func kills(_ victim: Victim) throws {
        let folder = try TemporaryFolder()
        try Self.rows(victim.rows).write(to: folder / "rows.jsonl")
        func arguments(_ name: String) -> [String] {
            let database = victim.hasDatabase ? ["--database", (folder / "\(name).db").path] : []
            // A checkpoint every few rows, so that there is something to go on from.
            return command(folder, "\(name).jsonl", victim.arguments) + database + [
                "--checkpoint-interval", "0.01",
            ]
        }
        let clock = ContinuousClock()
        let start = clock.now
        let whole = try BuiltProgram.run(arguments("whole"))
        let duration = (clock.now - start) / .seconds(1)
        #expect(whole.status == 1, "\(whole.error)")

        var generator = SystemRandomNumberGenerator()
        var (kills, inside) = (0, 0)
        while kills < victim.kills {
            let name = "killed-\(kills)"
            // Each run is killed until it is through; a part of the kills falls into starting, resuming and ending.
            while true {
                if try rowsDone(folder / "\(name).jsonl.journal") > 0 { inside += 1 }
                let process = Process()
                process.executableURL = BuiltProgram.path
                process.arguments = arguments(name) + ["--resume"]
                process.standardError = FileHandle.nullDevice
                try process.run()
                if kills < victim.kills {
                    Thread.sleep(forTimeInterval: Double.random(in: 0...(duration * 1.1), using: &generator))
                    kills += 1
                    kill(process.processIdentifier, SIGKILL)
                }
                process.waitUntilExit()
                guard process.terminationReason == .exit else { continue }
                #expect(process.terminationStatus == 1)
                break
            }
            for ending in victim.hasDatabase ? ["jsonl", "db"] : ["jsonl"] {
                #expect(
                    try Data(contentsOf: folder / "\(name).\(ending)")
                        == Data(contentsOf: folder / "whole.\(ending)"),
                    "\(name).\(ending) after \(kills) kills")
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy {
                    $0.hasSuffix(".jsonl") || $0.hasSuffix(".db")
                })
        }
        #expect(inside >= victim.kills / 8, "so many runs went on behind the first row")
    }

    /// The rows that a journal's last whole line says to be done.
    private func rowsDone(_ journal: URL) throws -> Int {
        guard let text = try? String(contentsOf: journal, encoding: .utf8) else { return 0 }
        for line in text.split(separator: "\n").dropFirst().reversed() {
            guard let json = try? JSONSerialization.jsonObject(with: Data(line.dropFirst(9).utf8)),
                let rows = (json as? [String: Any])?["rows"] as? Int
            else { continue }
            return rows
        }
        return 0
    }

    @Test(
        "Ctrl-C and SIGTERM end a run that waits for rows, at once, and the command that goes on is printed",
        arguments: [(SIGINT, 130, "Interrupted"), (SIGTERM, 143, "Terminated")])
    func interrupt(signal: Int32, status: Int32, verb: String) throws {
        let folder = try TemporaryFolder()
        try Self.rows.write(to: folder / "rows.jsonl")
        let whole = try BuiltProgram.run(command(folder, "whole.jsonl"))
        #expect(whole.status == 1)
        let said = try interrupted(
            command(folder, "out.jsonl").filter { $0 != "--quiet" }, folder, after: "out.jsonl.partial",
            by: signal, status: status)
        #expect(said.hasPrefix("whence: finishing the rows in hand; Ctrl-C again ends now\n"), "\(said)")
        #expect(said.contains("whence: \(verb) after "), "\(said)")
        #expect(said.contains(", with the same stream from its start as the input:\n  "), "\(said)")
        #expect(said.contains("\n  \(BuiltProgram.path.path) annotate sentiment --model "), "\(said)")
        #expect(said.hasSuffix("out.jsonl --fields prediction --resume\n"), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: (folder / "out.jsonl").path))
        // The same rows from the standard input once more.
        let again = command(folder, "out.jsonl").map { $0.hasSuffix("rows.jsonl") ? "-" : $0 }
        let rest = try BuiltProgram.run(again + ["--resume"], input: Self.rows)
        #expect(rest.status == 1, "\(rest.error)")
        #expect(try Data(contentsOf: folder / "out.jsonl") == Data(contentsOf: folder / "whole.jsonl"))
    }

    @Test("Where records are streamed, Ctrl-C does not speak of going on")
    func interruptedStream() throws {
        let folder = try TemporaryFolder()
        let arguments = command(
            folder, "-", ["--fields", "prediction", "--database", (folder / "x.db").path])
        let said = try interrupted(arguments, folder, after: "stdout", by: SIGINT, status: 130)
        #expect(
            said.contains("written to the standard output; \((folder / "x.db").path) is not finished"),
            "\(said)")
        #expect(!said.contains("--resume"), "\(said)")
        let again = try BuiltProgram.run(
            arguments.map { $0.hasSuffix("rows.jsonl") ? "-" : $0 }, input: Self.rows)
        #expect(again.status == 73)
        #expect(again.error.contains("no journal to go on from; --force starts anew"), "\(again.error)")
    }

    /// Runs a command that a signal ends once a file of it has grown, and gives what it says.
    ///
    /// - Parameter file: a name in the folder; `stdout` is the standard output.
    private func interrupted(
        _ arguments: [String], _ folder: TemporaryFolder, after file: String, by signal: Int32, status: Int32
    ) throws -> String {
        // The program is given a part of the rows, and half a row, and waits for the others when the signal comes.
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments = arguments.map { $0.hasSuffix("rows.jsonl") ? "-" : $0 }
        let (input, error) = (Pipe(), Pipe())
        process.standardInput = input
        try Data().write(to: folder / "stdout")
        process.standardOutput = try FileHandle(forWritingTo: folder / "stdout")
        process.standardError = error
        try process.run()
        let first = try #require(Self.rows.range(of: Data("{\"id\":60,".utf8))).upperBound
        try input.fileHandleForWriting.write(contentsOf: Self.rows[..<first])
        func size() -> Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: (folder / file).path)
            return (attributes?[.size] as? NSNumber)?.intValue ?? 0
        }
        while process.isRunning, size() == 0 { Thread.sleep(forTimeInterval: 0.005) }
        kill(process.processIdentifier, signal)
        // Nothing more is written, and the pipe stays open.
        let said = String(decoding: try error.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        try input.fileHandleForWriting.close()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == status, "\(said)")
        return said
    }
}
