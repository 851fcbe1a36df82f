/// The checksum of HDF5's newer structures and the hash of names in its dense groups.
enum JenkinsHash {
    /// Bob Jenkins's `hashlittle` with the initial value 0.
    ///
    /// - Complexity: O(bytes).
    /// - Note: https://burtleburtle.net/bob/c/lookup3.c.
    static func lookup3(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var a = 0xdead_beef &+ UInt32(truncatingIfNeeded: bytes.count)
        var (b, c) = (a, a)
        var rest = bytes
        while rest.count > 12 {
            a &+= word(&rest)
            b &+= word(&rest)
            c &+= word(&rest)
            a = (a &- c) ^ rotated(c, 4)
            c &+= b
            b = (b &- a) ^ rotated(a, 6)
            a &+= c
            c = (c &- b) ^ rotated(b, 8)
            b &+= a
            a = (a &- c) ^ rotated(c, 16)
            c &+= b
            b = (b &- a) ^ rotated(a, 19)
            a &+= c
            c = (c &- b) ^ rotated(b, 4)
            b &+= a
        }
        guard !rest.isEmpty else { return c }
        a &+= word(&rest)
        b &+= word(&rest)
        c &+= word(&rest)
        c = (c ^ b) &- rotated(b, 14)
        a = (a ^ c) &- rotated(c, 11)
        b = (b ^ a) &- rotated(a, 25)
        c = (c ^ b) &- rotated(b, 16)
        a = (a ^ c) &- rotated(c, 4)
        b = (b ^ a) &- rotated(a, 14)
        c = (c ^ b) &- rotated(b, 24)
        return c
    }

    private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
        value << count | value >> (32 - count)
    }

    /// The next four bytes, little-endian; those beyond the end count as zero.
    private static func word(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        var word: UInt32 = 0
        for index in 0..<min(4, rest.count) {
            word |= UInt32(rest[rest.startIndex + index]) << (8 * UInt32(index))
        }
        rest = rest.dropFirst(4)
        return word
    }
}
