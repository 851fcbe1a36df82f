internal import CHDF5
internal import Synchronization

/// The one door to libhdf5, which only writes: `HDF5File` reads.
///
/// The library is not re-entrant, keeps its errors on a stack a thread, and prints them to stderr unless that
/// thread has told it not to. So every call passes here: one process-wide lock, printing off, the call, and on
/// failure the stack is read into a `LoaderError` and cleared before the lock is released.
enum HDF5 {
    private static let lock = Mutex(())

    /// What is set for the whole process before the first call.
    ///
    /// No work at exit: every handle here is closed in its scope, and libhdf5 1.10 crashes there on a file whose
    /// last write failed, as on a full disk.
    private static let processSettings: Void = {
        H5dont_atexit()
        H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
    }()

    /// The result of one libhdf5 call; all of them report failure as a negative number.
    ///
    /// - Parameters:
    ///   - operation: what was being done, for the error's text.
    ///   - path: the file it was done to.
    ///   - body: makes the call. It must not come back here: the lock is held.
    /// - Throws: `LoaderError.library` with the innermost messages of the error stack.
    static func call<Result: SignedInteger & Sendable>(
        _ operation: String, path: String, _ body: () -> Result
    ) throws(LoaderError) -> Result {
        try lock.withLock { _ throws(LoaderError) in
            processSettings
            H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            let result = body()
            guard result < 0 else { return result }
            let message = innermostMessages()
            H5Eclear2(hid_t(H5E_DEFAULT))
            throw .library(path: path, operation: operation, code: Int(result), message: message)
        }
    }

    /// Closes a handle. A failure has no one to tell: whatever had to be checked was flushed and closed by name.
    static func release(_ id: hid_t, with close: (hid_t) -> herr_t) {
        lock.withLock { _ in
            H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            if close(id) < 0 { H5Eclear2(hid_t(H5E_DEFAULT)) }
        }
    }

    /// The two deepest messages of this thread's error stack, which say what was wrong with the file; the
    /// outer ones only say which calls gave up.
    private static func innermostMessages() -> String {
        var messages: [String] = []
        withUnsafeMutablePointer(to: &messages) { messages in
            _ = H5Ewalk2(
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
    private let close: @Sendable (hid_t) -> herr_t

    /// Takes over what `open` returns.
    ///
    /// - Throws: `LoaderError.library` if it could not be opened.
    init(
        _ operation: String, path: String, close: @escaping @Sendable (hid_t) -> herr_t, _ open: () -> hid_t
    ) throws(LoaderError) {
        id = try HDF5.call(operation, path: path, open)
        self.close = close
    }

    deinit {
        HDF5.release(id, with: close)
    }
}
