extension Trainer {
    /// When and where a run leaves checkpoints.
    public struct CheckpointPlan: Sendable, Hashable {
        /// The file, which is replaced each time.
        public var path: String
        /// Steps from one to the next; there is one more at the end.
        public var interval: Int

        /// Makes a plan.
        public init(path: String, interval: Int = 4096) {
            self.path = path
            self.interval = max(1, interval)
        }
    }

    /// Trains to the end, or up to a step.
    ///
    /// Measures before the first step, every `settings.evaluationInterval` steps and at the end, and hands each
    /// measurement on. To stop early, throw from `report`: the trainer is whole, and `save(to:)` keeps it.
    /// - Parameters:
    ///   - lastStep: where to stop; the end if not given.
    ///   - checkpoints: nil for none.
    ///   - report: gets each measurement, as soon as it is made.
    /// - Returns: the last measurement.
    /// - Throws: `LaboratoryError.diverged`, `LoaderError.unwritable`, `CancellationError`, and whatever `report`
    ///   throws.
    @discardableResult
    public func run(
        to lastStep: Int? = nil, checkpoints: CheckpointPlan? = nil,
        report: (TrainingMetrics) throws -> Void = { _ in }
    ) throws -> TrainingMetrics {
        let end = min(lastStep ?? settings.stepCount, settings.stepCount)
        while step < end {
            try Task.checkCancellation()
            if step % settings.evaluationInterval == 0 { try report(measure()) }
            try advance()
            if let checkpoints, step % checkpoints.interval == 0, step < end {
                try save(to: checkpoints.path)
            }
        }
        let last = try measure()
        try report(last)
        if let checkpoints { try save(to: checkpoints.path) }
        return last
    }
}
