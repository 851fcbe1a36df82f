/// The time spent on each of several inputs that are explained together.
///
/// All time from the start on is charged to somebody: work on one input to that one, work shared by several in
/// proportion to their parts in it. A single input is charged everything that passes.
struct SharedClock {
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant
    private var spent: [Duration]
    private let limit: Duration?

    /// - Parameters:
    ///   - count: how many inputs there are.
    ///   - limit: seconds that may be spent on each; `nil` for no limit.
    init(count: Int, limit: Double?) {
        last = clock.now
        spent = Array(repeating: .zero, count: count)
        self.limit = limit.map { .seconds($0) }
    }

    /// Charges the time since the last charge to one input.
    mutating func charge(_ input: Int) {
        spent[input] += lap()
    }

    /// Charges the time since the last charge to several inputs.
    ///
    /// - Parameter parts: how much of the work was each one's, in any unit; nobody is charged when all are 0.
    mutating func charge(_ parts: [(input: Int, part: Int)]) {
        let all = parts.reduce(0) { $0 + $1.part }
        guard all > 0 else { return }
        let time = lap()
        for (input, part) in parts { spent[input] += time * (Double(part) / Double(all)) }
    }

    /// What is left of an input's time, the time since the last charge taken for its own; `nil` without a limit.
    func remaining(_ input: Int) -> Duration? {
        limit.map { max(.zero, $0 - spent[input] - last.duration(to: clock.now)) }
    }

    /// Whether an input's time is up.
    func isOver(_ input: Int) -> Bool {
        limit.map { spent[input] >= $0 } ?? false
    }

    /// The time that an input was charged.
    func milliseconds(_ input: Int) -> Double { spent[input] / .milliseconds(1) }

    private mutating func lap() -> Duration {
        let now = clock.now
        defer { last = now }
        return last.duration(to: now)
    }
}
