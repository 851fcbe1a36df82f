internal import WhenceDiscovery
internal import WhenceExplanation

/// Runs the interpreter on transformers whose causal graph is known.
///
/// For each family and seed a disentangled transformer is trained; over fresh sequences the attention of its first and
/// of its deepest layer is turned into graphs, by the interpreter's algorithms and by simple baselines, and compared
/// with what follows from the latent graph.
public struct Calibration: Sendable {
    /// Where a calibration stands.
    public struct Progress: Sendable, Hashable {
        /// The family.
        public var family: CalibrationFamily
        /// The seed, from 0.
        public var seed: Int
        /// Steps of training taken; nil while the interpreter runs.
        public var step: Int?
    }

    /// What it follows from.
    public let settings: CalibrationSettings

    /// Makes a calibration.
    ///
    /// - Throws: `LaboratoryError.setting` for whatever is out of range.
    public init(_ settings: CalibrationSettings = CalibrationSettings()) throws(LaboratoryError) {
        try settings.check()
        self.settings = settings
    }

    /// Trains, interprets and compares; the result is the same for any number of threads.
    ///
    /// - Parameters:
    ///   - threadCount: all available threads if not given.
    ///   - progress: told where the work stands.
    /// - Throws: `LaboratoryError`, `CancellationError`.
    public func run(
        threadCount: Int? = nil, progress: (Progress) -> Void = { _ in }
    ) throws -> CalibrationReport {
        var (models, rows): ([CalibrationModel], [CalibrationRow]) = ([], [])
        for family in settings.families {
            var (keys, tallies): ([CalibrationKey], [CalibrationKey: [CalibrationTallies]]) = ([], [:])
            for seed in 0..<settings.seeds {
                let (model, counted) = try calibrate(family, seed, threadCount, progress)
                models.append(model)
                for (key, tally) in counted {
                    if tallies[key] == nil { keys.append(key) }
                    tallies[key, default: []].append(tally)
                }
            }
            rows += keys.map {
                CalibrationRow($0, tallies[$0, default: []], resamples: settings.resamples)
            }
        }
        return CalibrationReport(settings: settings, models: models, rows: rows)
    }

    private func calibrate(
        _ family: CalibrationFamily, _ seed: Int, _ threadCount: Int?, _ progress: (Progress) -> Void
    ) throws -> (CalibrationModel, [(key: CalibrationKey, tallies: CalibrationTallies)]) {
        let task = try family.task(
            vocabulary: settings.vocabulary, length: settings.length, seed: UInt64(seed))
        let trainer = try Trainer(
            family.training(task, steps: settings.steps, batchSize: settings.batchSize, seed: UInt64(seed)),
            threadCount: threadCount)
        while try trainer.advance() != nil {
            try Task.checkCancellation()
            progress(Progress(family: family, seed: seed, step: trainer.step))
        }
        progress(Progress(family: family, seed: seed, step: nil))
        let metrics = try trainer.measure()
        let truth = try CalibrationTruth(task)
        let sample = try task.sample(
            settings.sequences, key: BatchKey(seed: UInt64(seed), purpose: .calibration),
            in: LaboratoryWorkspace(threadCount: threadCount)
        ).visible
        let shape = trainer.transformer.shape
        var run = CalibrationRun(
            settings: settings, family: family, truth: truth, shape: shape, seed: seed)
        try run.addUntrained(DisentangledTransformer(shape).trace(sample.tokens(of: 0)).attention)
        for sequence in 0..<settings.sequences {
            try Task.checkCancellation()
            try run.add(trainer.transformer.trace(sample.tokens(of: sequence)).attention)
        }
        let model = CalibrationModel(
            family: family, seed: seed, nodes: truth.nodes.count, trueEdges: truth.graph.edges.count,
            loss: metrics.loss, bayesLoss: metrics.bayesLoss, recovery: metrics.recovery)
        return (model, run.tallies)
    }
}
