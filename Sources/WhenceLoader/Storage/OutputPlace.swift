internal import Foundation

/// What a path that is to be written leads to.
package enum OutputPlace: Sendable, Hashable {
    /// A regular file, or none yet: its path at the end of all links, so that a link stays when the file behind it is
    /// replaced.
    case file(String, exists: Bool)
    /// A device or a pipe, and an open file that has lost its name: what can only be written to as it is.
    case stream
    /// Nothing that could be written, and why.
    case nowhere(reason: String)

    /// As many links as Linux follows.
    private static let mostLinks = 40

    /// Looks at a path.
    package init(_ path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFDIR: self = .nowhere(reason: "it is a folder")
            case S_IFREG:
                guard Self.isLink(path) else {
                    self = .file(path, exists: true)
                    return
                }
                // What /proc shows as a link to an open file may lead to no name at all.
                self = Self.end(of: path).map { .file($0, exists: true) } ?? .stream
            default: self = .stream
            }
            return
        }
        self = errno == ELOOP ? .nowhere(reason: "its links lead in a circle") : Self.absent(path)
    }

    /// The place of a file that is not there, at the end of links that lead to it.
    private static func absent(_ path: String) -> OutputPlace {
        var place = path
        for _ in 0..<mostLinks where isLink(place) {
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else {
                break
            }
            place = target.hasPrefix("/") ? target : folder(of: place) + target
        }
        let folder = URL(filePath: place).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
        else {
            return .nowhere(reason: "the folder \(folder) does not exist")
        }
        return .file(place, exists: false)
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The path before its last part, with the slash.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The path without links, where the file has one.
    private static func end(of path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
