internal import WhenceTensor

extension HDF5File {
    /// Where the elements of a dataset lie; `nil` where they are in chunks, or there are none.
    ///
    /// - Parameter tensor: as `datasets()` described it.
    /// - Throws: as `read(_:)`.
    func elements(of tensor: StoredTensor) throws(LoaderError) -> StoredElements? {
        let dataset = try readable(tensor)
        guard tensor.byteCount > 0 else { return nil }
        switch dataset.layout {
        case .compact(let offset, let stored):
            return try elements(of: tensor, dataset, at: offset, stored: stored)
        case .contiguous(let offset, let stored):
            let room = offset.map { byteCount - $0 } ?? 0
            return try elements(of: tensor, dataset, at: offset ?? 0, stored: min(stored, room))
        case .chunked:
            return nil
        case .other:
            throw invalid(
                tensor, expected: "a contiguous, compact or chunked dataset", found: "another layout")
        }
    }

    /// All elements of a dataset as float32.
    ///
    /// - Parameter tensor: as `datasets()` described it.
    /// - Throws: `invalid` for elements that are no floating-point numbers, for a dataset that claims more than
    ///   the file holds or that is not as it was listed, and for filters other than deflate, shuffle and
    ///   fletcher32; `unreadable`.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor {
        if let elements = try elements(of: tensor) { return try elements.read() }
        let dataset = try readable(tensor)
        guard tensor.byteCount > 0, case .chunked(let plan) = dataset.layout else {
            return Tensor(shape: tensor.shape, elements: [])
        }
        do throws(LoaderError) {
            return try HDF5ChunkReader(tensor, dataset, plan, in: self).assembled()
        } catch {
            throw error.named(tensor.name)
        }
    }

    /// A dataset of floating-point numbers in this file.
    private func readable(_ tensor: StoredTensor) throws(LoaderError) -> HDF5Dataset {
        guard tensor.elementType.isFloatingPoint else {
            throw invalid(
                tensor, expected: "floating-point weights", found: tensor.elementType.rawValue)
        }
        let dataset = try dataset(tensor)
        guard !dataset.isExternal else {
            throw invalid(tensor, expected: "elements in this file", found: "external files")
        }
        return dataset
    }

    private func elements(
        of tensor: StoredTensor, _ dataset: HDF5Dataset, at offset: Int, stored: Int
    ) throws(LoaderError) -> StoredElements {
        guard dataset.filters.isEmpty else {
            throw invalid(tensor, expected: "filters in a chunked dataset only", found: "others")
        }
        guard stored >= tensor.byteCount else { throw tooShort(tensor, stored: stored).named(tensor.name) }
        return StoredElements(
            file: file, tensor: tensor, offset: offset, isBigEndian: dataset.type.isBigEndian)
    }

    /// The error for a dataset of which the file holds too few bytes, for its name to be put before.
    func tooShort(_ tensor: StoredTensor, stored: Int) -> LoaderError {
        format.damaged(
            "elements",
            expected: "\(tensor.byteCount) bytes for shape \(tensor.shape) of \(tensor.elementType.rawValue)",
            found: "\(stored) bytes in a file of \(byteCount)")
    }

    private func invalid(_ tensor: StoredTensor, expected: String, found: String) -> LoaderError {
        format.damaged(quoted(tensor.name), expected: expected, found: found)
    }
}
