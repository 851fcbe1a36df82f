internal import Foundation

/// The bytes of a file, or of the standard input, as they are.
final class FileBytes: ByteSource {
    private let descriptor: Int32
    private let closes: Bool
    /// What is left of the file, if it has a size; `nil` for pipes and terminals.
    private let size: Int?
    private var count = 0
    /// What was looked at before it was read.
    private var ahead: [UInt8] = []
    private let stop: StopRequest?

    /// Opens a file; `-` is the standard input.
    ///
    /// - Parameter stop: makes reading a pipe fail once it is made.
    /// - Throws: `AnnotationError.missing`, `.unreadable`.
    init(path: String, stop: StopRequest? = nil) throws(AnnotationError) {
        self.stop = stop
        closes = path != "-"
        if closes {
            try TextFile.checkIsFile(path)
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
        } else {
            descriptor = STDIN_FILENO
        }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            size = max(0, Int(status.st_size) - max(0, Int(lseek(descriptor, 0, SEEK_CUR))))
        } else {
            size = nil
        }
    }

    deinit { if closes { close(descriptor) } }

    var share: Double? {
        size.map { $0 == 0 ? 1 : min(1, Double(count - ahead.count) / Double($0)) }
    }

    var isReady: Bool {
        guard size == nil, ahead.isEmpty else { return true }
        var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // What cannot be asked is read, and says itself what is wrong.
        return poll(&asked, 1, 0) != 0
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int {
        guard ahead.isEmpty else {
            let passed = min(ahead.count, buffer.count)
            buffer.copyBytes(from: ahead[..<passed])
            ahead.removeFirst(passed)
            return passed
        }
        return try readOn(into: buffer)
    }

    /// The first bytes, which are read all the same afterwards; fewer if the file is shorter, and of a pipe perhaps no
    /// more than the first line, behind which nothing may come before it is answered.
    func peek(_ length: Int) throws(ByteFault) -> [UInt8] {
        let block = ByteBlock(size: max(1, length))
        while ahead.count < length, !ahead.contains(0x0A) {
            let part = UnsafeMutableRawBufferPointer(rebasing: block.buffer[..<(length - ahead.count)])
            let read = try readOn(into: part)
            guard read > 0 else { break }
            ahead += part[..<read]
        }
        return ahead
    }

    private func readOn(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int {
        if size == nil, let stop, !stop.waits(for: descriptor) { throw .unreadable("the run is to stop") }
        while true {
            let found = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            guard found < 0 else {
                count += found
                return found
            }
            let code = errno
            guard code == EINTR else { throw .unreadable(String(cString: strerror(code))) }
        }
    }
}
