import ArgumentParser
import Foundation
import Whence

/// Why a result could not be written.
struct OutputError: Error, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "\(path): cannot be written: \(reason)." }
}

/// Where a command's result goes.
enum Output {
    /// Writes a result.
    ///
    /// A file appears under its name only when it is whole: it is written beside its place and renamed. A link stays;
    /// the file that it leads to is replaced.
    ///
    /// - Parameters:
    ///   - path: the file; `nil` or `-` is the standard output.
    ///   - force: whether an existing file may be replaced.
    /// - Throws: `OutputError`.
    static func write(_ text: String, to path: String?, force: Bool) throws {
        let data = Data(text.utf8)
        guard let path, path != "-" else {
            return try write(data, descriptor: STDOUT_FILENO, name: "standard output")
        }
        try check(path, force: force)
        guard case .file(let place, _) = OutputPlace(path) else {
            return try write(data, openedAs: open(path, O_WRONLY), name: path)
        }
        let temporary = TemporaryFile(beside: place)
        try write(data, openedAs: open(temporary.path, O_WRONLY | O_CREAT | O_EXCL, 0o666), name: path)
        guard temporary.commit() else { throw OutputError(path: path, reason: systemReason()) }
    }

    /// Refuses early what `write` would refuse late: a folder, a file that exists, a folder that does not.
    static func check(_ path: String?, force: Bool) throws {
        guard let path, path != "-" else { return }
        guard !path.isEmpty else { throw ValidationError("--output is empty; give a file's name.") }
        switch OutputPlace(path) {
        case .nowhere(let reason): throw OutputError(path: path, reason: reason)
        case .file(_, exists: true) where !force:
            throw OutputError(path: path, reason: "it exists already; --force replaces it")
        case .file, .stream: break
        }
    }

    /// Writes everything to a file that was just opened, and closes it.
    ///
    /// - Parameter name: what the file is called in the error.
    private static func write(_ data: Data, openedAs descriptor: Int32, name: String) throws {
        guard descriptor >= 0 else { throw OutputError(path: name, reason: systemReason()) }
        do {
            try write(data, descriptor: descriptor, name: name)
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw OutputError(path: name, reason: systemReason()) }
    }

    /// Writes everything to an open file, however little it takes at a time.
    ///
    /// - Throws: `OutputError`.
    static func write(_ data: Data, descriptor: Int32, name: String) throws {
        try data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written >= 0 else { throw OutputError(path: name, reason: systemReason()) }
                done += written
            }
        }
    }

    private static func systemReason() -> String {
        String(cString: strerror(errno)).lowercased()
    }
}
