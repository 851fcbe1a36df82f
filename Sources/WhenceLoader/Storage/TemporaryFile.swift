internal import Foundation

/// A file beside its destination that either takes its place or disappears.
final class TemporaryFile {
    /// Where the unfinished file lies.
    let path: String
    private let destination: String
    /// The destination as it was given, for errors.
    private let name: String

    /// Chooses a name beside a destination, in the same folder because a rename is atomic only within one file
    /// system. A link stays; the file that it leads to is replaced.
    ///
    /// - Throws: `unwritable` if that folder is not there, or the destination is one, or a device or pipe, whose name
    ///   a rename would take away.
    init(for path: String) throws(LoaderError) {
        let destination = Self.end(of: path)
        (self.destination, name) = (destination, path)
        let url = URL(filePath: destination)
        let folder = url.deletingLastPathComponent()
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue
        else {
            throw .unwritable(path: path, reason: "there is no folder \(folder.path)")
        }
        if FileManager.default.fileExists(atPath: destination, isDirectory: &isFolder), isFolder.boolValue {
            throw .unwritable(path: path, reason: "it is a folder")
        }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw .unwritable(path: path, reason: "it is no regular file, and HDF5 is written to files only")
        }
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        self.path = folder.appending(path: ".\(url.lastPathComponent).\(mark).partial").path
    }

    /// The path of a file behind all links; the path itself where there is no file yet.
    private static func end(of path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// Puts the file in place of its destination.
    ///
    /// - Throws: `unwritable`; the destination is then as it was.
    func commit() throws(LoaderError) {
        guard rename(path, destination) == 0 else {
            throw .unwritable(path: name, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        // After a commit there is nothing left under this name.
        unlink(path)
    }
}
