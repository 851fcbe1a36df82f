internal import CHDF5
internal import WhenceTensor

extension HDF5File {
    /// All elements of a dataset as float32.
    ///
    /// float32 goes from the file into the tensor's memory without a copy between; float64 is narrowed by
    /// libhdf5; the 16-bit types are widened here, because libhdf5 converts them bit by bit.
    /// - Parameter tensor: as `datasets()` described it.
    /// - Throws: `invalid` for elements that are no floating-point numbers, for a dataset that claims more than
    ///   the file holds and for filters that this libhdf5 has not; `library` if reading fails.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor {
        guard tensor.elementType.isFloatingPoint else {
            throw invalid(
                quoted(tensor.name), expected: "floating-point weights",
                found: tensor.elementType.rawValue)
        }
        let dataset = try open(dataset: tensor.name)
        try checkStorage(of: dataset, for: tensor)
        let operation = "reading \(quoted(tensor.name))"
        let id = dataset.id
        let all = hid_t(H5S_ALL)
        return try Tensor(shape: tensor.shape) { elements throws(LoaderError) in
            guard !elements.isEmpty else { return }
            switch tensor.elementType {
            case .float16, .bfloat16:
                let raw = try readHalves(dataset, count: elements.count, operation: operation)
                HalfPrecision.widen(raw, isBrain: tensor.elementType == .bfloat16, into: elements)
            default:
                nonisolated(unsafe) let target = elements.baseAddress
                _ = try HDF5.call(operation, path: path) {
                    H5Dread(id, whence_hdf5_native_float(), all, all, hid_t(H5P_DEFAULT), target)
                }
            }
        }
    }

    /// The bit patterns of 16-bit elements, little-endian.
    private func readHalves(
        _ dataset: borrowing HDF5Handle, count: Int, operation: String
    ) throws(LoaderError) -> [UInt16] {
        let id = dataset.id
        let stored = try HDF5Handle(operation, path: path, close: { H5Tclose($0) }) { H5Dget_type(id) }
        let storedID = stored.id
        let native = try HDF5Handle(operation, path: path, close: { H5Tclose($0) }) { H5Tcopy(storedID) }
        let nativeID = native.id
        // Opaque bytes have no order to change; Keras writes them little-endian.
        if try HDF5.call(operation, path: path, { H5Tget_class(nativeID).rawValue }) == H5T_FLOAT.rawValue {
            _ = try HDF5.call(operation, path: path) { H5Tset_order(nativeID, H5T_ORDER_LE) }
        }
        return try [UInt16](unsafeUninitializedCapacity: count) { raw, filled throws(LoaderError) in
            nonisolated(unsafe) let target = raw.baseAddress
            _ = try HDF5.call(operation, path: path) {
                H5Dread(id, nativeID, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), target)
            }
            filled = count
        }
    }

    /// Opens a dataset by its full name.
    func open(dataset name: String) throws(LoaderError) -> HDF5Handle {
        let file = handle.id
        return try HDF5Handle("opening \(quoted(name))", path: path, close: { H5Dclose($0) }) {
            H5Dopen2(file, name, hid_t(H5P_DEFAULT))
        }
    }

    func invalid(_ place: String, expected: String, found: String) -> LoaderError {
        .invalid(
            path: path, place: place, expected: expected, found: found,
            hint: "The file is damaged, or no model's weights; fetch or save it again.")
    }
}
