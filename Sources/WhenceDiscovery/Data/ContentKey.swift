/// Numbers that stand for the content of a column, so that what chance decides in a test depends on the data and on
/// the seed, but neither on the order of the columns nor on the order of the questions.
enum ContentKey {
    /// The key of a content followed by a further number.
    @inline(__always)
    static func extend(_ key: UInt64, by number: UInt64) -> UInt64 {
        mixed(key &+ 0x9E37_79B9_7F4A_7C15 ^ mixed(number))
    }

    /// The finaliser of SplitMix64: every bit of the number moves every bit of the result.
    @inline(__always)
    static func mixed(_ number: UInt64) -> UInt64 {
        var value = number &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// The random numbers of one question: SplitMix64, started from the seed and the content of the columns in question.
///
/// The two variables may change places, and the conditioning set may come in any order.
struct QuestionRandomness {
    private var state: UInt64

    init(seed: UInt64, pair: (UInt64, UInt64), set: [UInt64]) {
        var key = ContentKey.mixed(seed)
        key = ContentKey.extend(key, by: min(pair.0, pair.1))
        key = ContentKey.extend(key, by: max(pair.0, pair.1))
        for member in set.sorted() { key = ContentKey.extend(key, by: member) }
        state = key
    }

    /// A number below `bound`, each equally likely.
    ///
    /// - Note: Lemire 2019, *Fast random integer generation in an interval*, ACM TOMACS 29.
    @inline(__always)
    mutating func number(below bound: Int) -> Int {
        let bound = UInt64(truncatingIfNeeded: bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(truncatingIfNeeded: product.high)
    }

    /// Shuffles a part of an array, every order equally likely (Fisher and Yates).
    @inline(__always)
    mutating func shuffle<Element>(_ elements: UnsafeMutableBufferPointer<Element>) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, number(below: last + 1))
        }
    }

    @inline(__always)
    private mutating func next() -> UInt64 {
        defer { state &+= 0x9E37_79B9_7F4A_7C15 }
        return ContentKey.mixed(state)
    }
}
