/// The end of a piece of work that makes no tests, as orientation: asked at every step, it looks at the clock now
/// and then only, and once it has come it stays.
///
/// Used by one run, on one task.
final class Interruption {
    private let isDue: () -> DiscoveryBound?
    /// Work since the last look.
    private var work = 0
    /// What ended the work; `nil` as long as nothing did.
    private(set) var bound: DiscoveryBound?

    private let interval: Int

    /// - Parameters:
    ///   - interval: Work between two looks; by default some tens of microseconds of set operations.
    ///   - isDue: Looks at the clock, at cancellation, at whatever ends the work.
    init(interval: Int = 256, _ isDue: @escaping () -> DiscoveryBound?) {
        self.interval = interval
        self.isDue = isDue
    }

    /// Whether the work is to end now.
    ///
    /// - Parameter work: Set operations since the last call, about.
    func comes(after work: Int = 1) -> Bool {
        guard bound == nil else { return true }
        self.work += work
        if self.work >= interval {
            self.work = 0
            bound = isDue()
        }
        return bound != nil
    }
}
