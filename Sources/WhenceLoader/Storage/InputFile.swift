internal import Foundation

/// Looks at a file before it is opened, so that what is plainly wrong is said plainly.
enum InputFile {
    /// The length of a regular file that this user may read.
    ///
    /// - Throws: `missing`, `unreadable`, or `invalid` for a folder.
    static func byteCount(_ path: String, what: String) throws(LoaderError) -> Int {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path, what: what, hint: "Check the path.")
        }
        guard !isFolder.boolValue else {
            throw .invalid(
                path: path, place: "path", expected: "a file", found: "a folder",
                hint: "Name a file inside it.")
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw .unreadable(path: path, reason: "permission denied")
        }
        // Links are followed first: attributes are those of the link itself.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let size = attributes?[.size] as? NSNumber
        else {
            throw .unreadable(path: path, reason: "it is not a regular file")
        }
        return size.intValue
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
