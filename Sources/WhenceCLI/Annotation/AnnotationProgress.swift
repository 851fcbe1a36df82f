import Foundation
import Synchronization
import Whence

/// How far an annotation is: a bar in a terminal, otherwise one line a minute.
final class AnnotationProgress: Sendable {
    /// What is known at one moment.
    private struct State {
        /// The share of the input that has been read, and how many rows that were: more than are done.
        var shareRead: Double?
        var rowsRead = 0
        /// Rows that were done before this part of the run.
        var firstRow = 0
        var latest: ContinuousClock.Instant

        /// How many rows there are, as far as those read tell; `nil` where the input's size is not known.
        var expectedRows: Double? {
            guard let shareRead, shareRead > 0 else { return nil }
            return Double(rowsRead) / shareRead
        }
    }

    private let isShown: Bool
    private let isTerminal: Bool
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    /// - Parameters:
    ///   - isShown: whether to say anything.
    ///   - rows: how many rows an earlier part of the run did.
    init(isShown: Bool, goingOnFrom rows: Int) {
        self.isShown = isShown
        isTerminal = isatty(STDERR_FILENO) == 1
        var state = State(latest: start)
        state.firstRow = rows
        self.state = Mutex(state)
    }

    /// Notes that another row has been read, and which share of the input that makes; called by whoever reads.
    func hasRead(_ share: Double?) {
        state.withLock { state in
            state.shareRead = share
            state.rowsRead += 1
        }
    }

    /// Notes that another row is done, and says so where it is time.
    func hasDone(_ summary: AnnotationSummary) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let pause: Duration = isTerminal ? .milliseconds(200) : .seconds(60)
        let due = state.withLock { state -> State? in
            guard now - state.latest >= pause else { return nil }
            state.latest = now
            return state
        }
        guard let due else { return }
        let bar = Self.bar(summary, due, seconds: (now - start) / .seconds(1))
        if isTerminal {
            StandardError.write("\r\u{1B}[K" + bar.line(width: Terminal.width(of: STDERR_FILENO)))
        } else {
            StandardError.write("whence: \(bar.sentence)\n")
        }
    }

    /// Takes the bar away.
    func clear() {
        if isShown, isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    /// Says something in the bar's place, which comes again below it.
    func interject(_ sentence: String) {
        if isShown { StandardError.write((isTerminal ? "\r\u{1B}[K" : "") + "whence: \(sentence)\n") }
    }

    private static func bar(_ summary: AnnotationSummary, _ state: State, seconds: Double) -> ProgressBar {
        let rate = seconds > 0 ? Double(summary.rows - state.firstRow) / seconds : 0
        let share = state.expectedRows.map { min(1, Double(summary.rows) / max(1, $0)) }
        var parts = [ProgressBar.Part(text: summary.rows.counted("row"), rank: 0)]
        if let share { parts.append(.init(text: "\(Int(share * 100)) %", rank: 1)) }
        let speed = String(format: rate < 100 ? "%.1f rows/s" : "%.0f rows/s", rate)
        parts.append(.init(text: speed, rank: 4))
        if summary.searched > 0 { parts.append(.init(text: summary.flipped.counted("flip"), rank: 5)) }
        if summary.failureCount > 0 {
            parts.append(.init(text: "\(summary.failureCount.grouped) bad", rank: 3))
        }
        if let expected = state.expectedRows, rate > 0, expected > Double(summary.rows) {
            let left = duration((expected - Double(summary.rows)) / rate) + " left"
            parts.append(.init(text: left, rank: 2))
        }
        return ProgressBar(share: share, parts: parts)
    }

    /// As a person says it: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h`.
    static func duration(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded())
        return switch whole {
        case ..<100: "\(whole) s"
        case ..<6_000: "\((whole + 30) / 60) min"
        case ..<172_800: "\(whole / 3_600) h \(whole % 3_600 / 60) min"
        default: "\(whole / 86_400) d \(whole % 86_400 / 3_600) h"
        }
    }
}
