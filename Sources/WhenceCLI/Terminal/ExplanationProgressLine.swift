import Whence

/// The progress of an explanation as one line on the standard error.
enum ExplanationProgressLine {
    /// Explains, and shows how far that has come.
    ///
    /// - Parameter unit: one node, as a noun.
    static func showing<Explanation>(
        unit: String, isShown: Bool,
        _ explain: ((ExplanationProgress) -> Void) async throws -> Explanation
    ) async throws -> Explanation {
        let line = ProgressLine(isShown: isShown)
        defer { line.clear() }
        return try await explain { line.show(sentence($0, unit: unit)) }
    }

    private static func sentence(_ progress: ExplanationProgress, unit: String) -> String {
        switch progress {
        case .graphs(let done, let all): "\(done) of \(all.counted("graph")) learnt"
        case .sets(let verified, let size):
            "\(verified.counted("set")) of \(unit)s tried, now \(size.counted(unit)) each"
        }
    }
}
