/// What the elements of a dataset are.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.2.d *The Datatype Message*.
struct HDF5Datatype: Sendable {
    var elementType: ElementType
    /// Bytes of an element.
    var size: Int
    var isBigEndian: Bool
    /// Whether it says no more than how long an element is.
    var isOpaque: Bool

    init(_ message: HDF5Cursor) throws(LoaderError) {
        var fields = message
        let classAndVersion = try fields.byte()
        let flags = try [fields.byte(), fields.byte(), fields.byte()]
        size = try fields.number(4)
        guard (1...5).contains(classAndVersion >> 4), size > 0 else {
            throw fields.damaged(
                expected: "a type of version 1 to 5 with a size",
                found: "version \(classAndVersion >> 4), \(size) bytes")
        }
        isBigEndian = flags[0] & 1 != 0
        isOpaque = classAndVersion & 15 == 5
        switch classAndVersion & 15 {
        case 0:
            let isSigned = flags[0] & 8 != 0
            elementType =
                size > 8 ? .other : ElementType(rawValue: "\(isSigned ? "" : "u")int\(size * 8)") ?? .other
        case 1: elementType = try FloatLayout(flags: flags, byteCount: size, &fields).elementType
        case 3: elementType = .string
        case 9: elementType = flags[0] & 15 == 1 ? .string : .other
        default: elementType = .other
        }
    }
}

/// Where a floating-point type keeps sign, exponent and mantissa, in bits from the lowest.
private struct FloatLayout: Equatable {
    var byteCount: Int
    var offset = 0
    var precision: Int
    var sign: Int
    var exponent: Int
    var exponentSize: Int
    var mantissa = 0
    var mantissaSize: Int
    var bias: Int
    var hasImpliedBit = true
    var hasPlainByteOrder = true

    var elementType: ElementType {
        switch self {
        case .ieee(byteCount: 2, exponentSize: 5): .float16
        case .ieee(byteCount: 2, exponentSize: 8): .bfloat16
        case .ieee(byteCount: 4, exponentSize: 8): .float32
        case .ieee(byteCount: 8, exponentSize: 11): .float64
        default: .other
        }
    }
}

extension FloatLayout {
    /// Sign on top, then the exponent, then the mantissa; the bias is half the exponent's range.
    static func ieee(byteCount: Int, exponentSize: Int) -> FloatLayout {
        let bits = byteCount * 8
        let mantissaSize = bits - 1 - exponentSize
        return FloatLayout(
            byteCount: byteCount, precision: bits, sign: bits - 1, exponent: mantissaSize,
            exponentSize: exponentSize, mantissaSize: mantissaSize, bias: (1 << (exponentSize - 1)) - 1)
    }

    init(flags: [Int], byteCount: Int, _ fields: inout HDF5Cursor) throws(LoaderError) {
        self.init(
            byteCount: byteCount, offset: try fields.number(2), precision: try fields.number(2),
            sign: flags[1], exponent: try fields.byte(), exponentSize: try fields.byte(),
            mantissa: try fields.byte(), mantissaSize: try fields.byte(), bias: try fields.number(4),
            hasImpliedBit: flags[0] >> 4 & 3 == 2,
            // The other bit of the order marks that of the VAX.
            hasPlainByteOrder: flags[0] & 0x40 == 0)
    }
}
