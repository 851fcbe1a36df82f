internal import CHDF5
internal import Foundation
public import WhenceTensor

/// Numbers by name and a text beside them, as one HDF5 file: what has to be kept of something that is still changing.
///
/// Everything lies in one group, `state`, whose attribute `description` is the text.
public struct NamedTensorFile: Sendable {
    /// The tensors, in the order in which they are written.
    public var tensors: [(name: String, tensor: Tensor)]
    /// The text: not empty, less than 64 KiB.
    public var description: String

    private static let groupName = "state"
    private static let attributeName = "description"

    /// Puts together what a file will hold.
    public init(tensors: [(name: String, tensor: Tensor)], description: String) {
        self.tensors = tensors
        self.description = description
    }

    /// Writes the file: beside its destination first, which it then replaces whole.
    ///
    /// - Throws: `unwritable`; the destination is then as it was.
    public func write(to path: String) throws(LoaderError) {
        let temporary = try TemporaryFile(forHDF5: path)
        try writeContent(to: temporary.path, for: path)
        try temporary.commit(as: path)
    }

    /// Its own scope, so that the file is closed before it is renamed.
    private func writeContent(to path: String, for destination: String) throws(LoaderError) {
        let file = try HDF5Output(creating: path, for: destination)
        let group = try file.group(Self.groupName)
        try file.write(description, attribute: Self.attributeName, of: group, hasFixedLength: true)
        for (name, tensor) in tensors {
            try tensor.withUnsafeBufferPointer { elements throws(LoaderError) in
                try file.write(
                    elements, shape: tensor.shape, type: \.native_float, as: name, in: group)
            }
        }
        try file.flush()
    }

    /// Reads a file that `write(to:)` wrote.
    ///
    /// - Throws: `missing`, `unreadable`, `invalid` or `library`, as files of weights do.
    public init(readingFrom path: String) throws(LoaderError) {
        let file = try HDF5File(path)
        description = try file.text(attribute: Self.attributeName, ofGroup: Self.groupName)
        let prefix = Self.groupName + "/"
        tensors = []
        for stored in file.datasets() {
            let name = stored.name.drop { $0 == "/" }
            guard name.hasPrefix(prefix) else { continue }
            tensors.append((String(name.dropFirst(prefix.count)), try file.read(stored)))
        }
    }

    /// A tensor by its name.
    public subscript(name: String) -> Tensor? { tensors.first { $0.name == name }?.tensor }
}
