internal import CZlib

/// A CRC-32 over bytes that come piece by piece: against mistakes and torn writes, not against an adversary.
struct Checksum {
    private(set) var value: UInt32 = 0

    mutating func add(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        value = UInt32(truncatingIfNeeded: crc32(uLong(value), bytes, uInt(truncatingIfNeeded: bytes.count)))
    }

    /// Eight hexadecimal digits.
    static func text(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
