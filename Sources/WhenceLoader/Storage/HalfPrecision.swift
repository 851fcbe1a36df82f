/// Widening of 16-bit floating-point numbers.
enum HalfPrecision {
    /// Writes the float32 of each bit pattern; every 16-bit value has one, so nothing is rounded.
    ///
    /// - Parameters:
    ///   - patterns: as many as elements.
    ///   - isBrain: whether they are bfloat16 (the upper half of a float32) or IEEE binary16.
    static func widen(_ patterns: [UInt16], isBrain: Bool, into elements: UnsafeMutableBufferPointer<Float>) {
        precondition(
            patterns.count == elements.count, "\(patterns.count) patterns, \(elements.count) elements")
        // Without pointers the bounds checks keep the loops from becoming vector instructions.
        patterns.withUnsafeBufferPointer { patterns in
            if isBrain {
                for (index, pattern) in patterns.enumerated() {
                    elements[index] = Float(bitPattern: UInt32(pattern) << 16)
                }
            } else {
                for (index, pattern) in patterns.enumerated() {
                    elements[index] = float(binary16: pattern)
                }
            }
        }
    }

    /// The value of an IEEE binary16 pattern: sign, 5 bits of exponent with bias 15, 10 of mantissa.
    ///
    /// The bits are moved into place and the exponent is rebased by a multiplication with 2¹¹², which is exact
    /// and brings subnormal numbers right too; infinity and NaN get the float32 exponent of theirs.
    static func float(binary16 pattern: UInt16) -> Float {
        let magnitude = UInt32(pattern & 0x7fff) << 13
        let value = Float(bitPattern: magnitude) * 0x1p112
        let isFinite = magnitude < 0x0f80_0000
        let bits = isFinite ? value.bitPattern : magnitude | 0x7f80_0000
        return Float(bitPattern: bits | UInt32(pattern & 0x8000) << 16)
    }
}
