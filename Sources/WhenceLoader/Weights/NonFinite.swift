/// Looks for NaN and infinity among weights.
enum NonFinite {
    /// The index of the first element that is NaN or infinite; `nil` if all are finite.
    ///
    /// Both have all exponent bits set, so without the sign they are the largest bit patterns: the maximum of a
    /// block tells whether any is there, and only such a block is looked at one by one.
    /// - Complexity: O(n), one pass that compiles to vector instructions.
    static func firstIndex(in elements: UnsafeBufferPointer<Float>) -> Int? {
        let blockSize = 4_096
        for start in stride(from: 0, to: elements.count, by: blockSize) {
            let block = UnsafeBufferPointer(
                rebasing: elements[start..<min(start + blockSize, elements.count)])
            var largest: UInt32 = 0
            for element in block {
                largest = max(largest, element.bitPattern & 0x7fff_ffff)
            }
            if largest >= Float.infinity.bitPattern, let offset = block.firstIndex(where: { !$0.isFinite }) {
                return start + offset
            }
        }
        return nil
    }
}
