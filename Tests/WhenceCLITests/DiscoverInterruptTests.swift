import Foundation
import Testing
import WhenceTestSupport

@Suite("Ctrl-C in whence discover")
struct DiscoverInterruptTests {
    /// Correlations of 40 variables with four common causes: far more tests than anyone waits for.
    private static let correlations: String = {
        var state: UInt64 = 99
        func number() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 23) - 1
        }
        let loads = (0..<40).map { _ in (0..<4).map { _ in number() } }
        return loads.indices.map { i in
            loads.indices.map { j in
                func product(_ a: [Double], _ b: [Double]) -> Double {
                    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
                }
                let scale = ((product(loads[i], loads[i]) + 0.5) * (product(loads[j], loads[j]) + 0.5))
                    .squareRoot()
                return i == j ? "1" : "\(product(loads[i], loads[j]) / scale)"
            }.joined(separator: ",")
        }.joined(separator: "\n")
    }()

    /// Starts a search that does not end, and waits until it listens to Ctrl-C.
    private func start(_ folder: TemporaryFolder, _ options: [String] = []) throws -> Process {
        try Data(Self.correlations.utf8).write(to: folder / "corr.csv")
        try Data().write(to: folder / "out")
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments =
            [
                "discover", "--correlation", (folder / "corr.csv").path, "--samples", "1000000",
                "--algorithm",
                "fci",
            ] + options
        process.standardOutput = try FileHandle(forWritingTo: folder / "out")
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, !Self.listens(process.processIdentifier) { usleep(5_000) }
        return process
    }

    /// Whether a process has a handler for SIGINT, signal 2 and so bit 1 of the mask.
    private static func listens(_ identifier: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
            let mask = UInt64(line.dropFirst("SigCgt:".count).filter { !$0.isWhitespace }, radix: 16)
        else { return false }
        return mask & 0b10 != 0
    }

    @Test("The first ends the search, and the graph so far is printed with what it means")
    func once() throws {
        let folder = try TemporaryFolder()
        let process = try start(folder)
        try #require(process.isRunning)
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        let output = try String(contentsOf: folder / "out", encoding: .utf8)
        #expect(output.contains("# Interrupted"), "\(output.suffix(300))")
        #expect(output.contains("\n# fci, fisher-z, alpha 0.01, 1,000,000 samples: "))
        #expect(output.split(separator: "\n").count { !$0.hasPrefix("#") } > 10, "the edges so far")
    }

    @Test("In a sweep of levels, the graph is printed without the shares of a part of the levels")
    func sweep() throws {
        let folder = try TemporaryFolder()
        // Five minutes of levels, after a tenth of a second for the graph itself.
        let levels = (1...3_000).map { "\(Double($0) / 10_000)" }.joined(separator: ",")
        let process = try start(
            folder, ["--time-limit", "0.1", "--alpha-sweep", levels, "--format", "json", "--quiet"])
        usleep(2_000_000)
        try #require(process.isRunning)
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        let output = try String(contentsOf: folder / "out", encoding: .utf8)
        #expect(output.contains("\"stoppedBy\": \"time\""), "\(output.suffix(300))")
        #expect(!output.contains("stability") && !output.contains("alphaSweep"))
    }

    @Test("A limit on time ends the same search within it, with exit code 0")
    func time() throws {
        let start = ContinuousClock.now
        let run = try BuiltProgram.run(
            [
                "discover", "--correlation", "-", "--samples", "1000000", "--algorithm", "fci",
                "--time-limit", "0.5",
            ], input: Data(Self.correlations.utf8))
        #expect(
            run.status == 0 && run.output.contains("# Ended by the limit on time"),
            "\(run.output.suffix(300))")
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
