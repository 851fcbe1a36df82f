/// The time of one run: when its search has to end, when its orientation has, and when progress is told next.
///
/// Of a limit on time the search gets nine tenths; what it leaves goes to the orientation, so that a search that is
/// cut off still ends with an oriented graph, within the limit. A cancelled run is given a quarter of a second for it.
final class SessionClock {
    private let progress: DiscoveryProgressHandler?
    private let start: ContinuousClock.Instant
    private let searchEnd: ContinuousClock.Instant?
    private let end: ContinuousClock.Instant?
    private var cancellationEnd: ContinuousClock.Instant?
    private var now: ContinuousClock.Instant
    private var nextProgress: ContinuousClock.Instant

    private static let progressInterval = Duration.milliseconds(100)
    private static let timeAfterCancellation = Duration.milliseconds(250)

    init(limit: Duration?, progress: DiscoveryProgressHandler?) {
        self.progress = progress
        let start = ContinuousClock.now
        (self.start, now) = (start, start)
        searchEnd = limit.map { start.advanced(by: $0 / 10 * 9) }
        end = limit.map { start.advanced(by: $0) }
        nextProgress = start.advanced(by: Self.progressInterval)
    }

    /// Looks at the time, and tells progress when it is due; returns the time since the last look.
    func tick(_ state: (Duration) -> DiscoveryProgress) -> Duration {
        let last = now
        now = ContinuousClock.now
        if let progress, now >= nextProgress {
            nextProgress = now.advanced(by: Self.progressInterval)
            progress(state(now - start))
        }
        return now - last
    }

    /// Whether the search's time was over at the last look.
    var isSearchOver: Bool { searchEnd.map { now >= $0 } ?? false }

    /// What ended the orientation's time, if it was over at the last look.
    func endOfOrientation(isCancelled: Bool) -> DiscoveryBound? {
        if let end, now >= end { return .time }
        guard isCancelled else { return nil }
        let limit = cancellationEnd ?? now.advanced(by: Self.timeAfterCancellation)
        cancellationEnd = limit
        return now >= limit ? .cancellation : nil
    }
}
