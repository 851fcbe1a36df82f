/// The newer kind of tree, whose nodes hold records of one length.
///
/// - Note: HDF5 File Format Specification 3.0, §III.A.2 *Version 2 B-trees*.
struct HDF5BTree2 {
    /// What the records are: 5 for names of links, 8 for names of attributes, 10 and 11 for chunks.
    let type: Int
    let recordLength: Int
    private let root: Int?
    private let rootCount: Int
    private let depth: Int
    private let nodeLength: Int
    /// Bytes of the number of records in a node, and for each depth of that below the node.
    private let countWidth: Int
    private var totalWidths: [Int]

    private static let overhead = 10

    /// Reads the header.
    ///
    /// - Parameter types: those that the place may have.
    init(at address: Int, _ types: ClosedRange<Int>, _ metadata: HDF5Metadata) throws(LoaderError) {
        let format = metadata.format
        var fields = try metadata.structure(
            at: address, count: 22 + format.offsetSize + format.lengthSize, "tree header")
        try fields.verifyChecksum()
        try fields.signature("BTHD")
        try fields.version(0...0)
        type = try fields.byte()
        guard types.contains(type) else { throw fields.damaged(expected: "kind \(types)", found: "\(type)") }
        nodeLength = try fields.number(4)
        recordLength = try fields.number(2)
        depth = try fields.number(2)
        // When nodes are split and merged.
        try fields.skip(2)
        root = try fields.address()
        rootCount = try fields.number(2)
        // Deeper trees than these have more records than any file.
        guard recordLength > 0, nodeLength > Self.overhead, depth <= 16 else {
            throw fields.damaged(
                expected: "nodes with records, at most 16 deep",
                found: "\(nodeLength) bytes, records of \(recordLength), depth \(depth)")
        }
        let leafCount = (nodeLength - Self.overhead) / recordLength
        countWidth = Self.width(leafCount)
        totalWidths = [0]
        var total = leafCount
        for level in 0..<depth {
            let pointer = format.offsetSize + countWidth + totalWidths[level]
            let count = max(0, nodeLength - Self.overhead - pointer) / (recordLength + pointer)
            let (product, overflow) = total.multipliedReportingOverflow(by: count + 1)
            let (sum, carry) = product.addingReportingOverflow(count)
            guard !overflow, !carry else {
                throw fields.damaged(expected: "a tree that a file can hold", found: "depth \(depth)")
            }
            total = sum
            totalWidths.append(Self.width(total))
        }
    }

    /// Visits all records, in no order of theirs.
    func visit(
        _ metadata: HDF5Metadata, _ visit: (inout HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        guard let root else { return }
        var pending = [(address: root, count: rootCount, depth: depth)]
        while let next = pending.popLast() {
            guard next.count <= nodeLength / recordLength else {
                throw metadata.format.damaged(
                    "tree node at byte \(next.address)",
                    expected: "at most \(nodeLength / recordLength) records", found: "\(next.count)")
            }
            let offsetSize = metadata.format.offsetSize
            let pointer = next.depth == 0 ? 0 : offsetSize + countWidth + totalWidths[next.depth - 1]
            let used = next.count * recordLength + (next.depth == 0 ? 0 : (next.count + 1) * pointer)
            var node = try metadata.structure(
                at: next.address, count: Self.overhead + used, "tree node")
            try node.verifyChecksum()
            try node.signature(next.depth == 0 ? "BTLF" : "BTIN")
            try node.version(0...0)
            guard try node.byte() == type else {
                throw node.damaged(expected: "kind \(type)", found: "another")
            }
            for _ in 0..<next.count {
                var record = try node.part(recordLength, of: "tree record")
                try visit(&record)
            }
            guard next.depth > 0 else { continue }
            for _ in 0...next.count {
                let address = try node.place()
                let count = try node.number(countWidth)
                try node.skip(totalWidths[next.depth - 1])
                pending.append((address, count, next.depth - 1))
            }
        }
    }

    /// Bytes in which every number up to `limit` can be written.
    private static func width(_ limit: Int) -> Int {
        max(1, (Int.bitWidth - limit.leadingZeroBitCount + 7) / 8)
    }
}
