#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The χ² distribution's upper tail, to about 1e-13 of its value, far into the tail too.
///
/// `P(χ²_k > x) = Q(k/2, x/2)`, the regularised upper incomplete gamma function: by the power series of `1 − Q` below
/// `a + 1`, by the continued fraction of `Q` from there on. What both are multiplied with, `xᵃ e⁻ˣ / Γ(a + 1)`, is
/// taken in its saddle-point form, which loses no digits where `x` and `a` are large.
/// - Note: Abramowitz and Stegun 1964, 6.5.29 and 6.5.31; Loader 2000, *Fast and accurate computation of binomial
///   probabilities*.
enum ChiSquaredDistribution {
    /// The probability of a value above `statistic`.
    ///
    /// - Parameters:
    ///   - statistic: Not negative.
    ///   - degreesOfFreedom: Above 0.
    static func upperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
        let (a, x) = (Double(degreesOfFreedom) / 2, statistic / 2)
        guard x > 0 else { return 1 }
        guard x.isFinite else { return 0 }
        let weight = poissonWeight(a, x)
        return x < a + 1 ? max(0, 1 - weight * series(a, x)) : min(1, weight * a * fraction(a, x))
    }

    /// `1 + x/(a+1) + x²/((a+1)(a+2)) + …`
    private static func series(_ a: Double, _ x: Double) -> Double {
        var (sum, term, denominator) = (1.0, 1.0, a)
        while term > sum * 1e-17 {
            denominator += 1
            term *= x / denominator
            sum += term
        }
        return sum
    }

    /// `1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …)))` by Lentz's method.
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        var denominator = x + 1 - a
        var d = 1 / denominator
        var c = Double.infinity
        var value = d
        var step = 0.0
        while true {
            step += 1
            let numerator = -step * (step - a)
            denominator += 2
            d = 1 / (denominator + numerator * d)
            c = denominator + numerator / c
            let change = c * d
            value *= change
            if abs(change - 1) < 1e-16 || step > 1e6 { return value }
        }
    }

    /// `xᵃ e⁻ˣ / Γ(a + 1)`.
    private static func poissonWeight(_ a: Double, _ x: Double) -> Double {
        exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
    }

    /// `a ln(a/x) + x − a`, without the cancellation where `x` is near `a`.
    private static func deviance(_ a: Double, _ x: Double) -> Double {
        guard abs(a - x) < 0.1 * (a + x) else { return a * log(a / x) + x - a }
        let v = (a - x) / (a + x)
        var sum = (a - x) * v
        var power = 2 * a * v
        var odd = 1.0
        while true {
            power *= v * v
            odd += 2
            let next = sum + power / odd
            if next == sum { return sum }
            sum = next
        }
    }

    /// `ln Γ(a + 1) − (a + ½) ln a + a − ½ ln 2π`.
    private static func stirlingError(_ a: Double) -> Double {
        if a > 15 {
            let square = 1 / (a * a)
            return
                (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - square / 1188) * square) * square)
                    * square)
                / a
        }
        // Γ(a + 1) of a multiple of ½ is a product; no digit of a logarithm of it is lost to subtraction.
        var factor = a == a.rounded() ? 1.0 : Double.pi.squareRoot()
        var next = a == a.rounded() ? 1.0 : 0.5
        while next <= a {
            factor *= next
            next += 1
        }
        return log(factor) - (a + 0.5) * log(a) + a - 0.5 * log(2 * Double.pi)
    }
}
