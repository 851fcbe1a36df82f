/// Stored floating-point numbers as float32.
enum FloatConversion {
    /// Converts elements.
    ///
    /// float64 is rounded to the nearest; all else is exact.
    /// - Parameters:
    ///   - bytes: as many elements of `type` as `elements` has.
    ///   - type: a floating-point type.
    static func widen(
        _ bytes: [UInt8], from type: ElementType, isBigEndian: Bool,
        into elements: UnsafeMutableBufferPointer<Float>
    ) {
        bytes.withUnsafeBytes { bytes in
            switch type {
            case .float16, .bfloat16:
                let patterns: [UInt16] = patterns(bytes, isBigEndian: isBigEndian)
                HalfPrecision.widen(patterns, isBrain: type == .bfloat16, into: elements)
            case .float32:
                let patterns: [UInt32] = patterns(bytes, isBigEndian: isBigEndian)
                for (index, pattern) in patterns.enumerated() { elements[index] = Float(bitPattern: pattern) }
            case .float64:
                let patterns: [UInt64] = patterns(bytes, isBigEndian: isBigEndian)
                for (index, pattern) in patterns.enumerated() {
                    elements[index] = Float(Double(bitPattern: pattern))
                }
            default:
                preconditionFailure("\(type.rawValue) is no floating-point type")
            }
        }
    }

    /// The elements' bits in this machine's order.
    private static func patterns<Pattern: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, isBigEndian: Bool
    ) -> [Pattern] {
        let size = MemoryLayout<Pattern>.size
        return [Pattern](unsafeUninitializedCapacity: bytes.count / size) { buffer, filled in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / size * size)))
            filled = bytes.count / size
            for index in 0..<filled {
                buffer[index] =
                    isBigEndian ? Pattern(bigEndian: buffer[index]) : Pattern(littleEndian: buffer[index])
            }
        }
    }
}
