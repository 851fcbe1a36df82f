public import ArgumentParser
public import Whence

/// How a transformer of the laboratory is trained.
struct LabTrainingOptions: ParsableArguments {
    enum OptimizerName: String, ExpressibleByArgument, CaseIterable { case sgd, adamw }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "disentangled, the transformer of the theory, or standard, one with value matrices and networks "
                + "(default: disentangled)."))
    var model: LaboratoryModel?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Layers of the standard transformer (default: 2).", valueName: "n"))
    var layers: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Heads of each layer (default: 1,1; with several parents p: p,1).", valueName: "n,n"))
    var heads: NumberList<Int>?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Steps, each on fresh sequences (default: 16384; standard: 4096); with --two-stage those of each stage "
                + "(1024).",
            valueName: "n"))
    var steps: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Sequences of a step (default: 1024).", valueName: "n"))
    var batch: Int?

    @Option(
        name: .long,
        help: "sgd, gradient descent, or adamw (default: sgd; with several parents and standard: adamw).")
    var optimizer: OptimizerName?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Learning rate (default: 1; adamw: 0.01; with --two-stage one for each stage: 1000,1).",
            valueName: "x"))
    var learningRate: NumberList<Double>?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Weight decay (default: 0; with several parents 1e-4; standard: 2e-4).", valueName: "x"))
    var weightDecay: Double?

    @Option(
        name: .long,
        help:
            "cosine, the rate falls to 0 along half a cosine, or constant (default: cosine; --two-stage: constant)."
    )
    var schedule: LearningRateSchedule?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Start from normal noise of this size instead of 0 (default: 0; where a layer has several heads, "
                + "which would stay equal: 1e-4).",
            valueName: "x"))
    var noise: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Steps from one measurement to the next (default: a 128th of all).", valueName: "n"))
    var evaluationInterval: Int?

    @Flag(
        name: .long,
        help: "The two-stage algorithm that the paper analyses: first the first layer, then the second.")
    var twoStage = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("What all chance follows from (default: 0).", valueName: "n"))
    var seed: UInt64?

    /// Names of the options that were given.
    var given: [String] {
        [
            ("--model", model != nil), ("--layers", layers != nil), ("--heads", heads != nil),
            ("--steps", steps != nil), ("--batch", batch != nil),
            ("--optimizer", optimizer != nil), ("--learning-rate", learningRate != nil),
            ("--weight-decay", weightDecay != nil), ("--schedule", schedule != nil),
            ("--evaluation-interval", evaluationInterval != nil), ("--noise", noise != nil),
            ("--two-stage", twoStage), ("--seed", seed != nil),
        ].filter(\.1).map(\.0)
    }

    func validate() throws {
        let rates = learningRate?.numbers.count ?? 0
        if model == .standard {
            if let option = given.first(where: { ["--heads", "--noise", "--two-stage"].contains($0) }) {
                throw ValidationError("\(option) is for the disentangled transformer; leave it out.")
            }
        } else if layers != nil {
            throw ValidationError("--layers goes with --model standard; --heads says how many others have.")
        }
        if twoStage {
            let refused = ["--heads", "--optimizer", "--weight-decay", "--noise"].filter(given.contains)
            if let option = refused.first {
                throw ValidationError("\(option) is settled by --two-stage; leave it out.")
            }
            if rates != 0, rates != 2 {
                throw ValidationError(
                    "--learning-rate takes two rates with --two-stage, one for each stage.")
            }
        } else if rates > 1 {
            throw ValidationError("--learning-rate takes one rate; two go with --two-stage.")
        }
    }

    /// Everything that a run on a task follows from.
    ///
    /// - Throws: `LaboratoryError.setting`.
    func settings(_ task: InContextTask) throws -> TrainingSettings {
        if twoStage { return try twoStages(task) }
        let parentCount = task.arities.max() ?? 1
        let optimizer = optimizer ?? (parentCount > 1 ? .adamw : .sgd)
        let heads = heads?.numbers ?? [max(1, parentCount), 1]
        let start =
            noise.map { $0 == 0 ? .zero : .noise(scale: $0) }
            ?? (heads.contains { $0 > 1 } ? .noise(scale: 1e-4) : ParameterStart.zero)
        return try TrainingSettings(
            task: task, shape: DisentangledShape(for: task, heads: heads), steps: steps ?? 1 << 14,
            learningRate: learningRate?.numbers.first ?? (optimizer == .adamw ? 0.01 : 1),
            schedule: schedule ?? .cosine, batchSize: batch ?? 1024,
            optimizer: optimizer == .adamw ? .adamW() : .gradientDescent,
            weightDecay: weightDecay ?? (parentCount > 1 ? 1e-4 : 0), start: start, seed: seed ?? 0,
            evaluationInterval: evaluationInterval)
    }

    /// Everything that a run of a standard transformer follows from.
    ///
    /// - Throws: `LaboratoryError.setting`.
    func standardSettings(_ task: InContextTask) throws -> StandardTraining {
        let optimizer = optimizer ?? .adamw
        return try StandardTraining(
            task: task, layerCount: layers ?? 2, steps: steps ?? 1 << 12,
            learningRate: learningRate?.numbers.first ?? (optimizer == .adamw ? 0.01 : 1),
            schedule: schedule ?? .cosine, batchSize: batch ?? 1024,
            optimizer: optimizer == .adamw ? .adamW() : .gradientDescent, weightDecay: weightDecay ?? 2e-4,
            seed: seed ?? 0, evaluationInterval: evaluationInterval)
    }

    private func twoStages(_ task: InContextTask) throws -> TrainingSettings {
        let rates = learningRate?.numbers ?? [1000, 1]
        let stages = rates.map {
            TrainingStage(steps: steps ?? 1024, learningRate: $0, schedule: schedule ?? .constant)
        }
        return try .twoStages(
            task: task, first: stages[0], second: stages[1], batchSize: batch ?? 1024, seed: seed ?? 0,
            evaluationInterval: evaluationInterval)
    }
}

extension LearningRateSchedule: ExpressibleByArgument {}

extension LaboratoryModel: ExpressibleByArgument {}
