internal import CHDF5

extension HDF5File {
    /// The text of an attribute that is one string of variable length.
    ///
    /// - Throws: `library` if the object or the attribute is not there; `invalid` if it is something else.
    func text(attribute name: String, of object: String) throws(LoaderError) -> String {
        let file = handle.id
        let operation = "reading the attribute \(name) of \(object)"
        let attribute = try HDF5Handle(operation, path: path, close: { H5Aclose($0) }) {
            H5Aopen_by_name(file, object, name, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
        }
        let attributeID = attribute.id
        let stored = try HDF5Handle(operation, path: path, close: { H5Tclose($0) }) {
            H5Aget_type(attributeID)
        }
        let space = try HDF5Handle(operation, path: path, close: { H5Sclose($0) }) {
            H5Aget_space(attributeID)
        }
        let (storedID, spaceID) = (stored.id, space.id)
        let isVariable = try HDF5.call(operation, path: path) { H5Tis_variable_str(storedID) } > 0
        let count = try HDF5.call(operation, path: path) { H5Sget_simple_extent_npoints(spaceID) }
        guard isVariable, count == 1 else {
            throw invalid("attribute \(name) of \(object)", expected: "one text", found: "something else")
        }
        // One pointer, which the library sets and whose text it allocates.
        let pointer = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
        pointer.initialize(to: nil)
        defer { pointer.deallocate() }
        nonisolated(unsafe) let target = UnsafeMutableRawPointer(pointer)
        _ = try HDF5.call(operation, path: path) { H5Aread(attributeID, storedID, target) }
        guard let text = pointer.pointee else { return "" }
        let result = String(cString: text)
        nonisolated(unsafe) let allocated = UnsafeMutableRawPointer(text)
        _ = try HDF5.call(operation, path: path) { H5free_memory(allocated) }
        return result
    }
}
