internal import Foundation

extension TemporaryFile {
    /// Begins a file that libhdf5 writes, which it does only where it can go back and forth.
    ///
    /// - Throws: `unwritable` for a folder, a device or a pipe, and for a place in a folder that does not exist.
    convenience init(forHDF5 path: String) throws(LoaderError) {
        switch OutputPlace(path) {
        case .file(let place, _): self.init(beside: place)
        case .stream:
            throw .unwritable(path: path, reason: "it is no regular file, and HDF5 is written to files only")
        case .nowhere(let reason): throw .unwritable(path: path, reason: reason)
        }
    }

    /// Puts the file in place of its destination.
    ///
    /// - Parameter path: the destination as it was given, for the error.
    /// - Throws: `unwritable`; the destination is then as it was.
    func commit(as path: String) throws(LoaderError) {
        guard commit() else {
            throw .unwritable(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
    }
}
