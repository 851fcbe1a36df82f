extension RecordReader {
    /// The number of a field's id.
    ///
    /// - Throws: `AnnotationError.line` for an empty id, and for a new one that is not UTF-8.
    func identifier(
        _ column: Int, _ what: String, in table: inout IdentifierTable
    ) throws(AnnotationError) -> Int32 {
        try withBytes(column) { bytes throws(AnnotationError) in
            guard !bytes.isEmpty else { throw error(expected: what) }
            let known = table.count
            let number = table.number(of: bytes)
            if table.count > known, String(validating: bytes, as: UTF8.self) == nil { throw notUTF8(bytes) }
            return number
        }
    }

    /// A field as a number.
    ///
    /// - Throws: `AnnotationError.line` if it is none, is not finite, or is a whole number with more digits than a
    ///   `Double` holds.
    func number(_ column: Int, _ what: String) throws(AnnotationError) -> Double {
        try withBytes(column) { bytes throws(AnnotationError) in
            if let value = Self.shortDecimal(bytes) { return value }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let value = Double(text), value.isFinite else {
                throw error(expected: "\(what), a number", found: column)
            }
            if let whole = Int64(text), Int64(exactly: value) != whole {
                throw error(
                    expected: "\(what), a number that a 64-bit floating-point number holds exactly",
                    found: column)
            }
            return value
        }
    }

    /// The value of at most 15 digits with at most one point among them, which is exact: so is the mantissa, so is
    /// the power of ten, and their quotient is rounded once.
    private static func shortDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
        var mantissa = 0
        var digits = 0
        var scale: Double?
        for byte in bytes {
            if byte == UInt8(ascii: "."), scale == nil {
                scale = 1
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            mantissa = mantissa * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
            if let power = scale { scale = power * 10 }
        }
        guard digits > 0, digits <= 15 else { return nil }
        return Double(mantissa) / (scale ?? 1)
    }
}
