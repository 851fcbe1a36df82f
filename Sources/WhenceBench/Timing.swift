import Foundation

/// Milliseconds of several runs of the same thing.
struct Timing: Codable {
    /// The middle run, which a busy moment of the machine does not move.
    var median: Double
    /// The fastest run: what the machine can do when nothing else runs.
    var best: Double
    /// Processor time of the middle run, all threads together: what is comparable on a machine that is busy.
    var processor: Double

    /// Runs something a few times to warm up, then measures it.
    init(runs: Int, _ body: () throws -> Void) rethrows {
        for _ in 0..<min(runs, 3) { try body() }
        let wall = ContinuousClock()
        var times: [Double] = []
        var processorTimes: [Double] = []
        for _ in 0..<runs {
            let start = clock()
            let duration = try wall.measure(body)
            processorTimes.append(Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1e3)
            times.append(
                Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) * 1e-15)
        }
        times.sort()
        processorTimes.sort()
        median = times[runs / 2]
        best = times[0]
        processor = processorTimes[runs / 2]
    }
}

extension Double {
    /// The number with so many digits after the point, without any locale's habits.
    func text(digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((self * scale).rounded())
        let whole = scaled / Int(scale)
        guard digits > 0 else { return "\(whole)" }
        let part = "\(scaled % Int(scale))"
        return "\(whole).\(String(repeating: "0", count: digits - part.count))\(part)"
    }
}

extension String {
    /// The text at the right of `width` columns.
    func right(_ width: Int) -> String {
        String(repeating: " ", count: Swift.max(0, width - count)) + self
    }
}
