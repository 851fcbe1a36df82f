/// The characters that byte-level vocabularies spell bytes with.
///
/// Bytes that are visible in Latin-1 are spelt by that character; the others, in order, by the characters from U+0100
/// on, so that a space is `Ġ` and a line feed `Ċ`.
///
/// - Note: `bytes_to_unicode` of https://github.com/openai/gpt-2/blob/master/src/encoder.py (Radford et al. 2019).
enum ByteAlphabet {
    /// For each byte its character.
    static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if isVisible(byte) { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? "\u{FFFD}"
        }
    }()

    private static func isVisible(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
        default: false
        }
    }
}
