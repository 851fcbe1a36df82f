internal import CHDF5
internal import Foundation

/// An HDF5 file open for reading; closed when the last reference goes.
final class HDF5File: Sendable {
    /// Where the file lies.
    let path: String
    /// Its length in bytes when it was opened: the most that any dataset in it can honestly take.
    let byteCount: Int
    let handle: HDF5Handle

    /// Opens a file.
    ///
    /// - Throws: `missing` or `unreadable` for the file itself, `invalid` if it is not HDF5, `library` if it is
    ///   damaged or cut.
    init(_ path: String) throws(LoaderError) {
        self.path = path
        byteCount = try InputFile.byteCount(path, what: "the weights file")
        let isHDF5 = try HDF5.call("looking for the HDF5 signature", path: path) { H5Fis_hdf5(path) }
        guard isHDF5 > 0 else { throw Self.notHDF5(path, byteCount: byteCount) }
        do {
            handle = try HDF5Handle("opening the HDF5 file", path: path, close: { H5Fclose($0) }) {
                H5Fopen(path, whence_hdf5_read_only(), hid_t(H5P_DEFAULT))
            }
        } catch {
            throw Self.cutShort(error, byteCount: byteCount) ?? error
        }
    }

    /// The library's error in a reader's words, if it says that the file ends before its stated end.
    private static func cutShort(_ error: LoaderError, byteCount: Int) -> LoaderError? {
        guard case .library(let path, _, _, let message) = error, message.contains("truncated file"),
            let stated = message.firstRange(of: "stored_eof = ")
        else { return nil }
        let length = message[stated.upperBound...].prefix { $0.isNumber }
        return .invalid(
            path: path, place: "length of the file", expected: "\(length) bytes, as its header says",
            found: "\(byteCount) bytes", hint: "The file was cut short; fetch it again.")
    }

    private static func notHDF5(_ path: String, byteCount: Int) -> LoaderError {
        let start = FileHandle(forReadingAtPath: path).flatMap { try? $0.read(upToCount: 40) } ?? Data()
        let isPointer = start.starts(with: Data("version https://git-lfs".utf8))
        return .invalid(
            path: path, place: "start of the file", expected: "the HDF5 signature",
            found: isPointer ? "a Git LFS pointer" : byteCount == 0 ? "an empty file" : "other bytes",
            hint: isPointer
                ? "Run `git lfs pull` in the folder it was cloned to."
                : "The file is not HDF5, or its download was cut short; fetch it again.")
    }
}
