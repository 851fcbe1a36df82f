internal import CHDF5

extension HDF5File {
    /// Makes sure that the file honestly holds what a dataset claims, before memory is taken for it.
    ///
    /// - Throws: `invalid` naming the dataset.
    func checkStorage(of dataset: borrowing HDF5Handle, for tensor: StoredTensor) throws(LoaderError) {
        guard tensor.byteCount > 0 else { return }
        let operation = "reading the layout of \(quoted(tensor.name))"
        let id = dataset.id
        let plan = try HDF5Handle(operation, path: path, close: { H5Pclose($0) }) { H5Dget_create_plist(id) }
        let planID = plan.id
        let layout = try HDF5.call(operation, path: path) { H5Pget_layout(planID).rawValue }
        // libhdf5 has no failure of its own here; nothing stored is a failure to us.
        let stored = try HDF5.call(operation, path: path) { Int(clamping: H5Dget_storage_size(id)) }

        switch H5D_layout_t(layout) {
        case H5D_COMPACT:
            try check(stored >= tensor.byteCount, tensor, stored: stored)
        case H5D_CONTIGUOUS:
            guard try HDF5.call(operation, path: path, { H5Pget_external_count(planID) }) == 0 else {
                throw invalid(quoted(tensor.name), expected: "elements in this file", found: "external files")
            }
            let start = try HDF5.call(operation, path: path) { [noAddress = whence_hdf5_no_address()] in
                let offset = H5Dget_offset(id)
                return offset == noAddress ? byteCount : Int(clamping: offset)
            }
            try check(
                stored >= tensor.byteCount && start <= byteCount && tensor.byteCount <= byteCount - start,
                tensor, stored: min(stored, max(0, byteCount - start)))
        case H5D_CHUNKED:
            try checkFilters(planID, tensor)
            let chunk = try chunkByteCount(planID, tensor)
            let isHonest = stored > 0 && stored <= byteCount
            try check(
                isHonest && max(chunk, tensor.byteCount) / stored <= Self.deflateLimit, tensor, stored: stored
            )
        default:
            throw invalid(
                quoted(tensor.name), expected: "a contiguous, compact or chunked dataset",
                found: "another layout")
        }
    }

    /// Deflate shrinks nothing by more than 1,032 : 1 (RFC 1951: 258 bytes from two bits).
    private static let deflateLimit = 1_032

    private func check(_ holds: Bool, _ tensor: StoredTensor, stored: Int) throws(LoaderError) {
        guard !holds else { return }
        throw invalid(
            quoted(tensor.name),
            expected: "\(tensor.byteCount) bytes for shape \(tensor.shape) of \(tensor.elementType.rawValue)",
            found: "\(stored) bytes in a file of \(byteCount)")
    }

    private func checkFilters(_ plan: hid_t, _ tensor: StoredTensor) throws(LoaderError) {
        let operation = "reading the filters of \(quoted(tensor.name))"
        let count = try HDF5.call(operation, path: path) { H5Pget_nfilters(plan) }
        for index in 0..<UInt32(count) {
            var name = [CChar](repeating: 0, count: 64)
            let filter = try HDF5.call(operation, path: path) {
                var flags: UInt32 = 0
                var valueCount = 0
                var configuration: UInt32 = 0
                return H5Pget_filter2(
                    plan, index, &flags, &valueCount, nil, name.count, &name, &configuration)
            }
            guard try HDF5.call(operation, path: path, { H5Zfilter_avail(filter) }) > 0 else {
                let label = String(
                    decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                throw .invalid(
                    path: path, place: quoted(tensor.name), expected: "a compression that libhdf5 knows",
                    found: "filter \(filter) \(quoted(label))",
                    hint: "Save the weights again without compression, or with gzip.")
            }
        }
    }

    /// Bytes of one chunk, which libhdf5 takes memory for whatever the dataset's own shape.
    private func chunkByteCount(_ plan: hid_t, _ tensor: StoredTensor) throws(LoaderError) -> Int {
        let operation = "reading the chunks of \(quoted(tensor.name))"
        var extents = [hsize_t](repeating: 0, count: max(tensor.shape.count, 1))
        let rank = try HDF5.call(operation, path: path) { H5Pget_chunk(plan, Int32(extents.count), &extents) }
        // A damaged rank sends libhdf5 into an endless search for the chunks of a selection.
        guard Int(rank) == tensor.shape.count, !extents.contains(0) else {
            throw invalid(
                quoted(tensor.name), expected: "chunks of \(tensor.shape.count) axes", found: "\(rank) axes")
        }
        return extents.reduce(tensor.byteCount / tensor.count) { total, extent in
            let (product, overflow) = total.multipliedReportingOverflow(by: Int(clamping: extent))
            return overflow ? .max : product
        }
    }
}
