/// What is known about a training run at one moment.
public struct TrainingMetrics: Sendable, Hashable, Codable {
    /// Steps taken.
    public var step: Int
    /// The stage of the next step, from 0.
    public var stage: Int
    /// The learning rate of the next step; 0 after the last.
    public var learningRate: Double
    /// The mean loss over the batches since the last multiple of the steps between measurements; nil before the first
    /// step.
    public var trainingLoss: Double?
    /// The mean cross-entropy over sequences that are never trained on, in nats.
    public var loss: Double
    /// That of the Bayes predictor over the same sequences; for hidden positions, of one that sees them.
    public var bayesLoss: Double
    /// The mean weight of the first layer's positions on their true parents; nil for a task with several graphs.
    public var recovery: Double?
    /// The share of edges at which some head looks most; nil for a task with several graphs.
    public var largestShare: Double?
    /// The weight of the last layer's best head on what followed the last token before, see `InductionHead`; nil for a
    /// task or a transformer that has no such thing.
    public var induction: Double?
}
