import ArgumentParser
import Foundation

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
        if FileManager.default.fileExists(atPath: path), !isRegularFile(path) {
            return try writeThrough(data, to: path)
        }
        let place = end(of: path)
        let temporary = place + ".\(ProcessInfo.processInfo.processIdentifier).partial"
        do {
            try writeThrough(data, to: temporary)
            guard rename(temporary, place) == 0 else { throw OutputError(path: path, reason: systemReason()) }
        } catch {
            unlink(temporary)
            throw OutputError(
                path: path, reason: (error as? OutputError)?.reason ?? error.localizedDescription)
        }
    }

    /// Refuses early what `write` would refuse late: a folder, a file that exists, a folder that does not.
    static func check(_ path: String?, force: Bool) throws {
        guard let path, path != "-" else { return }
        guard !path.isEmpty else { throw ValidationError("--output is empty; give a file's name.") }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { throw OutputError(path: path, reason: "it is a folder") }
            if isRegularFile(path), !force {
                throw OutputError(path: path, reason: "it exists already; --force replaces it")
            }
            return
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw OutputError(path: path, reason: "the folder \(folder) does not exist")
        }
    }

    /// The path of a file behind all links; the path itself where there is no file yet.
    private static func end(of path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    private static func isRegularFile(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }

    private static func writeThrough(_ data: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw OutputError(path: path, reason: systemReason()) }
        do {
            try write(data, descriptor: descriptor, name: path)
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw OutputError(path: path, reason: systemReason()) }
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
