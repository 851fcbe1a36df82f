/// What the elements of a dataset are that were never written.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.e *Fill Value (Old)*, §IV.A.2.f *Fill Value*.
enum HDF5FillValue: Sendable {
    case zero
    /// The bytes of one element.
    case element([UInt8])
    /// Nobody has said; libhdf5 then gives whatever its memory held.
    case unknown

    /// - Parameter elementSize: bytes of an element.
    init(_ header: HDF5ObjectHeader, elementSize: Int) throws(LoaderError) {
        // Writers for old readers put both there.
        let messages = header.messages
        guard
            let message = messages.first(where: { $0.kind == .fillValue })
                ?? messages.first(where: { $0.kind == .oldFillValue })
        else {
            self = .zero
            return
        }
        guard !message.isShared else {
            self = .unknown
            return
        }
        var fields = message.body
        if message.kind == .fillValue {
            let isNewest = try fields.version(1...3) == 3
            // When space is taken and filled; in version 3 bits of the same byte.
            if !isNewest { try fields.skip(2) }
            let state = try fields.byte()
            guard isNewest ? state & 0x10 == 0 : state != 0 else {
                self = .unknown
                return
            }
            guard !isNewest || state & 0x20 != 0 else {
                self = .zero
                return
            }
        }
        let count = try fields.number(4)
        let bytes = try fields.bytes(count)
        self = count == 0 ? .zero : count == elementSize ? .element(Array(bytes)) : .unknown
    }

    /// Writes the value over a buffer of whole elements; nothing where it is not known.
    func write(over target: UnsafeMutableRawBufferPointer) {
        switch self {
        case .zero: target.initializeMemory(as: UInt8.self, repeating: 0)
        case .element(let bytes):
            for start in stride(from: 0, to: target.count, by: bytes.count) {
                UnsafeMutableRawBufferPointer(rebasing: target[start..<start + bytes.count]).copyBytes(
                    from: bytes)
            }
        case .unknown: break
        }
    }
}
