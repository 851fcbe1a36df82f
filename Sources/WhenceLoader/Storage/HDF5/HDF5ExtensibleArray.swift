/// The index of chunks of a dataset that can grow along one axis.
///
/// The first elements stand in an index block. The others stand in data blocks, which grow with the square root of
/// what stands before them: the addresses of the first of those are in the index block, those of the others in
/// super blocks.
/// - Note: HDF5 File Format Specification 3.0, §VII.D *Extensible Array Chunk Index*.
struct HDF5ExtensibleArray {
    private let address: Int
    private let elementLength: Int
    private let indexCount: Int
    private let smallestBlock: Int
    private let fewestPointers: Int
    private let pageCount: Int
    private let superBlockCount: Int
    private let offsetWidth: Int
    private let metadata: HDF5Metadata

    /// Visits all elements that blocks are there for, with their numbers.
    static func visit(
        _ address: Int, _ metadata: HDF5Metadata, _ visit: (Int, HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        let format = metadata.format
        var head = try metadata.structure(
            at: address, count: 16 + 6 * format.lengthSize + format.offsetSize, "extensible array")
        try head.verifyChecksum()
        try head.signature("EAHD")
        try head.version(0...0)
        try head.version(0...1)
        let array = try HDF5ExtensibleArray(&head, address: address, metadata)
        // What was counted.
        try head.skip(6 * format.lengthSize)
        guard let indexBlock = try head.address() else { return }
        try array.visit(indexBlock, visit)
    }

    private init(_ fields: inout HDF5Cursor, address: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
        (self.address, self.metadata) = (address, metadata)
        elementLength = try fields.byte()
        let bits = try fields.byte()
        indexCount = try fields.byte()
        smallestBlock = try fields.byte()
        fewestPointers = try fields.byte()
        let pageBits = try fields.byte()
        let isPower = [smallestBlock, fewestPointers].allSatisfy { $0 > 0 && $0 & ($0 - 1) == 0 }
        guard elementLength >= metadata.format.offsetSize, isPower, bits <= 40, pageBits < 32,
            smallestBlock.trailingZeroBitCount <= bits
        else {
            throw fields.damaged(
                expected: "blocks whose sizes are powers of two",
                found: "\(smallestBlock) elements of \(elementLength) bytes, \(bits) bits")
        }
        superBlockCount = 1 + bits - smallestBlock.trailingZeroBitCount
        offsetWidth = (bits + 7) / 8
        pageCount = 1 << pageBits
    }

    /// Blocks of super block `index`, and elements of each.
    private func shape(ofSuperBlock index: Int) -> (blocks: Int, elements: Int) {
        (1 << (index / 2), 1 << ((index + 1) / 2) * smallestBlock)
    }

    private func visit(
        _ block: Int, _ visit: (Int, HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        let offsetSize = metadata.format.offsetSize
        // The super blocks before the first that has a block of its own.
        let direct = min(2 * fewestPointers.trailingZeroBitCount, superBlockCount)
        let blockCount = (0..<direct).reduce(0) { $0 + shape(ofSuperBlock: $1).blocks }
        let pointers = blockCount + superBlockCount - direct
        var fields = try metadata.structure(
            at: block, count: 10 + offsetSize + indexCount * elementLength + pointers * offsetSize,
            "extensible array's index")
        try fields.verifyChecksum()
        try fields.signature("EAIB")
        try fields.skip(2 + offsetSize)
        for index in 0..<indexCount { try visit(index, fields.part(elementLength)) }
        var first = indexCount
        for index in 0..<superBlockCount {
            let shape = shape(ofSuperBlock: index)
            if index < direct {
                try visitBlocks(&fields, shape, first, isWritten: nil, visit)
            } else if let address = try fields.address() {
                try visitSuperBlock(at: address, shape, first, visit)
            }
            first += shape.blocks * shape.elements
        }
    }

    private func visitSuperBlock(
        at address: Int, _ shape: (blocks: Int, elements: Int), _ first: Int,
        _ visit: (Int, HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        let offsetSize = metadata.format.offsetSize
        // A bit for each page of each block, where blocks have pages.
        let pages = shape.elements > pageCount ? shape.elements / pageCount : 0
        let bitmapLength = (pages + 7) / 8
        var fields = try metadata.structure(
            at: address, count: 10 + offsetSize + offsetWidth + shape.blocks * (bitmapLength + offsetSize),
            "extensible array's super block")
        try fields.verifyChecksum()
        try fields.signature("EASB")
        try fields.skip(2 + offsetSize + offsetWidth)
        let isWritten = Array(try fields.bytes(shape.blocks * bitmapLength))
        try visitBlocks(&fields, shape, first, isWritten: pages > 0 ? isWritten : nil, visit)
    }

    /// Visits data blocks by their addresses, which come next.
    private func visitBlocks(
        _ fields: inout HDF5Cursor, _ shape: (blocks: Int, elements: Int), _ first: Int,
        isWritten: [UInt8]?, _ visit: (Int, HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        for block in 0..<shape.blocks {
            guard let address = try fields.address() else { continue }
            let start = first + block * shape.elements
            let prefixLength = 6 + metadata.format.offsetSize + offsetWidth
            let isPaged = shape.elements > pageCount
            var data = try metadata.structure(
                at: address, count: prefixLength + (isPaged ? 0 : shape.elements * elementLength) + 4,
                "extensible array's block")
            try data.verifyChecksum()
            try data.signature("EADB")
            try data.skip(prefixLength - 4)
            guard isPaged else {
                for index in 0..<shape.elements { try visit(start + index, data.part(elementLength)) }
                continue
            }
            let pageLength = pageCount * elementLength + 4
            for page in 0..<shape.elements / pageCount {
                // The bits of all blocks stand one behind the other, without a gap from block to block.
                let bit = block * (shape.elements / pageCount) + page
                let isThere = isWritten.map { $0[bit / 8] & 0x80 >> UInt8(bit % 8) != 0 } ?? true
                guard isThere else { continue }
                var data = try metadata.structure(
                    at: address + prefixLength + 4 + page * pageLength, count: pageLength,
                    "extensible array's page")
                try data.verifyChecksum()
                for index in 0..<pageCount {
                    try visit(start + page * pageCount + index, data.part(elementLength))
                }
            }
        }
    }
}
