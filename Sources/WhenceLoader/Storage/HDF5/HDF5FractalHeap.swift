/// Where the newer kind of group keeps its links: blocks whose size doubles from row to row.
///
/// - Note: HDF5 File Format Specification 3.0, §III.G *Fractal Heap*.
final class HDF5FractalHeap {
    private let address: Int
    private let identifierLength: Int
    private let tableWidth: Int
    private let startingSize: Int
    private let largestDirect: Int
    private let offsetWidth: Int
    private let lengthWidth: Int
    private let hasChecksums: Bool
    private let root: Int?
    private let rootRows: Int
    /// Children of blocks by where their addresses stand, for most links lie in the same few.
    private var children: [Int: Int] = [:]
    /// Where blocks lie whose heads were looked at.
    private var seen: Set<Int> = []

    init(at address: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
        let format = metadata.format
        self.address = address
        var fields = try metadata.structure(
            at: address, count: 26 + 12 * format.lengthSize + 3 * format.offsetSize, "fractal heap")
        try fields.verifyChecksum()
        try fields.signature("FRHP")
        try fields.version(0...0)
        identifierLength = try fields.number(2)
        let filterLength = try fields.number(2)
        hasChecksums = try fields.byte() & 2 != 0
        let largestObject = try fields.number(4)
        // What is huge, free, allocated and counted.
        try fields.skip(10 * format.lengthSize + 2 * format.offsetSize)
        tableWidth = try fields.number(2)
        startingSize = try fields.length()
        largestDirect = try fields.length()
        let bits = try fields.number(2)
        try fields.skip(2)
        root = try fields.address()
        rootRows = try fields.number(2)
        let isPower = [tableWidth, startingSize, largestDirect].allSatisfy { $0 > 0 && $0 & ($0 - 1) == 0 }
        guard filterLength == 0, isPower, startingSize <= largestDirect, largestDirect < 1 << 32,
            tableWidth <= 1 << 16, (1...64).contains(bits), rootRows <= 64
        else {
            throw fields.damaged(
                expected: "blocks whose sizes are powers of two, without filters",
                found: "\(tableWidth) of \(startingSize) to \(largestDirect) bytes, \(rootRows) rows")
        }
        offsetWidth = (bits + 7) / 8
        let objectBits = Int.bitWidth - largestObject.leadingZeroBitCount
        lengthWidth = max(1, min((largestDirect.trailingZeroBitCount + 7) / 8, (objectBits + 7) / 8))
    }

    /// An object by the bytes that stand for it in a tree.
    ///
    /// - Throws: `invalid` for damage, and for an object too large for the heap's own blocks, which no link is.
    func object(_ identifier: HDF5Cursor, _ metadata: HDF5Metadata) throws(LoaderError) -> HDF5Cursor {
        var fields = identifier
        let first = try fields.byte()
        switch first >> 4 {
        case 0:
            let offset = try fields.number(offsetWidth)
            let length = try fields.number(lengthWidth)
            let block = try directBlock(of: offset, metadata)
            let end = block.start + block.size
            guard offset + length <= end else {
                throw fields.damaged(
                    expected: "an object within its block, which ends at \(end)",
                    found: "\(counted(length, "byte")) at \(offset)")
            }
            return try metadata.structure(
                at: block.address + offset - block.start, count: length, "object in a fractal heap")
        case 2:
            return try fields.part(min(fields.count, first & 15 + 1))
        default:
            throw fields.damaged(expected: "a link within the heap", found: "kind \(first >> 4)")
        }
    }

    private struct Block {
        var address: Int
        /// Where it begins in the heap's own count.
        var start: Int
        var size: Int
    }

    /// Goes down from the root to the block that holds an offset; each row is smaller than the block above it.
    private func directBlock(of offset: Int, _ metadata: HDF5Metadata) throws(LoaderError) -> Block {
        guard let root, offset < 1 << 48 else {
            throw metadata.format.damaged(
                "fractal heap at byte \(address)", expected: "an offset in a block", found: "\(offset)")
        }
        guard rootRows > 0 else {
            return try checked(Block(address: root, start: 0, size: startingSize), offset, metadata)
        }
        var (block, rows) = (Block(address: root, start: 0, size: 0), rootRows)
        while true {
            let (row, column, size) = position(of: offset - block.start)
            guard row < rows else {
                throw metadata.format.damaged(
                    "fractal heap block at byte \(block.address)", expected: "an offset in its \(rows) rows",
                    found: "\(offset)")
            }
            var child = Block(
                address: 0, start: block.start + rowStart(row) + column * size, size: size)
            child.address = try entry(row * tableWidth + column, of: block, metadata)
            if size <= largestDirect { return try checked(child, offset, metadata) }
            rows = size.trailingZeroBitCount - (startingSize * tableWidth).trailingZeroBitCount + 1
            block = child
        }
    }

    /// The row and column of a table that an offset from its start falls into, and the size of the blocks there.
    private func position(of offset: Int) -> (row: Int, column: Int, size: Int) {
        let rowLength = startingSize * tableWidth
        guard offset >= rowLength else { return (0, offset / startingSize, startingSize) }
        let power = (offset / rowLength).bitWidth - 1 - (offset / rowLength).leadingZeroBitCount
        let size = startingSize << power
        return (power + 1, (offset - rowStart(power + 1)) / size, size)
    }

    private func rowStart(_ row: Int) -> Int {
        row == 0 ? 0 : startingSize * tableWidth << (row - 1)
    }

    /// The address of a child of an indirect block.
    private func entry(_ index: Int, of block: Block, _ metadata: HDF5Metadata) throws(LoaderError) -> Int {
        let format = metadata.format
        let head = 5 + format.offsetSize + offsetWidth
        let place = block.address + head + index * format.offsetSize
        if let child = children[place] { return child }
        var fields = try metadata.structure(at: block.address, count: head, "fractal heap block")
        try fields.signature("FHIB")
        try fields.version(0...0)
        var entry = try metadata.structure(
            at: place, count: format.offsetSize, "fractal heap block")
        let child = try entry.place()
        children[place] = child
        return child
    }

    /// A direct block, after a look at its head.
    private func checked(_ block: Block, _ offset: Int, _ metadata: HDF5Metadata) throws(LoaderError) -> Block
    {
        let length = 5 + metadata.format.offsetSize + offsetWidth + (hasChecksums ? 4 : 0)
        if seen.insert(block.address).inserted {
            var fields = try metadata.structure(at: block.address, count: length, "fractal heap block")
            try fields.signature("FHDB")
            try fields.version(0...0)
        }
        guard offset - block.start >= length else {
            throw metadata.format.damaged(
                "fractal heap block at byte \(block.address)", expected: "an object behind the head",
                found: "offset \(offset)")
        }
        return block
    }
}

/// The newer kind of group with more links than its header holds.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.c *The Link Info Message*.
enum HDF5DenseLinks {
    /// Adds the links.
    ///
    /// - Parameter message: the link info message; a group with few links names no heap in it.
    static func append(
        to links: inout [HDF5Link], of message: HDF5Cursor, _ metadata: HDF5Metadata, limit: Int
    ) throws(LoaderError) {
        var fields = message
        try fields.version(0...0)
        if try fields.byte() & 1 != 0 { try fields.skip(8) }
        guard let heapAddress = try fields.address(), let treeAddress = try fields.address() else { return }
        let heap = try HDF5FractalHeap(at: heapAddress, metadata)
        let tree = try HDF5BTree2(at: treeAddress, 5...5, metadata)
        var found: [HDF5Link] = []
        try tree.visit(metadata) { record throws(LoaderError) in
            // The name's hash.
            try record.skip(4)
            let link = try HDF5Link(heap.object(record, metadata))
            if let link { found.append(link) }
            guard found.count <= limit else {
                throw record.damaged(expected: "at most \(limit) links", found: "more")
            }
        }
        links.append(contentsOf: found)
    }
}
