/// Where a training run stands but for its parameters: the steps behind it, what the optimiser remembers, and what the
/// last step started from, so that one after which something is no finite number can be taken back.
struct RunState {
    /// Steps taken.
    private(set) var step: Int
    private(set) var optimizer: OptimizerState
    /// Losses since the last regular measurement.
    private(set) var recentLoss: RunningMean
    /// The last checkpoint that was written or read.
    var lastCheckpoint: String?
    /// What the last step started from, where the loss was a finite number.
    private var before: (parameters: [Float], optimizer: OptimizerState, recentLoss: RunningMean)?

    init(step: Int, optimizer: OptimizerState, recentLoss: RunningMean, checkpoint: String?) {
        (self.step, self.optimizer, self.recentLoss) = (step, optimizer, recentLoss)
        lastCheckpoint = checkpoint
    }

    /// A run that has not begun.
    init(_ optimizer: Optimizer, parameterCount: Int) {
        self.init(
            step: 0, optimizer: OptimizerState(optimizer, parameterCount: parameterCount),
            recentLoss: RunningMean(), checkpoint: nil)
    }

    /// Moves parameters along a gradient, by one step.
    ///
    /// - Parameters:
    ///   - loss: the finite loss before the step.
    ///   - ranges: the parameters that are learnt.
    /// - Throws: `diverged` if a parameter is no finite number after it; all is then as it was.
    mutating func advance(
        _ parameters: inout [Float], along gradient: [Float], loss: Double, rate: Double,
        of settings: some ExperimentSettings, ranges: [Range<Int>]
    ) throws(LaboratoryError) {
        before = (parameters, optimizer, recentLoss)
        if step % settings.evaluationInterval == 0 { recentLoss = RunningMean() }
        let isWhole = optimizer.move(
            &parameters, along: gradient, by: settings.optimizer, rate: Float(rate),
            weightDecay: Float(settings.weightDecay), step: step, ranges: ranges)
        step += 1
        guard isWhole else { throw stepBack(&parameters) }
        recentLoss.add(loss)
    }

    /// Takes the last step back, after which something is no finite number.
    mutating func stepBack(_ parameters: inout [Float]) -> LaboratoryError {
        if let before {
            (parameters, optimizer, recentLoss) = before
            step -= 1
        }
        before = nil
        return .diverged(step: step, lastGoodCheckpoint: lastCheckpoint)
    }
}
