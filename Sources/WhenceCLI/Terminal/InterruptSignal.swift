import Dispatch
import Foundation

/// Makes the first Ctrl-C end a piece of work in good order; the second ends the program as it always does.
final class InterruptSignal {
    private let source: any DispatchSourceRead

    /// The writing end of the pipe that the handler of the signal wakes the program with: a handler may do little
    /// more than write.
    ///
    /// Written before the handler is installed and read by it alone.
    nonisolated(unsafe) private static var wakeUp: Int32 = -1

    /// Starts to listen; `nil` when the system has no pipe left.
    ///
    /// - Parameter action: Called once, on a thread of its own.
    init?(_ action: @escaping @Sendable () -> Void) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { return nil }
        let reading = ends[0]
        source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
        source.setEventHandler {
            var byte: UInt8 = 0
            if read(reading, &byte, 1) == 1 { action() }
        }
        source.resume()
        Self.wakeUp = ends[1]
        signal(SIGINT) { _ in
            signal(SIGINT, SIG_DFL)
            var byte: UInt8 = 0
            _ = write(InterruptSignal.wakeUp, &byte, 1)
        }
    }

    deinit {
        signal(SIGINT, SIG_DFL)
        source.cancel()
        // The pipe stays open: the source may still be looking at it, and the program is about to end.
    }
}
