import Dispatch
import Foundation

/// Makes the first Ctrl-C end a piece of work in good order; the second ends the program as it always does.
final class InterruptSignal {
    private let source: any DispatchSourceRead
    private let signals: [Int32]

    /// The writing end of the pipe that the handler of the signal wakes the program with: a handler may do little
    /// more than write.
    ///
    /// Written before the handler is installed and read by it alone.
    nonisolated(unsafe) private static var wakeUp: Int32 = -1

    /// Starts to listen; `nil` when the system has no pipe left.
    ///
    /// - Parameters:
    ///   - signals: the first of any of them is listened to; with it all are again what they were.
    ///   - action: Called once, on a thread of its own, with the signal.
    init?(_ signals: [Int32] = [SIGINT], _ action: @escaping @Sendable (Int32) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { return nil }
        let reading = ends[0]
        source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
        source.setEventHandler {
            var number: UInt8 = 0
            if read(reading, &number, 1) == 1 { action(Int32(number)) }
        }
        source.resume()
        self.signals = signals
        Self.wakeUp = ends[1]
        for number in signals {
            signal(number) { number in
                let before = errno
                defer { errno = before }
                for handled in [SIGINT, SIGTERM] { signal(handled, SIG_DFL) }
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(InterruptSignal.wakeUp, &byte, 1)
            }
        }
    }

    deinit {
        for number in signals { signal(number, SIG_DFL) }
        source.cancel()
        // The pipe stays open: the source may still be looking at it, and the program is about to end.
    }
}
