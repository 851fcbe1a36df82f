internal import Foundation

/// A file beside its destination that either takes its place or disappears.
package final class TemporaryFile {
    /// Where the unfinished file lies.
    package let path: String
    private let destination: String

    /// Chooses a name beside a destination, in the same folder because a rename is atomic only within one file
    /// system.
    ///
    /// - Parameter destination: the end of all links, as ``OutputPlace/file(_:exists:)`` has it: a rename would replace
    ///   a link, and take the name of a device or a pipe away.
    package init(beside destination: String) {
        self.destination = destination
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        let name = URL(filePath: destination).lastPathComponent
        path =
            URL(filePath: destination).deletingLastPathComponent()
            .appending(path: ".\(name).\(mark).partial").path
    }

    /// Puts the file in place of its destination.
    ///
    /// - Returns: whether it is there now; if not, the destination is as it was, and `errno` says why.
    package func commit() -> Bool { rename(path, destination) == 0 }

    deinit {
        // After a commit there is nothing left under this name.
        unlink(path)
    }
}
