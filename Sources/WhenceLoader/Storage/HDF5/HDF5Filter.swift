internal import CZlib

/// What a chunk went through before it was stored.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.l *The Data Storage - Filter Pipeline Message*.
enum HDF5Filter: Sendable {
    /// zlib's format.
    case deflate
    /// The first bytes of all elements, then the second ones, and so on.
    case shuffle(elementSize: Int)
    /// Four bytes of checksum behind the others.
    case fletcher32
    case unknown(number: Int, name: String)

    /// The filters in the order in which they were applied.
    static func pipeline(_ message: HDF5Cursor) throws(LoaderError) -> [HDF5Filter] {
        var fields = message
        let version = try fields.version(1...2)
        let count = try fields.byte()
        guard count <= 32 else { throw fields.damaged(expected: "at most 32 filters", found: "\(count)") }
        if version == 1 { try fields.skip(6) }
        var filters: [HDF5Filter] = []
        for _ in 0..<count {
            let number = try fields.number(2)
            let nameLength = version == 1 || number >= 256 ? try fields.number(2) : 0
            // Whether the filter may be left out.
            try fields.skip(2)
            let valueCount = try fields.number(2)
            let name = try fields.bytes(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)
            var values = try fields.part(valueCount * 4)
            if version == 1, valueCount % 2 == 1 { try fields.skip(4) }
            switch number {
            case 1: filters.append(.deflate)
            case 2: filters.append(.shuffle(elementSize: valueCount > 0 ? try values.number(4) : 1))
            case 3: filters.append(.fletcher32)
            default:
                let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                filters.append(.unknown(number: number, name: text))
            }
        }
        return filters
    }

    /// What the bytes were before the filter.
    ///
    /// - Parameter limit: the most bytes that there can have been.
    /// - Returns: `nil` if they cannot have come from it.
    func undone(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        switch self {
        case .deflate: Self.inflated(bytes, limit: limit)
        case .shuffle(let elementSize): Self.unshuffled(bytes, elementSize: elementSize)
        case .fletcher32: Self.verified(bytes)
        case .unknown: nil
        }
    }

    private static func inflated(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        guard whence_zlib_inflate_begin(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        guard let inputCount = UInt32(exactly: bytes.count), let limit = UInt32(exactly: limit) else {
            return nil
        }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            var isWhole = false
            let output = [UInt8](unsafeUninitializedCapacity: Int(limit)) { output, count in
                (stream.next_in, stream.avail_in) = (input.baseAddress, inputCount)
                (stream.next_out, stream.avail_out) = (output.baseAddress, limit)
                isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END
                count = Int(limit - stream.avail_out)
            }
            return isWhole ? output : nil
        }
    }

    /// Bytes beyond the last whole element stay where they are.
    private static func unshuffled(_ bytes: [UInt8], elementSize: Int) -> [UInt8]? {
        guard elementSize > 0 else { return nil }
        let count = bytes.count / elementSize
        guard elementSize > 1, count > 1 else { return bytes }
        var result = bytes
        for plane in 0..<elementSize {
            for index in 0..<count { result[index * elementSize + plane] = bytes[plane * count + index] }
        }
        return result
    }

    private static func verified(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        let content = Array(bytes.dropLast(4))
        let stored = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return stored == fletcher32(content) ? content : nil
    }

    /// Sums of the big-endian words and of those sums, modulo 65,535, where 0 stands as 65,535 except at first.
    ///
    /// - Note: J. Fletcher 1982, *An arithmetic checksum for serial transmissions*; as libhdf5 folds it.
    static func fletcher32(_ bytes: [UInt8]) -> UInt32 {
        func folded(_ sum: UInt64) -> UInt64 { sum == 0 ? 0 : (sum - 1) % 65_535 + 1 }
        var (first, second): (UInt64, UInt64) = (0, 0)
        for index in stride(from: 0, to: bytes.count, by: 2) {
            let low = index + 1 < bytes.count ? UInt64(bytes[index + 1]) : 0
            first = folded(first + (UInt64(bytes[index]) << 8 | low))
            second = folded(second + first)
        }
        return UInt32(second) << 16 | UInt32(first)
    }
}
