internal import CHDF5

extension HDF5File {
    /// A scalar string attribute of an object; `nil` if it has none of that name, or one that is no such string.
    ///
    /// Both encodings occur: variable length, as h5py writes since release 3, and fixed length, padded.
    func stringAttribute(_ name: String, of object: borrowing HDF5Handle) throws(LoaderError) -> String? {
        let owner = object.id
        let operation = "reading the attribute \(quoted(name))"
        guard try HDF5.call(operation, path: path, { H5Aexists(owner, name) }) > 0 else { return nil }
        let attribute = try HDF5Handle(operation, path: path, close: { H5Aclose($0) }) {
            H5Aopen(owner, name, hid_t(H5P_DEFAULT))
        }
        let id = attribute.id
        let space = try HDF5Handle(operation, path: path, close: { H5Sclose($0) }) { H5Aget_space(id) }
        let type = try HDF5Handle(operation, path: path, close: { H5Tclose($0) }) { H5Aget_type(id) }
        let (spaceID, typeID) = (space.id, type.id)
        guard try HDF5.call(operation, path: path, { H5Sget_simple_extent_npoints(spaceID) }) == 1,
            try ElementType(type, path: path) == .string
        else { return nil }
        return try HDF5.call(operation, path: path, { H5Tis_variable_str(typeID) }) > 0
            ? variableString(attribute, type: type, operation: operation)
            : fixedString(attribute, type: type, operation: operation)
    }

    private func variableString(
        _ attribute: borrowing HDF5Handle, type: borrowing HDF5Handle, operation: String
    ) throws(LoaderError) -> String? {
        let (id, typeID) = (attribute.id, type.id)
        // A copy of a stored type is a type in memory, with the same character set.
        let memoryType = try HDF5Handle(operation, path: path, close: { H5Tclose($0) }) { H5Tcopy(typeID) }
        let memoryTypeID = memoryType.id
        var text: UnsafeMutablePointer<CChar>?
        _ = try HDF5.call(operation, path: path) { H5Aread(id, memoryTypeID, &text) }
        guard let text else { return nil }
        let value = String(cString: text)
        _ = try HDF5.call(operation, path: path) { H5free_memory(text) }
        return value
    }

    private func fixedString(
        _ attribute: borrowing HDF5Handle, type: borrowing HDF5Handle, operation: String
    ) throws(LoaderError) -> String? {
        let (id, typeID) = (attribute.id, type.id)
        let size = try HDF5.byteCount(of: type, path: path)
        // No name that is read here comes near this; a file that claims more is not believed.
        guard size <= 65_536 else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        _ = try HDF5.call(operation, path: path) { H5Aread(id, typeID, &bytes) }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
