import Foundation
import Testing
import WhenceTestSupport

@Suite("A limit of addresses")
struct AddressLimitTests {
    /// A training run that goes on until it is killed.
    private static func start(limit: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "ulimit -v \(limit); exec \"$0\" lab train --steps 1000000 --batch 64 --threads 3 --quiet",
            BuiltProgram.path.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Heaps that glibc has given to threads: 64 MiB of addresses each, the used beginning in front of the rest.
    private static func heaps(of process: Process) throws -> Int {
        let maps = try String(contentsOfFile: "/proc/\(process.processIdentifier)/maps", encoding: .utf8)
        let places = maps.split(separator: "\n").compactMap { line -> (start: UInt, end: UInt)? in
            let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
            return ends.count == 2 ? (ends[0], ends[1]) : nil
        }
        return zip(places, places.dropFirst()).count { first, second in
            first.start % (64 << 20) == 0 && first.end == second.start && second.end - first.start == 64 << 20
        }
    }

    private static func threads(of process: Process) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/task").count
    }

    @Test("Threads reserve no heaps of their own, which would take the addresses that a model needs")
    func heaps() throws {
        let (free, limited) = (try Self.start(limit: "unlimited"), try Self.start(limit: "16000000"))
        defer { for process in [free, limited] { kill(process.processIdentifier, SIGKILL) } }
        let deadline = ContinuousClock.now + .seconds(30)
        while try Self.heaps(of: free) == 0 || Self.threads(of: limited) < Self.threads(of: free) {
            try #require(ContinuousClock.now < deadline, "the runs did not get under way")
            usleep(20_000)
        }
        // Threads that are there may not have asked for memory yet.
        usleep(300_000)
        #expect(limited.isRunning)
        #expect(try Self.heaps(of: limited) == 0)
    }
}
