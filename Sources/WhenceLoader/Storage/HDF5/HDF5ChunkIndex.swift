/// A stored chunk.
struct HDF5Chunk {
    /// Its number when the chunks of the dataset are counted row by row.
    var number: Int
    /// Where its bytes lie.
    var offset: Int
    /// How many they are.
    var byteCount: Int
    /// Bit i is set if it did not go through filter i.
    var skippedFilters: Int
}

/// Finds the chunks of a dataset.
struct HDF5ChunkIndex {
    let plan: HDF5ChunkPlan
    /// How many chunks there are along each axis, and how many there may be when the dataset has grown.
    let grid: [Int]
    private let limits: [Int?]
    private let metadata: HDF5Metadata

    /// Fewer bytes than any writer makes a chunk of, or an entry of an index.
    private static let fewestBytes = 16

    init(_ plan: HDF5ChunkPlan, _ space: HDF5Dataspace, _ metadata: HDF5Metadata) {
        (self.plan, self.metadata) = (plan, metadata)
        grid = zip(space.shape, plan.extents).map { ($0 - 1) / $1 + 1 }
        limits = zip(space.limits, plan.extents).map { limit, extent in
            limit.map { $0 == 0 ? 0 : ($0 - 1) / extent + 1 }
        }
    }

    /// Every stored chunk of the dataset as it is now, in the order of the index.
    ///
    /// - Throws: `invalid` for a damaged index.
    func chunks() throws(LoaderError) -> [HDF5Chunk] {
        guard let offset = plan.offset else { return [] }
        switch plan.index {
        case .tree: return try tree(at: offset)
        case .single(let byteCount, let skipped):
            return [
                HDF5Chunk(
                    number: 0, offset: offset, byteCount: byteCount ?? plan.byteCount, skippedFilters: skipped
                )
            ]
        case .implicit: return try implicit(from: offset)
        case .fixedArray:
            var chunks: [HDF5Chunk] = []
            try HDF5FixedArray.visit(offset, metadata) { index, element throws(LoaderError) in
                if let chunk = try chunk(element, number: number(ofStored: index, slowest: nil)) {
                    chunks.append(chunk)
                }
            }
            return chunks
        case .extensibleArray:
            var chunks: [HDF5Chunk] = []
            let slowest = limits.firstIndex { $0 == nil }
            try HDF5ExtensibleArray.visit(offset, metadata) { index, element throws(LoaderError) in
                if let chunk = try chunk(element, number: number(ofStored: index, slowest: slowest)) {
                    chunks.append(chunk)
                }
            }
            return chunks
        case .secondTree: return try secondTree(at: offset)
        }
    }

    // MARK: - Numbers

    /// The number of a chunk at a place in the grid; `nil` outside of it.
    private func number(at place: [Int]) -> Int? {
        var number = 0
        for (coordinate, count) in zip(place, grid) {
            guard coordinate < count else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: count)
            guard !overflow else { return nil }
            number = product + coordinate
        }
        return number
    }

    /// Arrays count the chunks that there may be, an axis without limit as the slowest.
    private func number(ofStored index: Int, slowest: Int?) -> Int? {
        var place = [Int](repeating: 0, count: grid.count)
        var rest = index
        for axis in grid.indices.reversed() where axis != slowest {
            guard let limit = limits[axis], limit > 0 else { return nil }
            (rest, place[axis]) = rest.quotientAndRemainder(dividingBy: limit)
        }
        if let slowest { place[slowest] = rest } else if rest > 0 { return nil }
        return number(at: place)
    }

    // MARK: - Kinds

    /// Reads an address, and for chunks that went through filters their length and mask.
    ///
    /// - Returns: `nil` for a chunk that is not stored, or lies outside.
    private func chunk(_ element: HDF5Cursor, number: Int?) throws(LoaderError) -> HDF5Chunk? {
        var fields = element
        guard let offset = try fields.address(), let number else { return nil }
        guard fields.count > 0 else {
            return HDF5Chunk(number: number, offset: offset, byteCount: plan.byteCount, skippedFilters: 0)
        }
        let width = fields.count - 4
        guard (1...8).contains(width) else {
            throw fields.damaged(expected: "a length of 1 to 8 bytes", found: "\(width)")
        }
        return HDF5Chunk(
            number: number, offset: offset, byteCount: try fields.number(width),
            skippedFilters: try fields.number(4))
    }

    private func tree(at offset: Int) throws(LoaderError) -> [HDF5Chunk] {
        var chunks: [HDF5Chunk] = []
        let keyLength = 8 + 8 * (grid.count + 1)
        try HDF5BTree1.visit(offset, .chunks, keyLength: keyLength, metadata) {
            key, address throws(LoaderError) in
            var key = key
            let (byteCount, skipped) = (try key.number(4), try key.number(4))
            var place: [Int] = []
            for extent in plan.extents {
                let (quotient, remainder) = try key.number(8).quotientAndRemainder(dividingBy: extent)
                guard remainder == 0 else {
                    throw key.damaged(expected: "a multiple of \(extent)", found: "\(remainder) more")
                }
                place.append(quotient)
            }
            guard let number = number(at: place) else { return }
            chunks.append(
                HDF5Chunk(number: number, offset: address, byteCount: byteCount, skippedFilters: skipped))
        }
        return chunks
    }

    private func secondTree(at offset: Int) throws(LoaderError) -> [HDF5Chunk] {
        let tree = try HDF5BTree2(at: offset, 10...11, metadata)
        var chunks: [HDF5Chunk] = []
        try tree.visit(metadata) { record throws(LoaderError) in
            let element = try record.part(record.count - 8 * grid.count)
            var place: [Int] = []
            for _ in grid { place.append(try record.number(8)) }
            if let chunk = try chunk(element, number: number(at: place)) { chunks.append(chunk) }
        }
        return chunks
    }

    /// Chunks that were all made at once, as many as there may ever be.
    private func implicit(from offset: Int) throws(LoaderError) -> [HDF5Chunk] {
        var total = 1
        for limit in limits {
            let (product, overflow) = total.multipliedReportingOverflow(by: limit ?? .max)
            total = overflow ? .max : product
        }
        let room = (metadata.file.byteCount - offset) / plan.byteCount
        guard total <= room else {
            throw metadata.format.damaged(
                "chunks at byte \(offset)", expected: "\(total) of \(plan.byteCount) bytes",
                found: "room for \(room)")
        }
        // Without this, chunks of single bytes would make a list many times as long as the file.
        let most = max(4_096, metadata.file.byteCount / Self.fewestBytes)
        guard total <= most else {
            throw metadata.format.damaged(
                "chunks at byte \(offset)", expected: "at most \(most) in a file of this length",
                found: "\(total)")
        }
        // As if each had an entry in an index, so that datasets that share their chunks are not all looked through.
        try metadata.spend(total * Self.fewestBytes, at: offset, "chunks")
        return (0..<total).compactMap { index in
            number(ofStored: index, slowest: nil).map {
                HDF5Chunk(
                    number: $0, offset: offset + index * plan.byteCount, byteCount: plan.byteCount,
                    skippedFilters: 0)
            }
        }
    }
}
