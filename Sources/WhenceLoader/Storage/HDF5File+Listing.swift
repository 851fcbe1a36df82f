internal import CHDF5

extension HDF5File {
    /// Every dataset that hard links lead to, groups in the order of their names, without reading an element.
    ///
    /// Each group is entered once however many links lead to it, so a cycle ends; soft and external links,
    /// which no writer of weights makes, are not followed.
    /// - Throws: `library` if the file is damaged; `invalid` for a shape that no memory could hold, or nesting
    ///   beyond any model's.
    /// - Complexity: O(objects), a few microseconds each.
    func datasets() throws(LoaderError) -> [StoredTensor] {
        var listing = Listing()
        var pending = [(path: "", depth: 0)]
        while let next = pending.popLast() {
            let groups = try visit(next.path, into: &listing)
            guard groups.isEmpty || next.depth < Listing.depthLimit else {
                throw invalid(
                    quoted(next.path), expected: "at most \(Listing.depthLimit) nested groups", found: "more")
            }
            pending.append(contentsOf: groups.reversed().map { (path: $0, depth: next.depth + 1) })
        }
        return listing.tensors
    }

    /// Adds the datasets of one group and returns the paths of the groups in it that were not yet seen.
    private func visit(_ groupPath: String, into listing: inout Listing) throws(LoaderError) -> [String] {
        let file = handle.id
        let group = try HDF5Handle(
            "opening the group \(quoted(groupPath))", path: path, close: { H5Gclose($0) }
        ) {
            H5Gopen2(file, groupPath.isEmpty ? "/" : groupPath, hid_t(H5P_DEFAULT))
        }
        var groups: [String] = []
        for name in try linkNames(of: group, at: groupPath, limit: Listing.linkLimit - listing.linkCount) {
            listing.linkCount += 1
            let child = "\(groupPath)/\(name)"
            guard child.utf8.count <= Listing.pathLimit else {
                throw invalid(
                    quoted(child), expected: "a path of at most \(Listing.pathLimit) bytes",
                    found: "\(child.utf8.count)")
            }
            let id = group.id
            var type = H5O_TYPE_UNKNOWN
            var address: haddr_t = 0
            _ = try HDF5.call("looking up \(quoted(child))", path: path) {
                whence_hdf5_object(id, name, &type, &address)
            }
            if type == H5O_TYPE_GROUP, listing.seen.insert(address).inserted {
                groups.append(child)
            } else if type == H5O_TYPE_DATASET {
                listing.tensors.append(try describe(child, linkedAs: name, in: group))
            }
        }
        return groups
    }

    private func linkNames(
        of group: borrowing HDF5Handle, at groupPath: String, limit: Int
    ) throws(LoaderError) -> [String] {
        let id = group.id
        var names = LinkNames(limit: limit)
        let status = try withUnsafeMutablePointer(to: &names) { names throws(LoaderError) in
            // The pointer crosses into the locked call and back, never to another thread.
            nonisolated(unsafe) let context = names
            return try HDF5.call("listing the group \(quoted(groupPath))", path: path) {
                whence_hdf5_each_link(
                    id,
                    { _, name, info, context in
                        guard let name, let context, info?.pointee.type == H5L_TYPE_HARD else { return 0 }
                        let names = context.assumingMemoryBound(to: LinkNames.self)
                        guard names.pointee.found.count < names.pointee.limit else { return 1 }
                        names.pointee.found.append(String(cString: name))
                        return 0
                    }, context)
            }
        }
        guard status == 0 else {
            throw invalid(
                quoted(groupPath), expected: "at most \(Listing.linkLimit) objects in the file", found: "more"
            )
        }
        return names.found
    }

    /// Shape and type of one dataset.
    ///
    /// - Parameters:
    ///   - name: its full name.
    ///   - link: its name in `group`; to go there from the root again would double the time of a listing.
    private func describe(
        _ name: String, linkedAs link: String, in group: borrowing HDF5Handle
    ) throws(LoaderError) -> StoredTensor {
        let groupID = group.id
        let dataset = try HDF5Handle("opening \(quoted(name))", path: path, close: { H5Dclose($0) }) {
            H5Dopen2(groupID, link, hid_t(H5P_DEFAULT))
        }
        let shape = try shape(of: dataset, named: name)
        let id = dataset.id
        let type = try HDF5Handle("reading the type of \(quoted(name))", path: path, close: { H5Tclose($0) })
        {
            H5Dget_type(id)
        }
        var elementType = try ElementType(type, path: path)
        let elementSize = try HDF5.byteCount(of: type, path: path)
        if elementType == .other, elementSize == 2, try isKerasBrainFloat(dataset) { elementType = .bfloat16 }
        guard let byteCount = Listing.byteCount(shape, elementSize: elementSize) else {
            throw invalid(quoted(name), expected: "a size that fits into memory", found: "shape \(shape)")
        }
        return StoredTensor(
            file: path, name: name, shape: shape, elementType: elementType, byteCount: byteCount)
    }

    /// Whether two opaque bytes are bfloat16, for which HDF5 had no name when Keras began to write it.
    ///
    /// Keras sets the attribute `dtype` for that type alone, so that it is there says enough. Its text is not
    /// read: it lies in the file's global heap, and libhdf5 1.10 copies from a damaged heap unchecked.
    private func isKerasBrainFloat(_ dataset: borrowing HDF5Handle) throws(LoaderError) -> Bool {
        let id = dataset.id
        return try HDF5.call("looking for the attribute dtype", path: path) { H5Aexists(id, "dtype") } > 0
    }

    private func shape(of dataset: borrowing HDF5Handle, named name: String) throws(LoaderError) -> [Int] {
        let id = dataset.id
        let space = try HDF5Handle(
            "reading the shape of \(quoted(name))", path: path, close: { H5Sclose($0) }
        ) {
            H5Dget_space(id)
        }
        let spaceID = space.id
        let rank = try HDF5.call("reading the shape of \(quoted(name))", path: path) {
            H5Sget_simple_extent_ndims(spaceID)
        }
        var extents = [hsize_t](repeating: 0, count: Int(rank))
        _ = try HDF5.call("reading the shape of \(quoted(name))", path: path) {
            H5Sget_simple_extent_dims(spaceID, &extents, nil)
        }
        let isNull = try HDF5.call("reading the shape of \(quoted(name))", path: path) {
            Int(H5Sget_simple_extent_type(spaceID).rawValue)
        }
        // A null dataspace has no element; as a shape that is an axis of none.
        return isNull == Int(H5S_NULL.rawValue) ? [0] : extents.map { Int(clamping: $0) }
    }
}

/// What a walk through a file has found, and how far it may go.
private struct Listing {
    /// No model nests deeper than a dozen groups, nor has a path near 4 KiB or a million weights.
    static let depthLimit = 64
    static let pathLimit = 4_096
    static let linkLimit = 1_000_000

    var tensors: [StoredTensor] = []
    var seen: Set<haddr_t> = []
    var linkCount = 0

    /// Bytes of a tensor; `nil` if the product overflows, or would as float32.
    static func byteCount(_ shape: [Int], elementSize: Int) -> Int? {
        var total = max(elementSize, MemoryLayout<Float>.size)
        for extent in shape where extent != 0 {
            let (product, overflow) = total.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            total = product
        }
        return shape.contains(0) ? 0 : total / max(elementSize, MemoryLayout<Float>.size) * elementSize
    }
}

private struct LinkNames {
    var found: [String] = []
    var limit: Int
}
