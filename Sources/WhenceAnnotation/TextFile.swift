import Foundation

/// A text file in UTF-8, read whole.
public enum TextFile {
    /// The text of a file.
    ///
    /// - Parameter path: `-` reads the standard input.
    /// - Throws: `AnnotationError.missing`, `.unreadable`, or `.line` with the place of the first byte that is
    ///   not UTF-8.
    public static func read(_ path: String) throws(AnnotationError) -> String {
        let data = try bytes(path)
        if let text = String(validating: data, as: UTF8.self) { return text }
        let valid = validPrefix(data)
        let line = data[..<valid].count { $0 == UInt8(ascii: "\n") } + 1
        let byte = String(data[valid], radix: 16, uppercase: true)
        throw .line(
            path: name(path), line: line,
            reason:
                "the byte 0x\(byte) at offset \(valid) is not valid UTF-8. Convert the file to UTF-8 first.")
    }

    /// What a message calls a file.
    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// Refuses a path at which no file lies.
    ///
    /// - Throws: `AnnotationError.missing`; `.unreadable` for a folder.
    static func checkIsFile(_ path: String) throws(AnnotationError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path)
        }
        guard !isFolder.boolValue else { throw .unreadable(path: path, reason: "it is a folder") }
    }

    private static func bytes(_ path: String) throws(AnnotationError) -> Data {
        if path == "-" {
            do { return try FileHandle.standardInput.readToEnd() ?? Data() } catch {
                throw .unreadable(path: "standard input", reason: error.localizedDescription)
            }
        }
        try checkIsFile(path)
        do { return try Data(contentsOf: URL(filePath: path)) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// The number of bytes before the first one that is not UTF-8.
    private static func validPrefix(_ data: Data) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = data.makeIterator()
        var count = 0
        while case .valid(let scalar) = parser.parseScalar(from: &bytes) { count += scalar.count }
        return min(count, data.count - 1)
    }
}
