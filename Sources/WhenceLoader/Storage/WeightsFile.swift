internal import Foundation
internal import WhenceTensor

/// A file that holds tensors by name, open for reading.
protocol WeightsFile: Sendable {
    /// Where the file lies.
    var path: String { get }
    /// Its length in bytes when it was opened.
    var byteCount: Int { get }

    /// Every tensor, none of whose elements is read.
    func datasets() -> [StoredTensor]

    /// Where the elements of a tensor that `datasets()` described lie one behind the other; `nil` where they do not.
    ///
    /// - Throws: as `read(_:)`.
    func elements(of tensor: StoredTensor) throws(LoaderError) -> StoredElements?

    /// All elements of a tensor that `datasets()` described, as float32.
    ///
    /// - Throws: `invalid` for elements that are no floating-point numbers and for a tensor that claims more than
    ///   the file holds or that is no longer as it was listed; `unreadable` if reading fails.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor
}

extension HDF5File: WeightsFile {}
extension SafetensorsFile: WeightsFile {}

/// Opens a weights file: safetensors by its name, which has no signature of its own, else HDF5.
///
/// - Throws: what the file's kind throws when it is opened.
func openWeightsFile(_ path: String) throws(LoaderError) -> any WeightsFile {
    if SafetensorsFile.isNamedSo(path) { return try SafetensorsFile(path) }
    return try HDF5File(path)
}

extension LoaderError {
    /// The error for a tensor that was listed, but is not there as described when it is to be read.
    static func changed(_ tensor: StoredTensor) -> LoaderError {
        .invalid(
            path: tensor.file, place: quoted(tensor.name),
            expected: "\(tensor.elementType.rawValue) of shape \(tensor.shape), as it was listed",
            found: "something else", hint: "The file was changed while it was read; try again.")
    }
}
