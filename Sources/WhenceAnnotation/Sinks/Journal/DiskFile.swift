internal import Foundation

/// An open file of which every operation is checked, and of which is known what has reached the disk.
///
/// Not safe to use from several threads at once.
final class DiskFile {
    /// Its path in messages.
    let path: String
    private let descriptor: Int32
    private let closes: Bool

    /// Opens or makes a file for reading and writing.
    ///
    /// - Throws: `AnnotationError.unwritable`.
    init(_ path: String, creates: Bool) throws(AnnotationError) {
        self.path = path
        closes = true
        descriptor = open(path, O_RDWR | O_CLOEXEC | (creates ? O_CREAT : 0), 0o666)
        guard descriptor >= 0 else { throw Self.unwritable(path) }
    }

    /// Writes to a stream: the standard output, or what is no regular file.
    ///
    /// - Parameter path: `-` is the standard output.
    init(stream path: String) throws(AnnotationError) {
        self.path = path == "-" ? "standard output" : path
        closes = path != "-"
        descriptor = closes ? open(path, O_WRONLY | O_CLOEXEC) : STDOUT_FILENO
        guard descriptor >= 0 else { throw Self.unwritable(path) }
    }

    deinit { if closes { close(descriptor) } }

    /// Writes behind what has been written.
    func append(_ bytes: [UInt8]) throws(AnnotationError) {
        let count = bytes.withUnsafeBytes { bytes -> Int in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { break }
                done += written
            }
            return done
        }
        guard count == bytes.count else { throw Self.unwritable(path) }
    }

    /// Writes over a few bytes that are there.
    func write(_ bytes: [UInt8], at offset: Int) throws(AnnotationError) {
        guard pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count else {
            throw Self.unwritable(path)
        }
    }

    /// Waits until everything written is on the disk.
    func synchronize() throws(AnnotationError) {
        // A stream has no disk to wait for.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            throw Self.unwritable(path)
        }
    }

    /// Cuts the file to a size, and goes on writing there.
    func cut(to byteCount: Int) throws(AnnotationError) {
        guard ftruncate(descriptor, off_t(byteCount)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw Self.unwritable(path)
        }
    }

    /// The size in bytes.
    func byteCount() throws(AnnotationError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unwritable(path) }
        return Int(status.st_size)
    }

    /// Bytes of the file from an offset; fewer where it ends before.
    func bytes(from offset: Int, count: Int) throws(AnnotationError) -> [UInt8] {
        var done = 0
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while done < count {
                let read = pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
                if read < 0, errno == EINTR { continue }
                failed = read < 0
                guard read > 0 else { break }
                done += read
            }
            filled = done
        }
        guard !failed else { throw .unreadable(path: path, reason: Self.systemReason()) }
        return bytes
    }

    /// Keeps other processes, and other openings of this one, from locking the file until this one is closed.
    ///
    /// - Returns: whether it is locked now; not if another has locked it, or put another file in its place.
    func lock() -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
        var (mine, there) = (stat(), stat())
        return fstat(descriptor, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino
            && mine.st_dev == there.st_dev
    }

    // MARK: Names

    /// Gives a file another name; what had that name is replaced.
    static func move(_ path: String, to destination: String) throws(AnnotationError) {
        guard rename(path, destination) == 0 else { throw unwritable(destination) }
    }

    /// Removes a file; nothing happens where there is none.
    static func remove(_ path: String) throws(AnnotationError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw unwritable(path) }
    }

    /// The name of a file without its folder.
    static func name(_ path: String) -> String {
        path == "-" ? path : URL(filePath: path).standardizedFileURL.lastPathComponent
    }

    /// Whether there is something at a path.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Waits until the names in the folder of a file are on the disk.
    static func synchronizeFolder(of path: String) throws(AnnotationError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unwritable(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw unwritable(folder) }
    }

    /// The error of the last call that failed.
    static func unwritable(_ path: String) -> AnnotationError {
        .unwritable(path: path, reason: systemReason())
    }

    private static func systemReason() -> String { String(cString: strerror(errno)).lowercased() }
}
