internal import Foundation

/// A file beside its destination that either takes its place or disappears.
final class TemporaryFile {
    /// Where the unfinished file lies.
    let path: String
    private let destination: String

    /// Chooses a name beside `destination`, in the same folder because a rename is atomic only within one file
    /// system.
    ///
    /// - Throws: `unwritable` if that folder is not there, or the destination is one.
    init(for destination: String) throws(LoaderError) {
        self.destination = destination
        let url = URL(filePath: destination)
        let folder = url.deletingLastPathComponent()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue
        else {
            throw .unwritable(path: destination, reason: "there is no folder \(folder.path)")
        }
        if FileManager.default.fileExists(atPath: destination, isDirectory: &isFolder), isFolder.boolValue {
            throw .unwritable(path: destination, reason: "it is a folder")
        }
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        path = folder.appending(path: ".\(url.lastPathComponent).\(mark).partial").path
    }

    /// Puts the file in place of its destination.
    ///
    /// - Throws: `unwritable`; the destination is then as it was.
    func commit() throws(LoaderError) {
        guard rename(path, destination) == 0 else {
            throw .unwritable(path: destination, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        // After a commit there is nothing left under this name.
        unlink(path)
    }
}
