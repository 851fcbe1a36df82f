/// An independence test that decides by one significance level: independent exactly when the p-value is above it
/// and the test is not degenerate.
///
/// Conform to it to let a test of your own be swept over levels (`AlphaSweep`).
public protocol SignificanceTest: IndependenceTest {
    /// Significance level, above 0 and below 1.
    var alpha: Double { get }

    /// The same test at another level.
    ///
    /// - Throws: `DiscoveryError.alpha` for a level outside `0 < alpha < 1`.
    func atLevel(_ alpha: Double) throws -> Self
}

extension FisherZTest: SignificanceTest {
    /// The same test at another level; the correlations are shared, not copied.
    public func atLevel(_ alpha: Double) throws -> FisherZTest { try FisherZTest(self, alpha: alpha) }
}
