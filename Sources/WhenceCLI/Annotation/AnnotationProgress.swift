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
        let sentence = sentence(summary, due, seconds: (now - start) / .seconds(1))
        if isTerminal {
            write("\r\u{1B}[K\(Self.bar(Self.share(summary, due)))\(sentence)")
        } else {
            write("whence: \(sentence)\n")
        }
    }

    /// Takes the bar away.
    func clear() {
        if isShown, isTerminal { write("\r\u{1B}[K") }
    }

    private func sentence(_ summary: AnnotationSummary, _ state: State, seconds: Double) -> String {
        let rate = seconds > 0 ? Double(summary.rows - state.firstRow) / seconds : 0
        var parts = ["\(summary.rows.grouped) rows"]
        if let share = Self.share(summary, state) { parts.append("\(Int(share * 100)) %") }
        parts.append(String(format: rate < 100 ? "%.1f rows/s" : "%.0f rows/s", rate))
        if summary.searched > 0 { parts.append("\(summary.flipped.grouped) flips") }
        if summary.failureCount > 0 { parts.append("\(summary.failureCount.grouped) bad") }
        if let expected = state.expectedRows, rate > 0, expected > Double(summary.rows) {
            parts.append(Self.duration((expected - Double(summary.rows)) / rate) + " left")
        }
        return parts.joined(separator: ", ")
    }

    /// The share of the rows that are done, 0…1.
    private static func share(_ summary: AnnotationSummary, _ state: State) -> Double? {
        state.expectedRows.map { min(1, Double(summary.rows) / max(1, $0)) }
    }

    /// A bar of 20 columns, with a blank behind it; nothing where the share is not known.
    private static func bar(_ share: Double?) -> String {
        guard let share else { return "" }
        let filled = Int((share * 20).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled) + "] "
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

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

extension Int {
    /// With commas between thousands.
    var grouped: String {
        var digits = ""
        for (position, digit) in String(magnitude).reversed().enumerated() {
            if position > 0, position % 3 == 0 { digits.append(",") }
            digits.append(digit)
        }
        return (self < 0 ? "-" : "") + String(digits.reversed())
    }
}
