/// An HDF5 file open for reading; closed when the last reference goes.
///
/// Files come from strangers, and libhdf5 trusts them: damaged heaps, links and selections make it read and write
/// beyond its memory. So it only writes. What weights need of the format is read here, where every number from the
/// file is compared with what the file can hold.
/// - Note: HDF5 File Format Specification 3.0, https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html.
final class HDF5File: Sendable {
    let file: OpenFile
    let format: HDF5Format
    private let listing: HDF5Listing

    /// Opens a file and lists its datasets, no element of which is read.
    ///
    /// - Throws: `missing` or `unreadable` for the file itself; `invalid` if it is not HDF5, damaged or cut.
    init(_ path: String) throws(LoaderError) {
        file = try OpenFile(path, what: "the weights file")
        let superblock = try HDF5Superblock(of: file)
        format = superblock.format
        listing = try HDF5Listing(from: superblock.root, HDF5Metadata(file, format: format))
    }

    /// Where the file lies.
    var path: String { file.path }
    /// Its length in bytes when it was opened.
    var byteCount: Int { file.byteCount }

    /// Every dataset that links lead to, groups in the order of their names.
    ///
    /// A dataset with several names is there under each. Links that lead out of the file or nowhere are there as such.
    func datasets() -> [StoredTensor] { listing.tensors }

    /// Why a listed tensor cannot be read, as far as the headers tell.
    func problem(of tensor: StoredTensor) -> LoaderError? { listing.problems[tensor] }

    /// What the object header of a listed dataset says.
    ///
    /// - Throws: `invalid` if it is not in this listing; the file may have been changed since another.
    func dataset(_ tensor: StoredTensor) throws(LoaderError) -> HDF5Dataset {
        guard let dataset = listing.datasets[tensor] else { throw .changed(tensor) }
        return dataset
    }
}

extension LoaderError {
    /// The same error with an object's name before the place.
    func named(_ name: String) -> LoaderError {
        guard case .invalid(let path, let place, let expected, let found, let hint) = self else {
            return self
        }
        return .invalid(
            path: path, place: "\(quoted(name)): \(place)", expected: expected, found: found, hint: hint)
    }
}
