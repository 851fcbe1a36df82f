import Foundation
import Testing
import WhenceTestSupport

@Suite("whence annotate, killed")
struct AnnotateKillTests {
    private static let rowCount = 240

    /// Texts of different lengths, some of which are none.
    private static let rows: Data = {
        let words = ["slow", "never", "dull", "a", "charming", "film", "is", "not", "wooden", "."]
        var text = ""
        for row in 0..<rowCount {
            let chosen = (0..<(1 + row * 7 % 12)).map { words[(row * 31 + $0 * 17) % words.count] }
            text += "{\"id\":\(row),\"text\":\"\(row % 37 == 5 ? "" : chosen.joined(separator: " "))\"}\n"
        }
        return Data(text.utf8)
    }()

    private func command(_ folder: TemporaryFolder, _ output: String) -> [String] {
        [
            "annotate", "sentiment", "--model", Repository.fixture("models/tf_albert_seqcls/model").path,
            "--input", (folder / "rows.jsonl").path, "-o", (folder / output).path, "--fields", "prediction",
            "--quiet",
        ]
    }

    @Test("Killed at fifty random moments, a run that is gone on with ends with the same bytes")
    func kills() throws {
        let folder = try TemporaryFolder()
        try Self.rows.write(to: folder / "rows.jsonl")
        let clock = ContinuousClock()
        let start = clock.now
        let whole = try BuiltProgram.run(command(folder, "whole.jsonl"))
        let duration = (clock.now - start) / .seconds(1)
        #expect(whole.status == 1, "\(whole.error)")
        let expected = try Data(contentsOf: folder / "whole.jsonl")

        var generator = SystemRandomNumberGenerator()
        var kills = 0
        while kills < 50 {
            let output = "killed-\(kills).jsonl"
            // Each run is killed until it is through; a part of the kills falls into starting, resuming and ending.
            while true {
                let process = Process()
                process.executableURL = BuiltProgram.path
                process.arguments = command(folder, output) + ["--resume"]
                process.standardError = FileHandle.nullDevice
                try process.run()
                if kills < 50 {
                    Thread.sleep(forTimeInterval: Double.random(in: 0...(duration * 1.1), using: &generator))
                    kills += 1
                    kill(process.processIdentifier, SIGKILL)
                }
                process.waitUntilExit()
                if process.terminationReason == .exit { break }
            }
            #expect(try Data(contentsOf: folder / output) == expected, "\(output) after \(kills) kills")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.url.path).allSatisfy {
                    !$0.hasSuffix(".journal") && !$0.hasSuffix(".partial")
                })
        }
    }

    @Test(
        "Ctrl-C and SIGTERM end a run that waits for rows, at once, and the command that goes on is printed",
        arguments: [(SIGINT, 130, "Interrupted"), (SIGTERM, 143, "Terminated")])
    func interrupt(signal: Int32, status: Int32, verb: String) throws {
        let folder = try TemporaryFolder()
        try Self.rows.write(to: folder / "rows.jsonl")
        let whole = try BuiltProgram.run(command(folder, "whole.jsonl"))
        #expect(whole.status == 1)
        // The program is given a part of the rows, and half a row, and waits for the others when the signal comes.
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments = command(folder, "out.jsonl").filter { $0 != "--quiet" }
            .map { $0.hasSuffix("rows.jsonl") ? "-" : $0 }
        let (input, error) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardError = error
        try process.run()
        let first = try #require(Self.rows.range(of: Data("{\"id\":60,".utf8))).upperBound
        try input.fileHandleForWriting.write(contentsOf: Self.rows[..<first])
        let partial = (folder / "out.jsonl.partial").path
        func size() -> Int {
            ((try? FileManager.default.attributesOfItem(atPath: partial))?[.size] as? NSNumber)?.intValue ?? 0
        }
        while process.isRunning, size() == 0 { Thread.sleep(forTimeInterval: 0.005) }
        kill(process.processIdentifier, signal)
        // Nothing more is written, and the pipe stays open.
        let said = String(decoding: try error.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        try input.fileHandleForWriting.close()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == status, "\(said)")
        #expect(said.hasPrefix("whence: finishing the rows in hand; Ctrl-C again ends now\n"), "\(said)")
        #expect(said.contains("whence: \(verb) after "), "\(said)")
        #expect(said.contains(", with the same stream from its start as the input:\n  "), "\(said)")
        #expect(said.contains("\n  \(BuiltProgram.path.path) annotate sentiment --model "), "\(said)")
        #expect(said.hasSuffix("out.jsonl --fields prediction --resume\n"), "\(said)")
        #expect(!FileManager.default.fileExists(atPath: (folder / "out.jsonl").path))
        // The same rows from the standard input once more: a stream cannot be told from another.
        let again = command(folder, "out.jsonl").map { $0.hasSuffix("rows.jsonl") ? "-" : $0 }
        let rest = try BuiltProgram.run(again + ["--resume"], input: Self.rows)
        #expect(rest.status == 1, "\(rest.error)")
        #expect(try Data(contentsOf: folder / "out.jsonl") == Data(contentsOf: folder / "whole.jsonl"))
    }
}
