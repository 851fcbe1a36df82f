#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Standard normal random numbers, two from each two uniform ones.
///
/// Box and Muller 1958, *A note on the generation of random normal deviates*, Annals of Mathematical Statistics 29.
package struct NormalDeviates {
    private var spare: Double?

    package init() {}

    package mutating func next(using generator: inout some RandomNumberGenerator) -> Double {
        if let spare {
            self.spare = nil
            return spare
        }
        // 1 - u is above 0, so that its logarithm is finite.
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &generator))).squareRoot()
        let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &generator)
        spare = radius * sin(angle)
        return radius * cos(angle)
    }
}
