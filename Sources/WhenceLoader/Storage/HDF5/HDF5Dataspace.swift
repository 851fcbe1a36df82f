/// The shape of a dataset.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.b *The Dataspace Message*.
struct HDF5Dataspace: Sendable {
    /// The extent of each axis. A null dataspace has no element; as a shape that is an axis of none.
    var shape: [Int]
    /// How far each axis may grow; `nil` for one without a limit.
    var limits: [Int?]

    /// The format's own limit.
    static let largestRank = 32

    init(_ message: HDF5Cursor) throws(LoaderError) {
        var fields = message
        let version = try fields.version(1...2)
        let rank = try fields.byte()
        let flags = try fields.byte()
        // Version 1 has five reserved bytes, version 2 says whether it is scalar, simple or null.
        let kind = version == 2 ? try fields.byte() : 1
        if version == 1 { try fields.skip(5) }
        guard rank <= Self.largestRank, kind <= 2 else {
            throw fields.damaged(
                expected: "at most \(Self.largestRank) axes", found: "\(rank) axes, kind \(kind)")
        }
        guard kind != 2 else {
            (shape, limits) = ([0], [0])
            return
        }
        shape = []
        for _ in 0..<rank { shape.append(try fields.length()) }
        limits = shape
        guard flags & 1 != 0 else { return }
        for axis in 0..<rank {
            let limit = try fields.unsigned(fields.format.lengthSize)
            let isNone = limit == UInt64.max >> (64 - 8 * UInt64(fields.format.lengthSize))
            limits[axis] = isNone ? nil : Int(clamping: limit)
            guard isNone || limit >= UInt64(shape[axis]) else {
                throw fields.damaged(expected: "a limit of at least \(shape[axis])", found: "\(limit)")
            }
        }
    }
}
