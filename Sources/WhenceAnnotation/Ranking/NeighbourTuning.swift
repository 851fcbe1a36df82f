/// The search for the setting of item-kNN that finds most on the validation split.
struct NeighbourTuning {
    /// Numbers of neighbours that are tried.
    static let neighbours = [5, 10, 20, 50, 100, 200, 500]
    /// Shrinkages that are tried.
    static let shrinkages = [0.0, 10, 100]

    /// The setting with the highest NDCG@k on the validation split; of equal ones the first, with the fewest
    /// neighbours.
    ///
    /// - Parameters:
    ///   - validation: the questions; the items to be found in the test split are not among what it knows.
    ///   - neighbours: the number of neighbours, if it is not to be searched for.
    ///   - shrinkage: the shrinkage, if it is not to be searched for.
    static func best(
        _ validation: RankingTask, neighbours: Int?, shrinkage: Double?, cutOff: Int,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> NeighbourBaseline.Setting {
        let values = RankValues(cutOff: cutOff, itemCount: validation.itemCount)
        let sizes = neighbours.map { [$0] } ?? Self.neighbours
        let shrinkages = shrinkage.map { [$0] } ?? Self.shrinkages
        var best = NeighbourBaseline.Setting(neighbours: sizes[0], shrinkage: shrinkages[0])
        var bestGain = -1.0
        var done = 0
        for shrinkage in shrinkages {
            var baseline = try NeighbourBaseline(
                validation, .init(neighbours: sizes[sizes.count - 1], shrinkage: shrinkage))
            for size in sizes {
                progress(done, sizes.count * shrinkages.count)
                done += 1
                baseline.neighbours = size
                let measures = try baseline.placements(validation).map(values.measure)
                let gain = RankingMeasures.mean(measures).discountedGain
                if gain > bestGain {
                    bestGain = gain
                    best = .init(neighbours: size, shrinkage: shrinkage)
                }
            }
        }
        return best
    }
}
