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
    /// Not known: a link that leads out of the file, or nowhere.
    case link
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
