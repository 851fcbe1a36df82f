internal import Foundation

/// What lies at a path, by whichever name.
enum FilePlace {
    /// Whether two paths are one place: the same file, or one that is not there yet.
    static func isSame(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        if stat(first, &one) == 0, stat(second, &other) == 0 {
            return one.st_dev == other.st_dev && one.st_ino == other.st_ino
        }
        return resolved(first) == resolved(second)
    }

    /// A file's path relative to a folder that it lies in, or below; `nil` elsewhere.
    static func path(of file: String, in folder: String) -> String? {
        let (file, folder) = (resolved(file), resolved(folder))
        return file.hasPrefix(folder + "/") ? String(file.dropFirst(folder.count + 1)) : nil
    }

    /// Says that a file is not replaced without being asked.
    static func isTaken(_ path: String) -> AnnotationError {
        .unwritable(path: path, reason: "it exists already; --force replaces it")
    }

    /// The path without links and dots; of a file that is not there yet, its folder's, and its name.
    private static func resolved(_ path: String) -> String {
        if let real = real(path) { return real }
        // Foundation's parts of a path trap on names of one letter.
        guard let slash = path.lastIndex(of: "/") else { return (real(".") ?? ".") + "/" + path }
        let folder = String(path[...slash])
        return (real(folder) ?? folder) + "/" + path[path.index(after: slash)...]
    }

    private static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
