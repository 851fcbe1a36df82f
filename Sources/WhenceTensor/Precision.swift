/// How the elements of packed matrices are kept, and products with them computed.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// As 32-bit floating-point numbers.
    case float32 = "fp32"
    /// As integers from −127 to 127 with a scale a column; the rows of the other side are rounded likewise, each
    /// with a scale of its own, when the product is computed. Sums of integers are exact: results are as
    /// independent of other rows and of threads as those of floating-point numbers.
    case int8
}
