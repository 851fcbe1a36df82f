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
    /// The error for a file of weights of a kind that is not read, but known by how it begins.
    ///
    /// - Parameter start: its first bytes, at least ten of them if it has as many.
    static func otherFormat(of path: String, _ start: [UInt8]) -> LoaderError? {
        let isZip = start.starts(with: [0x50, 0x4B, 3, 4])
        // The first operations of Python's pickle: its version, and a number or a dictionary.
        let isPickle = start.starts(with: [0x80, 2]) || start.starts(with: [0x80, 4])
        let isSafetensors = start.count > 8 && start[8] == UInt8(ascii: "{") && start[6] == 0 && start[7] == 0
        let found: (kind: String, hint: String)
        if isZip, path.hasSuffix(".keras") {
            found = (
                "Keras's archive", "Save the weights beside it: `model.save_weights(\"model.weights.h5\")`."
            )
        } else if isZip || isPickle {
            found = ("PyTorch's or another pickle of Python's", "Such files are not read; " + conversion)
        } else if isSafetensors {
            found = ("the start of safetensors", "Give it a name that ends in .safetensors.")
        } else {
            return nil
        }
        return .invalid(
            path: path, place: "start of the file", expected: "the HDF5 signature", found: found.kind,
            hint: found.hint)
    }

    /// What turns weights of other kinds into ones that are read.
    static let conversion =
        "save the model again with a current release of transformers: "
        + "`AutoModelForSequenceClassification.from_pretrained(folder).save_pretrained(folder)`."

    /// The error for a tensor that was listed, but is not there as described when it is to be read.
    static func changed(_ tensor: StoredTensor) -> LoaderError {
        .invalid(
            path: tensor.file, place: quoted(tensor.name),
            expected: "\(tensor.elementType.rawValue) of shape \(tensor.shape), as it was listed",
            found: "something else", hint: "The file was changed while it was read; try again.")
    }
}
