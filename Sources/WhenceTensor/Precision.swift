/// How the elements of packed matrices are kept, and products with them computed.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    /// As 32-bit floating-point numbers.
    case float32 = "fp32"
    /// As integers from −127 to 127 with a scale a column; the rows of the other side are rounded to integers from
    /// 0 to 255 when the product is computed, each with a scale of its own and an integer that stands for 0. Sums
    /// of integers are exact: results are as independent of other rows and of threads as those of floating-point
    /// numbers.
    ///
    /// Where a machine adds products up in 16 bits, the matrix's integers are mostly far smaller than 127, so that
    /// no sum can overflow; elsewhere results are a little more exact.
    case int8
}
