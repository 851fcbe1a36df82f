internal import Foundation

/// Files that are named, or small enough to be read whole.
enum InputFile {
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
    static func contents(_ path: String, what: String, limit: Int) throws(LoaderError) -> [UInt8] {
        let file = try OpenFile(path, what: what)
        guard file.byteCount <= limit else {
            throw .invalid(
                path: path, place: "length", expected: "at most \(limit) bytes",
                found: counted(file.byteCount, "byte"), hint: "This is not \(what).")
        }
        return try file.bytes(at: 0, count: file.byteCount, place: "contents")
    }
}
