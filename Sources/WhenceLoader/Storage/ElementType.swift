internal import CHDF5

/// What the elements of a stored tensor are.
public enum ElementType: String, Sendable, Hashable, Codable {
    /// IEEE 754 binary16.
    case float16
    /// The upper half of a binary32.
    case bfloat16
    /// IEEE 754 binary32.
    case float32
    /// IEEE 754 binary64.
    case float64
    /// A signed integer.
    case int8, int16, int32, int64
    /// An unsigned integer.
    case uint8, uint16, uint32, uint64
    /// Text.
    case string
    /// Anything else that the container can hold.
    case other

    /// Whether a weight may be stored so.
    public var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }
}

extension ElementType {
    /// The type of a dataset or attribute, whatever its byte order.
    ///
    /// An opaque type says nothing of its content: whether it is Keras's bfloat16 stands beside it.
    init(_ type: borrowing HDF5Handle, path: String) throws(LoaderError) {
        let id = type.id
        let kind = try HDF5.call("reading a data type", path: path) { H5Tget_class(id).rawValue }
        let size = try HDF5.byteCount(of: type, path: path)
        switch H5T_class_t(kind) {
        case H5T_FLOAT: self = try FloatLayout(type, byteCount: size, path: path).elementType
        case H5T_INTEGER:
            let sign = try HDF5.call("reading a data type", path: path) { H5Tget_sign(id).rawValue }
            let isSigned = H5T_sign_t(sign) == H5T_SGN_2
            self = ElementType(rawValue: "\(isSigned ? "" : "u")int\(size * 8)") ?? .other
        case H5T_STRING: self = .string
        default: self = .other
        }
    }
}

/// Where a floating-point type keeps sign, exponent and mantissa, in bits from the lowest.
///
/// All of it is compared: libhdf5 converts from any layout, and a damaged one (bits beyond the type's width)
/// makes its conversion write beyond its buffers.
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

    init(_ type: borrowing HDF5Handle, byteCount: Int, path: String) throws(LoaderError) {
        let id = type.id
        let operation = "reading a data type"
        var fields = (0, 0, 0, 0, 0)
        _ = try HDF5.call(operation, path: path) {
            H5Tget_fields(id, &fields.0, &fields.1, &fields.2, &fields.3, &fields.4)
        }
        let order = try HDF5.call(operation, path: path) { H5Tget_order(id).rawValue }
        let norm = try HDF5.call(operation, path: path) { H5Tget_norm(id).rawValue }
        self.init(
            byteCount: byteCount,
            offset: try HDF5.call(operation, path: path) { Int(H5Tget_offset(id)) },
            precision: try HDF5.call(operation, path: path) { Int(clamping: H5Tget_precision(id)) },
            sign: fields.0, exponent: fields.1, exponentSize: fields.2, mantissa: fields.3,
            mantissaSize: fields.4,
            bias: try HDF5.call(operation, path: path) { Int(clamping: H5Tget_ebias(id)) },
            hasImpliedBit: H5T_norm_t(norm) == H5T_NORM_IMPLIED,
            hasPlainByteOrder: H5T_order_t(order) == H5T_ORDER_LE || H5T_order_t(order) == H5T_ORDER_BE)
    }
}

extension HDF5 {
    /// Bytes an element of `type`; libhdf5 reports failure as zero here.
    static func byteCount(of type: borrowing HDF5Handle, path: String) throws(LoaderError) -> Int {
        let id = type.id
        return try call("reading a data type", path: path) {
            let size = H5Tget_size(id)
            return size == 0 ? -1 : Int(clamping: size)
        }
    }
}
