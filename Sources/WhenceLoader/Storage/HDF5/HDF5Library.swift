internal import CHDF5
internal import Synchronization

/// The one door to libhdf5, which only writes: `HDF5File` reads.
///
/// The library is loaded when something is first written. It is not re-entrant, keeps its errors on a stack a thread,
/// and prints them to stderr unless that thread has told it not to. So every call passes here: one process-wide lock,
/// printing off, the call, and on failure the stack is read into a `LoaderError` and cleared before the lock is
/// released.
enum HDF5 {
    /// One of the library's own ids, which it has once it is open.
    typealias ID = KeyPath<whence_hdf5, hid_t>

    /// The library's functions and ids.
    ///
    /// `@unchecked Sendable` holds because nothing writes to them once they are filled, and they stay.
    private struct Library: @unchecked Sendable {
        let functions: UnsafePointer<whence_hdf5>
    }

    /// Why there is no library.
    struct Absence: Error {
        let reason: String
    }

    private static let lock = Mutex(())
    private static let library: Result<Library, Absence> = load()

    private static func load() -> Result<Library, Absence> {
        do {
            return .success(Library(functions: try load(from: nil)))
        } catch {
            return .failure(error)
        }
    }

    /// Loads the library, which stays.
    ///
    /// - Parameter name: the file to load it from; `nil` for those that systems call it.
    static func load(from name: String?) throws(Absence) -> UnsafePointer<whence_hdf5> {
        var reason = [CChar](repeating: 0, count: 256)
        guard let functions = whence_hdf5_load(name, &reason, reason.count) else {
            let text = String(
                decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let release = "\(H5_VERS_MAJOR).\(H5_VERS_MINOR)"
            throw Absence(
                reason: "HDF5 is written by libhdf5 \(release), which cannot be loaded: \(text)")
        }
        return functions
    }

    /// The result of one libhdf5 call; all of them report failure as a negative number.
    ///
    /// - Parameters:
    ///   - operation: what was being done, for the error's text.
    ///   - path: the file it was done to.
    ///   - body: makes the call. It must not come back here: the lock is held.
    /// - Throws: `LoaderError.library` with the innermost messages of the error stack, or with why there is no library.
    static func call<Result: SignedInteger & Sendable>(
        _ operation: String, path: String, _ body: (whence_hdf5) -> Result
    ) throws(LoaderError) -> Result {
        let functions: UnsafePointer<whence_hdf5>
        do {
            functions = try library.get().functions
        } catch {
            throw .library(path: path, operation: operation, code: -1, message: error.reason)
        }
        return try lock.withLock { _ throws(LoaderError) in
            let library = functions.pointee
            _ = library.H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            let result = body(library)
            guard result < 0 else { return result }
            let message = innermostMessages(library)
            _ = library.H5Eclear2(hid_t(H5E_DEFAULT))
            throw .library(path: path, operation: operation, code: Int(result), message: message)
        }
    }

    /// Closes a handle. A failure has no one to tell: whatever had to be checked was flushed and closed by name.
    static func release(_ id: hid_t, with close: (whence_hdf5, hid_t) -> herr_t) {
        guard case .success(let loaded) = library else { return }
        lock.withLock { _ in
            let library = loaded.functions.pointee
            _ = library.H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            if close(library, id) < 0 { _ = library.H5Eclear2(hid_t(H5E_DEFAULT)) }
        }
    }

    /// The two deepest messages of this thread's error stack, which say what was wrong with the file; the
    /// outer ones only say which calls gave up.
    private static func innermostMessages(_ library: whence_hdf5) -> String {
        var messages: [String] = []
        withUnsafeMutablePointer(to: &messages) { messages in
            _ = library.H5Ewalk2(
                hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
                { depth, entry, context in
                    if depth < 2, let text = entry?.pointee.desc {
                        context?.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
                    }
                    return 0
                }, messages)
        }
        let text = messages.isEmpty ? "libhdf5 gives no reason" : messages.joined(separator: "; ")
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

/// An open libhdf5 object, closed when it goes out of scope.
struct HDF5Handle: ~Copyable, Sendable {
    let id: hid_t
    private let close: @Sendable (whence_hdf5, hid_t) -> herr_t

    /// Takes over what `open` returns.
    ///
    /// - Throws: `LoaderError.library` if it could not be opened.
    init(
        _ operation: String, path: String, close: @escaping @Sendable (whence_hdf5, hid_t) -> herr_t,
        _ open: (whence_hdf5) -> hid_t
    ) throws(LoaderError) {
        id = try HDF5.call(operation, path: path, open)
        self.close = close
    }

    deinit {
        HDF5.release(id, with: close)
    }
}
