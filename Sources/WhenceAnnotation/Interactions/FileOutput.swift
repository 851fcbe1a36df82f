internal import Foundation

/// A file that is written piece by piece and appears under its name only when it is whole.
final class FileOutput {
    /// Where the file will be; `-` is the standard output.
    let path: String
    private let handle: FileHandle
    /// Where it grows, beside its place; `nil` for what is no regular file and is written at once.
    private let temporary: String?
    private var buffer: [UInt8] = []

    /// Starts a file.
    ///
    /// - Parameter replaces: whether an existing file may be replaced.
    /// - Throws: `AnnotationError.unwritable`.
    init(_ path: String, replaces: Bool) throws(AnnotationError) {
        self.path = path
        guard path != "-" else {
            (handle, temporary) = (.standardOutput, nil)
            return
        }
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard !isFolder.boolValue else { throw .unwritable(path: path, reason: "it is a folder") }
        let isDevice = exists && !FilePlace.isRegular(path)
        guard !exists || replaces || isDevice else {
            throw FilePlace.isTaken(path)
        }
        temporary = isDevice ? nil : path + ".\(ProcessInfo.processInfo.processIdentifier).partial"
        let place = temporary ?? path
        let descriptor = open(place, O_WRONLY | O_CREAT | (isDevice ? 0 : O_TRUNC), 0o666)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Adds bytes.
    func append(_ bytes: some Sequence<UInt8>) throws(AnnotationError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 20 { try flush() }
    }

    /// Adds a text in UTF-8.
    func append(_ text: String) throws(AnnotationError) { try append(text.utf8) }

    /// Writes what is left and puts the file in its place.
    ///
    /// - Throws: `AnnotationError.unwritable`; what lay in the place before is then as it was.
    func commit() throws(AnnotationError) {
        try flush()
        guard let temporary else { return }
        do { try handle.close() } catch { throw unwritable(error) }
        guard rename(temporary, path) == 0 else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        // After a commit there is nothing left under this name.
        if let temporary { unlink(temporary) }
    }

    /// Writes what has not been written, so that a full disk shows before any file takes its place.
    func flush() throws(AnnotationError) {
        do { try handle.write(contentsOf: Data(buffer)) } catch { throw unwritable(error) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func unwritable(_ error: any Error) -> AnnotationError {
        let system = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        let reason = system.map { String(cString: strerror(Int32(truncatingIfNeeded: $0.code))).lowercased() }
        return .unwritable(
            path: path == "-" ? "standard output" : path,
            reason: reason ?? (error as NSError).localizedDescription)
    }
}
