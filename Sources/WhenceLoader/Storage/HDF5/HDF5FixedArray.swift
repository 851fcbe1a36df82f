/// The index of chunks of a dataset that cannot grow.
///
/// - Note: HDF5 File Format Specification 3.0, §VII.C *Fixed Array Chunk Index*.
enum HDF5FixedArray {
    /// Visits all elements with their numbers.
    static func visit(
        _ address: Int, _ metadata: HDF5Metadata, _ visit: (Int, HDF5Cursor) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        let format = metadata.format
        var head = try metadata.structure(
            at: address, count: 12 + format.lengthSize + format.offsetSize, "fixed array")
        try head.verifyChecksum()
        try head.signature("FAHD")
        try head.version(0...0)
        try head.version(0...1)
        let elementLength = try head.byte()
        let pageBits = try head.byte()
        let count = try head.length()
        guard let block = try head.address() else { return }
        guard elementLength >= format.offsetSize, pageBits < 32, count <= metadata.file.byteCount else {
            throw head.damaged(
                expected: "elements that the file can hold", found: "\(count) of \(elementLength) bytes")
        }
        let prefixLength = 6 + format.offsetSize
        let pageCount = (count - 1) >> pageBits + 1
        guard count > 1 << pageBits else {
            var fields = try metadata.structure(
                at: block, count: prefixLength + count * elementLength + 4, "fixed array block")
            try fields.verifyChecksum()
            try fields.signature("FADB")
            try fields.skip(prefixLength - 4)
            for index in 0..<count { try visit(index, fields.part(elementLength)) }
            return
        }
        let bitmapLength = (pageCount + 7) / 8
        var fields = try metadata.structure(
            at: block, count: prefixLength + bitmapLength + 4, "fixed array block")
        try fields.verifyChecksum()
        try fields.signature("FADB")
        try fields.skip(prefixLength - 4)
        let isWritten = Array(try fields.bytes(bitmapLength))
        var offset = block + prefixLength + bitmapLength + 4
        for page in 0..<pageCount {
            let first = page << pageBits
            let length = min(1 << pageBits, count - first) * elementLength + 4
            if isWritten[page / 8] & 0x80 >> UInt8(page % 8) != 0 {
                var fields = try metadata.structure(at: offset, count: length, "fixed array page")
                try fields.verifyChecksum()
                for index in first..<first + (length - 4) / elementLength {
                    try visit(index, fields.part(elementLength))
                }
            }
            offset += length
        }
    }
}
