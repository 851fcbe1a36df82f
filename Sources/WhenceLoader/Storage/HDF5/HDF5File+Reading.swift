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
        case .compact(let offset, _), .contiguous(let offset?, _):
            return StoredElements(
                file: file, tensor: tensor, offset: offset, isBigEndian: dataset.type.isBigEndian)
        case .contiguous, .chunked, .other:
            return nil
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
        guard tensor.byteCount > 0 else { return Tensor(shape: tensor.shape, elements: []) }
        guard case .chunked(let plan) = dataset.layout else { return try unwritten(tensor, dataset) }
        do throws(LoaderError) {
            let metadata = HDF5Metadata(file, format: format)
            return try HDF5ChunkReader(dataset, plan, metadata).assembled()
        } catch {
            throw error.named(tensor.name)
        }
    }

    /// A dataset of floating-point numbers in this file.
    private func readable(_ tensor: StoredTensor) throws(LoaderError) -> HDF5Dataset {
        if let problem = problem(of: tensor) { throw problem.named(tensor.name) }
        guard tensor.elementType.isFloatingPoint else {
            throw format.damaged(
                quoted(tensor.name), expected: "floating-point weights", found: tensor.elementType.rawValue)
        }
        return try dataset(tensor)
    }

    /// What a dataset holds that was made and never written; the listing has made sure that it is short.
    private func unwritten(_ tensor: StoredTensor, _ dataset: HDF5Dataset) throws(LoaderError) -> Tensor {
        try Tensor(shape: tensor.shape, orThrow: LoaderError.memory) { elements throws(LoaderError) in
            var bytes = [UInt8](repeating: 0, count: tensor.byteCount)
            bytes.withUnsafeMutableBytes { dataset.fill.write(over: $0) }
            FloatConversion.widen(
                bytes, from: tensor.elementType, isBigEndian: dataset.type.isBigEndian, into: elements)
        }
    }
}
