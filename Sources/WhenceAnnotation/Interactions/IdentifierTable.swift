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

    /// How many ids there are.
    var count: Int { ends.count }

    /// The ids as texts, in order of their numbers.
    var texts: [String] {
        (0..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) }
    }

    /// The number of an id, a new one if it has none.
    mutating func number(of id: UnsafeBufferPointer<UInt8>) -> Int32 {
        var slot = hash(UnsafeRawBufferPointer(id)) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(Int(slots[slot]), id) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = Int32(count)
        bytes += id
        ends.append(bytes.count)
        slots[slot] = number
        if count * 2 > slots.count { grow() }
        return number
    }

    /// The number of an id, a new one if it has none.
    mutating func number(of id: String) -> Int32 {
        var id = id
        return id.withUTF8 { number(of: $0) }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for number in 0..<count {
            var slot = bytes[range(number)].withUnsafeBytes(hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
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
