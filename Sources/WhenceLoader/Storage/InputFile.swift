internal import Foundation

/// Looks at a file before it is opened, so that what is plainly wrong is said plainly.
enum InputFile {
    /// The length of a regular file that this user may read.
    ///
    /// - Throws: `missing`, `unreadable`, or `invalid` for a folder.
    static func byteCount(_ path: String, what: String) throws(LoaderError) -> Int {
        // Of the file itself where the path is a link.
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .missing(path: path, what: what, hint: "Check the path.")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .invalid(
                path: path, place: "path", expected: "a file", found: "a folder",
                hint: "Name a file inside it.")
        }
        guard access(path, R_OK) == 0 else {
            throw .unreadable(path: path, reason: "permission denied")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is not a regular file")
        }
        return Int(status.st_size)
    }

    /// Whether something that is no folder lies there.
    static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }

    /// The last part of a path, also of `.` and `..`.
    static func name(of path: String) -> String {
        URL(filePath: path).standardizedFileURL.lastPathComponent
    }

    /// The whole content of a small file.
    ///
    /// - Parameter limit: the most bytes that such a file can sensibly hold.
    static func contents(_ path: String, what: String, limit: Int) throws(LoaderError) -> Data {
        let size = try byteCount(path, what: what)
        guard size <= limit else {
            throw .invalid(
                path: path, place: "length", expected: "at most \(limit) bytes", found: "\(size) bytes",
                hint: "This is not \(what).")
        }
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable(path: path, reason: "\(error.localizedDescription)")
        }
    }
}
