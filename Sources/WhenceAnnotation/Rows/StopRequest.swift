internal import Foundation
internal import Synchronization

/// Asks a run to end in good order, also where it waits for the next bytes of a pipe.
///
/// A ``RowReader`` that has it throws as soon as it is made, where it would wait for a pipe; the ``AnnotationPipeline``
/// takes an error after it was told to stop for the end.
public final class StopRequest: Sendable {
    private let wasMade = Atomic(false)
    /// Whoever waits for input waits for the reading end as well, which a request makes readable for good.
    private let (readingEnd, writingEnd): (Int32, Int32)

    /// Prepares a request; where the system has no pipe left, it wakes nobody.
    public init() {
        var ends: [Int32] = [-1, -1]
        let isOpen = Foundation.pipe(&ends) == 0
        (readingEnd, writingEnd) = isOpen ? (ends[0], ends[1]) : (-1, -1)
    }

    deinit {
        for end in [readingEnd, writingEnd] where end >= 0 { close(end) }
    }

    /// Whether the run is to end.
    public var isMade: Bool { wasMade.load(ordering: .acquiring) }

    /// Makes the request, from any thread, as often as wanted.
    public func make() {
        guard !wasMade.exchange(true, ordering: .acquiringAndReleasing), writingEnd >= 0 else { return }
        var byte: UInt8 = 0
        _ = write(writingEnd, &byte, 1)
    }

    /// Waits until there is something to read.
    ///
    /// - Returns: whether to read: no longer when the request was made.
    func waits(for descriptor: Int32) -> Bool {
        // A negative descriptor is passed over.
        var asked = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&asked, 2, -1) < 0 {
            // What cannot be asked is read, and says itself what is wrong.
            guard errno == EINTR else { break }
        }
        return !isMade
    }
}
