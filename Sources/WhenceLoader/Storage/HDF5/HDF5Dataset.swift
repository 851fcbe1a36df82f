/// A dataset as its object header describes it.
struct HDF5Dataset: Sendable {
    /// What the elements are; bfloat16 also for the opaque bytes that Keras stores it as.
    let elementType: ElementType
    let type: HDF5Datatype
    let space: HDF5Dataspace
    let layout: HDF5Layout
    /// In the order in which they were applied.
    let filters: [HDF5Filter]
    /// Whether the elements lie in other files.
    let isExternal: Bool
    /// What stands where no element was written.
    let fill: HDF5FillValue
    /// Bytes of all elements.
    let byteCount: Int

    /// - Returns: `nil` for an object that is no dataset.
    /// - Throws: `invalid` for damage and for a shape that no memory could hold.
    init?(_ header: HDF5ObjectHeader, _ metadata: HDF5Metadata) throws(LoaderError) {
        guard header.has(.dataspace), header.has(.datatype), let place = try header.body(.layout),
            let shape = try header.body(.dataspace)
        else { return nil }
        type = try Self.type(header, metadata)
        space = try HDF5Dataspace(shape)
        layout = try HDF5Layout(place)
        if let pipeline = try header.body(.filters) {
            filters = try HDF5Filter.pipeline(pipeline)
        } else {
            filters = []
        }
        isExternal = header.has(.externalFiles)
        fill = try HDF5FillValue(header, elementSize: type.size)
        let isUnnamed = type.isOpaque && type.size == 2
        let isBrainFloat = isUnnamed ? try header.hasKerasType(metadata) : false
        elementType = isBrainFloat ? .bfloat16 : type.elementType
        guard let total = Self.byteCount(space.shape, elementSize: type.size) else {
            throw shape.damaged(expected: "a size that fits into memory", found: "shape \(space.shape)")
        }
        byteCount = total
    }

    /// The type, which may be stored as an object of its own.
    ///
    /// - Note: HDF5 File Format Specification 3.0, §IV.A.2 *Shared Message*.
    private static func type(
        _ header: HDF5ObjectHeader, _ metadata: HDF5Metadata
    ) throws(LoaderError) -> HDF5Datatype {
        let shared = header.messages.first { $0.kind == .datatype && $0.isShared }
        guard var fields = shared?.body else {
            guard let own = try header.body(.datatype) else {
                preconditionFailure("a dataset without a type was taken for one")
            }
            return try HDF5Datatype(own)
        }
        let version = try fields.version(1...3)
        let kind = try fields.byte()
        guard version < 3 || kind == 2 else {
            throw fields.damaged(expected: "a type stored as an object", found: "kind \(kind)")
        }
        if version == 1 { try fields.skip(6) }
        let target = try HDF5ObjectHeader(at: fields.place(), in: metadata)
        guard let body = try target.body(.datatype) else {
            throw fields.damaged(expected: "the address of a type", found: "that of another object")
        }
        return try HDF5Datatype(body)
    }

    /// Bytes of a tensor; `nil` if the product overflows, or would as float32.
    private static func byteCount(_ shape: [Int], elementSize: Int) -> Int? {
        var total = max(elementSize, MemoryLayout<Float>.size)
        for extent in shape where extent != 0 {
            let (product, overflow) = total.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            total = product
        }
        return shape.contains(0) ? 0 : total / max(elementSize, MemoryLayout<Float>.size) * elementSize
    }
}

extension HDF5ObjectHeader {
    /// Whether there is an attribute `dtype`.
    ///
    /// HDF5 had no name for bfloat16 when Keras began to write it, as two opaque bytes. It sets this attribute for that
    /// type alone, so that it is there says enough.
    /// - Note: HDF5 File Format Specification 3.0, §IV.A.2.m *The Attribute Message*, §IV.A.2.v *Attribute Info*.
    fileprivate func hasKerasType(_ metadata: HDF5Metadata) throws(LoaderError) -> Bool {
        let name = Array("dtype".utf8)
        for message in messages where message.kind == .attribute && !message.isShared {
            var fields = message.body
            let version = try fields.version(1...3)
            try fields.skip(1)
            let length = try fields.number(2)
            try fields.skip(version == 3 ? 5 : 4)
            if try fields.bytes(length).prefix(while: { $0 != 0 }).elementsEqual(name) { return true }
        }
        guard var fields = try body(.attributeInfo) else { return false }
        try fields.version(0...0)
        if try fields.byte() & 1 != 0 { try fields.skip(2) }
        // The heap, whose names the tree knows by their hashes.
        _ = try fields.address()
        guard let address = try fields.address() else { return false }
        let tree = try HDF5BTree2(at: address, 8...8, metadata)
        var isThere = false
        try tree.visit(metadata) { record throws(LoaderError) in
            try record.skip(record.count - 4)
            if try record.number(4) == Int(JenkinsHash.lookup3(name[...])) { isThere = true }
        }
        return isThere
    }
}
