/// A seeded generator of random numbers: the same seed gives the same numbers on every machine.
///
/// 64 bits of state, period 2⁶⁴. Good enough to simulate, not to keep secrets.
/// - Note: Steele, Lea and Flood 2014, *Fast splittable pseudorandom number generators*, OOPSLA, figure 17.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts at a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
