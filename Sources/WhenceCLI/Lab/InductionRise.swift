import Whence

/// When in training an induction head formed.
struct InductionRise: Encodable, Sendable, Hashable {
    /// Steps taken at the last measurement before.
    var after: Int
    /// Steps taken at the first measurement at which the head's weight had made half of its way, from the first
    /// measurement to the greatest.
    var by: Int

    /// Less than this is no rise.
    private static let least = 0.1

    /// The rise in a run.
    ///
    /// - Parameter measurements: in the order of their steps.
    /// - Returns: nil where no head is measured, or none rises by a tenth of all attention.
    static func found(in measurements: [TrainingMetrics]) -> InductionRise? {
        let weights = measurements.compactMap { entry in
            entry.induction.map { (step: entry.step, weight: $0) }
        }
        guard let first = weights.first, let greatest = weights.map(\.weight).max(),
            greatest - first.weight >= least,
            let index = weights.firstIndex(where: { $0.weight >= (first.weight + greatest) / 2 }), index > 0
        else { return nil }
        return InductionRise(after: weights[index - 1].step, by: weights[index].step)
    }
}
