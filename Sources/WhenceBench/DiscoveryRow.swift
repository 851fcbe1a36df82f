import Foundation
import WhenceDiscovery

/// What one algorithm did with one input.
struct DiscoveryRow: Encodable {
    var algorithm: String
    var input: String
    var tokens: Int
    var samples: Int
    /// Seconds of processor time: the middle run, and the fastest.
    var median: Double
    var minimum: Double
    var runs: Int
    var tests: Int
    var testsPerSecond: Double
    var edges: Int
    var status: String
    var stoppedBy: String?
    var stoppedIn: String?
    var isOriented: Bool
    /// Largest resident size of the process so far, in MiB; `nil` where the system does not tell.
    var peakMemory: Int?

    /// Runs an algorithm some times; once, when that takes more than half a second.
    init(
        _ name: String, _ input: DiscoveryCase, _ algorithm: any DiscoveryAlgorithm, _ test: FisherZTest,
        runs: Int
    ) throws {
        func time() throws -> (Double, DiscoveryResult) {
            let start = clock()
            let result = try algorithm.run(test)
            return (Double(clock() - start) / Double(CLOCKS_PER_SEC), result)
        }
        let (first, result) = try time()
        var times = [first]
        while times.count < runs, first < 0.5 { times.append(try time().0) }
        times.sort()
        (self.algorithm, self.input) = (name, input.name)
        (tokens, samples) = (input.tokens, input.samples)
        (median, minimum, self.runs) = (times[times.count / 2], times[0], times.count)
        tests = result.testCounts.reduce(0, +)
        testsPerSecond = minimum > 0 ? (Double(tests) / minimum).rounded() : 0
        edges = result.graph.edgeCount
        status = "\(result.status)"
        (stoppedBy, stoppedIn) = (result.stoppedBy?.rawValue, result.stoppedIn?.rawValue)
        isOriented = result.isOriented
        peakMemory = Self.peakMemory()
    }

    /// `VmHWM` of `/proc/self/status`, which counts in KiB.
    private static func peakMemory() -> Int? {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").compactMap { Int($0) }.first.map { $0 / 1_024 }
    }

    static let heading =
        "case             algorithm     median ms     min ms        tests  million/s  edges    MiB  status"

    /// The row under the heading.
    var text: String {
        input.padding(toLength: 17, withPad: " ", startingAt: 0)
            + algorithm.padding(toLength: 11, withPad: " ", startingAt: 0)
            + (median * 1e3).text(digits: 2).right(12) + (minimum * 1e3).text(digits: 2).right(11)
            + "\(tests)".right(13) + (testsPerSecond / 1e6).text(digits: 1).right(11) + "\(edges)".right(7)
            + (peakMemory.map { "\($0)" } ?? "").right(7) + "  " + outcome
    }

    private var outcome: String {
        guard let stoppedBy, let stoppedIn else { return status }
        return "\(status): \(stoppedBy), in \(stoppedIn)" + (isOriented ? "" : "; not all marks")
    }

    /// The row as one line of JSON.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
