internal import CHDF5

/// An HDF5 file being written. Its errors name the destination, not the temporary file that is open.
final class HDF5Output {
    private let handle: HDF5Handle
    private let destination: String

    /// Creates the file, replacing one of that name.
    ///
    /// The format of HDF5 1.8 and later is chosen, because the one before it cuts an attribute off at 64 KiB.
    init(creating path: String, for destination: String) throws(LoaderError) {
        self.destination = destination
        handle = try Self.write(destination, "creating the file") { operation throws(LoaderError) in
            let access = try HDF5Handle(operation, path: destination, close: { $0.H5Pclose($1) }) {
                $0.H5Pcreate($0.file_access)
            }
            let accessID = access.id
            _ = try HDF5.call(operation, path: destination) {
                $0.H5Pset_libver_bounds(accessID, H5F_LIBVER_V18, H5F_LIBVER_V18)
            }
            let creation = try Self.timelessCreation(
                \.file_creation, for: destination, operation)
            let creationID = creation.id
            return try HDF5Handle(operation, path: destination, close: { $0.H5Fclose($1) }) {
                $0.H5Fcreate(path, whence_hdf5_truncate(), creationID, accessID)
            }
        }
    }

    /// Makes a group at the top of the file.
    func group(_ name: String) throws(LoaderError) -> HDF5Handle {
        let file = handle.id
        return try Self.write(destination, "creating the group /\(name)") { operation throws(LoaderError) in
            let creation = try Self.timelessCreation(
                \.group_creation, for: destination, operation)
            let creationID = creation.id
            return try HDF5Handle(operation, path: destination, close: { $0.H5Gclose($1) }) {
                $0.H5Gcreate2(file, name, hid_t(H5P_DEFAULT), creationID, hid_t(H5P_DEFAULT))
            }
        }
    }

    /// Writes a dataset of numbers.
    ///
    /// - Parameter type: the number's type in memory, which is also the file's.
    func write<Element: BitwiseCopyable>(
        _ elements: UnsafeBufferPointer<Element>, shape: [Int], type: HDF5.ID, as name: String,
        in group: borrowing HDF5Handle
    ) throws(LoaderError) {
        let id = group.id
        try Self.write(destination, "writing \(name)") { operation throws(LoaderError) in
            let space = try dataspace(shape, operation)
            let creation = try Self.timelessCreation(
                \.dataset_creation, for: destination, operation)
            let (spaceID, creationID) = (space.id, creation.id)
            let dataset = try HDF5Handle(operation, path: destination, close: { $0.H5Dclose($1) }) {
                $0.H5Dcreate2(
                    id, name, $0[keyPath: type], spaceID, hid_t(H5P_DEFAULT), creationID,
                    hid_t(H5P_DEFAULT))
            }
            guard !elements.isEmpty else { return }
            let datasetID = dataset.id
            _ = try HDF5.call(operation, path: destination) {
                $0.H5Dwrite(
                    datasetID, $0[keyPath: type], hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT),
                    elements.baseAddress)
            }
        }
    }

    /// Writes a text attribute: of variable length, or of fixed length where a NUL would end the former early.
    ///
    /// - Parameter hasFixedLength: whether it is to have a fixed length, which keeps it beside its object.
    func write(
        _ text: String, attribute name: String, of object: borrowing HDF5Handle, hasFixedLength: Bool = false
    ) throws(LoaderError) {
        let isFixed = hasFixedLength || text.utf8.contains(0)
        try Self.write(destination, "writing the attribute \(name)") { operation throws(LoaderError) in
            let length = isFixed ? text.utf8.count : whence_hdf5_variable_length()
            let type = try stringType(length: length, operation)
            let space = try HDF5Handle(operation, path: destination, close: { $0.H5Sclose($1) }) {
                $0.H5Screate(H5S_SCALAR)
            }
            if isFixed {
                let typeID = type.id
                // Padded, for a type that is ended by a NUL would end at the first of them.
                _ = try HDF5.call(operation, path: destination) { $0.H5Tset_strpad(typeID, H5T_STR_NULLPAD) }
                try write(Array(text.utf8), attribute: name, of: object, type: type, space: space, operation)
            } else {
                try write([text], attribute: name, of: object, type: type, space: space, operation)
            }
        }
    }

    /// Writes a text attribute of the whole file.
    func write(_ text: String, attribute name: String) throws(LoaderError) {
        try write(text, attribute: name, of: handle)
    }

    /// Writes an attribute of several texts of variable length.
    func write(_ texts: [String], attribute name: String, of object: borrowing HDF5Handle) throws(LoaderError)
    {
        try Self.write(destination, "writing the attribute \(name)") { operation throws(LoaderError) in
            let type = try stringType(length: whence_hdf5_variable_length(), operation)
            let space = try dataspace([texts.count], operation)
            let shown = texts.map { String($0.map { $0 == "\0" ? "␀" : $0 }) }
            try write(shown, attribute: name, of: object, type: type, space: space, operation)
        }
    }

    /// Writes out everything, so that a full disk is noticed while someone can still be told.
    func flush() throws(LoaderError) {
        let id = handle.id
        _ = try Self.write(destination, "writing the file") { operation throws(LoaderError) in
            try HDF5.call(operation, path: destination) { $0.H5Fflush(id, H5F_SCOPE_GLOBAL) }
        }
    }

    // MARK: - Parts

    /// Properties with which a file, a group or a dataset is made that keeps no times: the same content makes the same
    /// bytes, whenever it is written.
    private static func timelessCreation(
        _ kind: HDF5.ID, for destination: String, _ operation: String
    ) throws(LoaderError) -> HDF5Handle {
        let properties = try HDF5Handle(operation, path: destination, close: { $0.H5Pclose($1) }) {
            $0.H5Pcreate($0[keyPath: kind])
        }
        let id = properties.id
        _ = try HDF5.call(operation, path: destination) { $0.H5Pset_obj_track_times(id, false) }
        return properties
    }

    private func write(
        _ texts: [String], attribute name: String, of object: borrowing HDF5Handle,
        type: borrowing HDF5Handle, space: borrowing HDF5Handle, _ operation: String
    ) throws(LoaderError) {
        // Every text behind the other in one buffer, and a pointer to the start of each.
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8CString)
        }
        try bytes.withUnsafeBufferPointer { bytes throws(LoaderError) in
            let pointers = starts.map { bytes.baseAddress?.advanced(by: $0) }
            try write(pointers, attribute: name, of: object, type: type, space: space, operation)
        }
    }

    private func write<Element: BitwiseCopyable>(
        _ elements: [Element], attribute name: String, of object: borrowing HDF5Handle,
        type: borrowing HDF5Handle, space: borrowing HDF5Handle, _ operation: String
    ) throws(LoaderError) {
        let (id, typeID, spaceID) = (object.id, type.id, space.id)
        let attribute = try HDF5Handle(operation, path: destination, close: { $0.H5Aclose($1) }) {
            $0.H5Acreate2(id, name, typeID, spaceID, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
        }
        guard !elements.isEmpty else { return }
        let attributeID = attribute.id
        _ = try HDF5.call(operation, path: destination) { library in
            elements.withUnsafeBytes { library.H5Awrite(attributeID, typeID, $0.baseAddress) }
        }
    }

    private func stringType(length: Int, _ operation: String) throws(LoaderError) -> HDF5Handle {
        let type = try HDF5Handle(operation, path: destination, close: { $0.H5Tclose($1) }) {
            $0.H5Tcopy($0.c_string)
        }
        let id = type.id
        _ = try HDF5.call(operation, path: destination) { $0.H5Tset_size(id, length) }
        _ = try HDF5.call(operation, path: destination) { $0.H5Tset_cset(id, H5T_CSET_UTF8) }
        return type
    }

    private func dataspace(_ shape: [Int], _ operation: String) throws(LoaderError) -> HDF5Handle {
        let extents = shape.map { hsize_t(clamping: $0) }
        return try HDF5Handle(operation, path: destination, close: { $0.H5Sclose($1) }) {
            $0.H5Screate_simple(Int32(extents.count), extents, nil)
        }
    }

    /// Turns a failure of libhdf5 into one to write.
    private static func write<Result: ~Copyable>(
        _ destination: String, _ operation: String,
        _ body: (String) throws(LoaderError) -> Result
    ) throws(LoaderError) -> Result {
        do {
            return try body(operation)
        } catch {
            guard case .library(_, let operation, _, let message) = error else { throw error }
            throw .unwritable(path: destination, reason: "\(operation) failed: \(systemReason(message))")
        }
    }

    /// What the system said, where libhdf5 quotes it among addresses and lengths.
    private static func systemReason(_ message: String) -> Substring {
        guard let start = message.firstRange(of: "error message = '")?.upperBound else { return message[...] }
        return message[start...].prefix { $0 != "'" }
    }
}
