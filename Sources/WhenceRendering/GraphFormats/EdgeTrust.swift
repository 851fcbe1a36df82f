internal import Foundation

/// How far an edge can be trusted, as far as a search or a file says.
public struct EdgeTrust: Sendable, Hashable {
    /// Largest p-value of the tests that kept the edge, 0 to 1; `nil` when none is known.
    public var pValue: Double?
    /// Share of the graphs of a sweep in which the edge is found, 0 to 1; `nil` without a sweep.
    public var stability: Double?

    /// Makes a trust; every field is as documented above.
    public init(pValue: Double? = nil, stability: Double? = nil) {
        self.pValue = pValue
        self.stability = stability
    }
}

extension EdgeTrust {
    /// Width of a line in pixels or points, for the least and the most trusted edge.
    static let widths = 1.0...3.0
    /// Orders of magnitude below the significance level from which an edge counts as certain.
    static let certainMargin = 4.0

    /// Width of the line that shows the edge: the one measure of trust that all pictures use.
    ///
    /// With a stability `s`, `1 + 2 s`. Otherwise `1 + 2 min(1, log₁₀(alpha / p) / 4)`: an edge that the tests
    /// barely kept is a pixel wide, one whose p-value is 10,000 times below alpha is three.
    /// - Parameter alpha: significance level of the tests.
    /// - Returns: a width with one decimal; `nil` when nothing is known of the edge.
    func width(alpha: Double?) -> Double? {
        let share: Double
        if let stability {
            share = stability
        } else if let pValue, let alpha, alpha > 0 {
            // log₁₀ of an infinite quotient is infinite: p = 0 is full width.
            share = log10(alpha / pValue) / Self.certainMargin
        } else {
            return nil
        }
        guard !share.isNaN else { return nil }
        let span = Self.widths.upperBound - Self.widths.lowerBound
        let width = Self.widths.lowerBound + span * min(1, max(0, share))
        return (width * 10).rounded() / 10
    }

    /// What the widths of a picture mean, for its legend.
    static func legend(hasStability: Bool) -> String {
        hasStability
            ? "The wider a line, the larger the share of graphs that hold the edge."
            : "The wider a line, the further its tests were from removing it."
    }
}
