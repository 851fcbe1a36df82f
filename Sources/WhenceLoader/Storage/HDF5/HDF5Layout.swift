/// Where the elements of a dataset lie.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.i *The Data Layout Message*.
enum HDF5Layout: Sendable {
    /// In the object header, at a place in the file.
    case compact(offset: Int, byteCount: Int)
    /// One behind the other; at no address if none was written.
    case contiguous(offset: Int?, byteCount: Int)
    case chunked(HDF5ChunkPlan)
    /// Put together from other datasets, or not known.
    case other

    init(_ message: HDF5Cursor) throws(LoaderError) {
        var fields = message
        // Versions 1 and 2 were last written by HDF5 1.6.2, in 2004; 5 differs from 4 in larger chunks only.
        let version = try fields.version(3...5)
        switch try fields.byte() {
        case 0:
            let byteCount = try fields.number(2)
            self = .compact(offset: try fields.part(byteCount).start, byteCount: byteCount)
        case 1: self = .contiguous(offset: try fields.address(), byteCount: try fields.length())
        case 2: self = .chunked(try HDF5ChunkPlan(&fields, version: version))
        default: self = .other
        }
    }
}

/// The equal blocks that a dataset is cut into, and the structure that finds them.
struct HDF5ChunkPlan: Sendable {
    /// What finds the chunks.
    enum Index: Sendable {
        case tree
        /// There is one; its length, if it went through filters, and which it did not go through.
        case single(byteCount: Int?, skippedFilters: Int)
        /// One behind the other.
        case implicit
        case fixedArray
        case extensibleArray
        case secondTree
    }

    /// The extent of a chunk along each axis.
    var extents: [Int]
    /// Bytes of an element.
    var elementSize: Int
    var index: Index
    /// Where the index lies; `nil` if no chunk was written.
    var offset: Int?
    /// Whether chunks that reach beyond the dataset's edge go through no filter.
    var leavesEdges = false

    /// Bytes of a chunk when it went through no filter.
    var byteCount: Int { extents.reduce(elementSize, *) }

    fileprivate init(_ fields: inout HDF5Cursor, version: Int) throws(LoaderError) {
        let flags = version > 3 ? try fields.byte() : 0
        let rank = try fields.byte()
        guard (1...HDF5Dataspace.largestRank + 1).contains(rank) else {
            throw fields.damaged(
                expected: "chunks of 1 to \(HDF5Dataspace.largestRank) axes", found: "\(rank - 1)")
        }
        var width = 4
        index = .tree
        if version > 3 {
            width = try fields.byte()
            guard (1...8).contains(width) else {
                throw fields.damaged(expected: "extents of 1 to 8 bytes", found: "\(width)")
            }
        } else {
            offset = try fields.address()
        }
        extents = []
        // libhdf5 makes no chunk of 4 GiB; the last extent is the size of an element.
        var total = 1
        for _ in 0..<rank {
            let extent = try fields.number(width)
            let (product, overflow) = total.multipliedReportingOverflow(by: extent)
            guard extent > 0, !overflow, product < 1 << 32 else {
                throw fields.damaged(
                    expected: "chunks of 1 byte to 4 GiB", found: "extents \(extents + [extent])")
            }
            total = product
            extents.append(extent)
        }
        elementSize = extents.removeLast()
        guard version > 3 else { return }
        leavesEdges = flags & 1 != 0
        index = try Self.index(&fields, isFilteredSingle: flags & 2 != 0)
        offset = try fields.address()
    }

    private static func index(
        _ fields: inout HDF5Cursor, isFilteredSingle: Bool
    ) throws(LoaderError) -> Index {
        let kind = try fields.byte()
        switch kind {
        case 1:
            guard isFilteredSingle else { return .single(byteCount: nil, skippedFilters: 0) }
            return .single(byteCount: try fields.length(), skippedFilters: try fields.number(4))
        case 2: return .implicit
        // What follows is said again by the index's own header.
        case 3:
            try fields.skip(1)
            return .fixedArray
        case 4:
            try fields.skip(5)
            return .extensibleArray
        case 5:
            try fields.skip(6)
            return .secondTree
        default: throw fields.damaged(expected: "a chunk index of kind 1 to 5", found: "\(kind)")
        }
    }
}
