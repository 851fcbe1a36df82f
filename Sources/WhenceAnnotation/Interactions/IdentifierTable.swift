/// Numbers for ids, in order of their first appearance.
///
/// An open-addressing table over one array of bytes: a lookup makes no `String`, so that the hundreds of thousands
/// of ids in tens of millions of rows are met at the speed of reading.
struct IdentifierTable {
    private var bytes: [UInt8] = []
    /// Where each id ends in `bytes`; it starts where the one before ends.
    private var ends: [Int] = []
    /// The number of an id, or -1; as many as a power of two.
    private var slots: [Int32] = Array(repeating: -1, count: 1024)
    /// The numbers that are in the slots.
    private var hashed: [Int32] = []
    /// The number of an id that is itself a small whole number, as most are, or -1: found without hashing.
    private var small: [Int32] = []
    private static let smallLimit = 1 << 22

    /// How many ids there are.
    var count: Int { ends.count }

    /// The ids as texts, in order of their numbers.
    var texts: [String] {
        (0..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) }
    }

    /// The number of an id, a new one if it has none.
    mutating func number(of id: UnsafeBufferPointer<UInt8>) -> Int32 {
        if let value = Self.smallValue(id) {
            while small.count <= value {
                small += Array(repeating: -1, count: max(1024, min(small.count, Self.smallLimit)))
            }
            if small[value] < 0 { small[value] = add(id) }
            return small[value]
        }
        var slot = hash(UnsafeRawBufferPointer(id)) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(Int(slots[slot]), id) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = add(id)
        hashed.append(slots[slot])
        if hashed.count * 2 > slots.count { grow() }
        return Int32(count - 1)
    }

    private mutating func add(_ id: UnsafeBufferPointer<UInt8>) -> Int32 {
        bytes += id
        ends.append(bytes.count)
        return Int32(count - 1)
    }

    /// The value of an id that is a whole number as it is always written, without leading zeros.
    private static func smallValue(_ id: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...7).contains(id.count), id[0] != UInt8(ascii: "0") || id.count == 1 else { return nil }
        var value = 0
        for byte in id {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value < smallLimit ? value : nil
    }

    /// The number of an id, a new one if it has none.
    mutating func number(of id: String) -> Int32 {
        var id = id
        return id.withUTF8 { number(of: $0) }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for number in hashed {
            var slot = bytes[range(Int(number))].withUnsafeBytes(hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = number
        }
    }

    /// Seeded anew by every process, so that no file can be made of ids that all collide; the numbers do not
    /// depend on it.
    private func hash(_ id: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: id)
        return hasher.finalize()
    }

    private func isEqual(_ number: Int, _ id: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == id.count else { return false }
        for offset in 0..<id.count where bytes[range.lowerBound + offset] != id[offset] { return false }
        return true
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }
}
