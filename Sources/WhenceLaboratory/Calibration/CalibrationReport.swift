/// What a calibration found, with the counts of every transformer, from which everything else can be computed again.
public struct CalibrationReport: Sendable, Hashable, Codable {
    /// What it follows from.
    public let settings: CalibrationSettings
    /// The transformers, by family, then seed.
    public let models: [CalibrationModel]
    /// A row for every family, layer, head, method and reading.
    public let rows: [CalibrationRow]
}

/// One transformer whose graph is known.
public struct CalibrationModel: Sendable, Hashable, Codable {
    /// The family of its task.
    public let family: CalibrationFamily
    /// What its graph and its training followed from.
    public let seed: Int
    /// Nodes of the graphs: positions that it sees, without a question.
    public let nodes: Int
    /// Adjacencies between them in the true partial ancestral graph.
    public let trueEdges: Int
    /// Its cross-entropy, in nats.
    public let loss: Double
    /// That of the Bayes predictor, which sees hidden positions too.
    public let bayesLoss: Double
    /// The mean weight of the first layer on true parents that it sees.
    public let recovery: Double?
}

/// How right one method is about one layer of one family.
public struct CalibrationRow: Sendable, Hashable, Codable {
    /// The family.
    public let family: CalibrationFamily
    /// The layer, from 1.
    public let layer: Int
    /// The head, from 1; nil for all of a layer with several, pooled.
    public let head: Int?
    /// The method.
    public let method: CalibrationMethod
    /// How it reads attention; nil for a baseline.
    public let reading: CovarianceReading?
    /// The counts of every transformer.
    public let found: [CalibrationTally]
    /// Those of random graphs: as many edges with the same marks, elsewhere.
    public let random: [CalibrationTally]
    /// Those on the transformers before training: uniform attention, once for each.
    public let untrained: [CalibrationTally]
    /// Means and intervals of `found`, without those that no transformer defines.
    public let estimates: [CalibrationMeasure.RawValue: CalibrationEstimate]
    /// Those of `random`.
    public let randomEstimates: [CalibrationMeasure.RawValue: CalibrationEstimate]
    /// Those of `untrained`.
    public let untrainedEstimates: [CalibrationMeasure.RawValue: CalibrationEstimate]

    init(_ key: CalibrationKey, _ tallies: [CalibrationTallies], resamples: Int) {
        (family, layer, head) = (key.family, key.layer, key.head)
        (method, reading) = (key.method, key.reading)
        (found, random) = (tallies.map(\.found), tallies.map(\.random))
        untrained = tallies.map(\.untrained)
        estimates = Self.estimates(found, resamples)
        randomEstimates = Self.estimates(random, resamples)
        untrainedEstimates = Self.estimates(untrained, resamples)
    }

    /// The mean of a measure; nil if no transformer defines it.
    public func estimate(_ measure: CalibrationMeasure) -> CalibrationEstimate? {
        estimates[measure.rawValue]
    }

    /// The mean of a measure for random graphs of the same density.
    public func randomEstimate(_ measure: CalibrationMeasure) -> CalibrationEstimate? {
        randomEstimates[measure.rawValue]
    }

    /// The mean of a measure before training.
    public func untrainedEstimate(_ measure: CalibrationMeasure) -> CalibrationEstimate? {
        untrainedEstimates[measure.rawValue]
    }

    private static func estimates(
        _ tallies: [CalibrationTally], _ resamples: Int
    ) -> [CalibrationMeasure.RawValue: CalibrationEstimate] {
        var estimates: [CalibrationMeasure.RawValue: CalibrationEstimate] = [:]
        for measure in CalibrationMeasure.allCases {
            estimates[measure.rawValue] = CalibrationEstimate(
                tallies.compactMap { $0.value(measure) }, resamples: resamples)
        }
        return estimates
    }
}

/// What a row is about.
struct CalibrationKey: Hashable {
    var family: CalibrationFamily
    var layer: Int
    var head: Int?
    var method: CalibrationMethod
    var reading: CovarianceReading?
}
