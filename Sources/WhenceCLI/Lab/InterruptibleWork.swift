import Foundation

/// Does work on a thread of its own, which Ctrl-C cancels.
///
/// - Throws: whatever the work throws, so `CancellationError` too.
func interruptible<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    let work = Task.detached { try work() }
    let signal = InterruptSignal { _ in work.cancel() }
    defer { withExtendedLifetime(signal) {} }
    return try await work.value
}

/// A measurement that Ctrl-C ended, of which nothing is kept.
struct MeasurementInterrupted: Error, CustomStringConvertible {
    /// Where it was, as the end of a sentence.
    var place: String
    /// What to do instead of all of it.
    var advice: String

    var description: String { "Interrupted \(place). Nothing is kept. \(advice)" }
}
