internal import Foundation
internal import WhenceLoader

/// A file that is written piece by piece and appears under its name only when it is whole.
final class FileOutput {
    /// Where the file will be; `-` is the standard output.
    let path: String
    private let handle: FileHandle
    /// Where it grows, beside its place; `nil` for what is no regular file and is written at once.
    private let temporary: TemporaryFile?
    private var buffer: [UInt8] = []

    /// Starts a file. A link stays; the file that it leads to is replaced.
    ///
    /// - Parameter replaces: whether an existing file may be replaced.
    /// - Throws: `AnnotationError.unwritable`.
    init(_ path: String, replaces: Bool) throws(AnnotationError) {
        self.path = path
        guard path != "-" else {
            (handle, temporary) = (.standardOutput, nil)
            return
        }
        switch OutputPlace(path) {
        case .nowhere(let reason): throw .unwritable(path: path, reason: reason)
        case .file(_, exists: true) where !replaces: throw FilePlace.isTaken(path)
        case .file(let place, _): temporary = TemporaryFile(beside: place)
        case .stream: temporary = nil
        }
        let descriptor =
            temporary.map { open($0.path, O_WRONLY | O_CREAT | O_EXCL, 0o666) } ?? open(path, O_WRONLY)
        guard descriptor >= 0 else { throw DiskFile.unwritable(path) }
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
        guard temporary.commit() else { throw DiskFile.unwritable(path) }
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
