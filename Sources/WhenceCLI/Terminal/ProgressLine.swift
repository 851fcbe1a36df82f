import Foundation
import Synchronization

/// One line on the standard error that says how far a slow command has come; only in a terminal, and only after a
/// second, so that a fast command stays silent.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let start = ContinuousClock.now
    private let latest = Mutex<ContinuousClock.Instant?>(nil)

    init(isShown: Bool) {
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
    }

    /// Shows a sentence in the place of the last one, ten times a second at most.
    func show(_ sentence: @autoclosure () -> String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        latest.withLock { latest in
            guard now - start > .seconds(1), now - (latest ?? start) > .milliseconds(100) else { return }
            latest = now
            // A line that wraps could not be taken away.
            let line = "\(sentence()) …".prefix(max(0, Terminal.width(of: STDERR_FILENO) - 1))
            StandardError.write("\r\u{1B}[K\(line)")
        }
    }

    /// Takes the line away.
    func clear() {
        latest.withLock { latest in
            guard latest != nil else { return }
            StandardError.write("\r\u{1B}[K")
        }
    }
}
