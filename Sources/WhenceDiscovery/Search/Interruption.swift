/// The end of a piece of work that makes no tests, as orientation: asked at every step, it looks at the clock now
/// and then only, and once it has come it stays.
///
/// Used by one run, on one task.
final class Interruption {
    private let isDue: () -> Bool
    /// Work since the last look.
    private var work = 0
    /// Whether the work was ended.
    private(set) var hasCome = false

    /// Work between two looks: some tens of microseconds of set operations.
    private static let interval = 256

    /// - Parameter isDue: Looks at the clock, at cancellation, at whatever ends the work.
    init(_ isDue: @escaping () -> Bool) { self.isDue = isDue }

    /// Whether the work is to end now.
    ///
    /// - Parameter work: Set operations since the last call, about.
    func comes(after work: Int = 1) -> Bool {
        guard !hasCome else { return true }
        self.work += work
        if self.work >= Self.interval {
            self.work = 0
            hasCome = isDue()
        }
        return hasCome
    }
}
