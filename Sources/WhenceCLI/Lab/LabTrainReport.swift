import Foundation
import Whence

/// The loss on sequences whose kernels come from another law than those learnt from.
struct OtherKernelsLoss: Encodable, Sendable {
    var alpha: Double
    var loss: Double
    var bayesLoss: Double
}

/// The loss of a predictor that knows the task.
struct BaselineLoss: Encodable, Sendable {
    var predictor: Predictor
    var loss: Double
}

/// What a training run came to; the JSON document `whence.training/1`.
struct LabTrainReport<Settings: ExperimentSettings>: Encodable, Sendable {
    var schema = "whence.training/1"
    var settings: Settings
    var model: LaboratoryModel
    /// The layers in a few words.
    var layers: String
    var parameterCount: Int
    var last: TrainingMetrics
    /// Losses of predictors that know the task, over the sequences that `last` is about.
    var baselines: [BaselineLoss]
    var recovery: GraphRecovery?
    var induction: InductionHead?
    /// When the induction head formed.
    var inductionRise: InductionRise?
    var plateaus: [LossPlateau]
    var otherKernels: [OtherKernelsLoss]
    var checkpoint: String?
    var steps: Int
    var seconds: Double
    /// Of the steps alone, without measurements.
    var trainingSeconds: Double

    /// What a run of either kind says, and the baselines; the rest is for the initialisers to fill in.
    private init<Run: LabRun>(
        _ outcome: LabTraining<Run>.Outcome, model: LaboratoryModel, layers: String, parameterCount: Int,
        checkpoint: String?, workspace: LaboratoryWorkspace,
        loss: (TokenBatch) throws -> Double
    ) throws where Run.Settings == Settings {
        settings = outcome.settings
        self.model = model
        self.layers = layers
        self.parameterCount = parameterCount
        last = outcome.last
        inductionRise = InductionRise.found(in: outcome.measurements)
        plateaus = LossPlateau.found(in: outcome.measurements)
        self.checkpoint = checkpoint
        steps = outcome.steps
        (seconds, trainingSeconds) = (outcome.seconds, outcome.trainingSeconds)
        let key = BatchKey(seed: settings.seed, purpose: .evaluation)
        let task = settings.task
        let sample = try task.sample(settings.evaluationCount, key: key, in: workspace)
        let predictors: [Predictor] =
            [.uniform, .unigram] + ((task.arities.max() ?? 1) > 1 ? [.lastParent] : [])
            + (task.graphs.count > 1 ? [.evenGraphs] : [])
            + (task.graphs.contains(where: \.lastIsQuestion) ? [.officialBayes] : [])
        baselines = try predictors.map { BaselineLoss(predictor: $0, loss: try sample.loss(of: $0)) }
        otherKernels = []
        guard case .dirichlet(let alpha) = task.kernels else { return }
        for factor in [2.0, 10] where alpha * factor <= 1e6 {
            let other = try task.with(kernels: .dirichlet(alpha: alpha * factor))
            let sample = try other.sample(settings.evaluationCount, key: key, in: workspace)
            otherKernels.append(
                OtherKernelsLoss(
                    alpha: alpha * factor, loss: try loss(sample.visible),
                    bayesLoss: try sample.loss(of: .bayes))
            )
        }
    }
}

extension LabTrainReport<TrainingSettings> {
    /// Measures what `outcome` does not say yet.
    ///
    /// - Throws: `LaboratoryError`.
    init(_ outcome: LabTraining<Trainer>.Outcome, checkpoint: String?, threads: Int?) throws {
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let (shape, task) = (outcome.settings.shape, outcome.settings.task)
        try self.init(
            outcome, model: .disentangled,
            layers: "heads " + shape.heads.map(String.init).joined(separator: "+"),
            parameterCount: shape.parameterCount, checkpoint: checkpoint, workspace: workspace
        ) { try outcome.transformer.loss(on: $0, in: workspace) }
        recovery = outcome.transformer.recovery(of: task)
        induction = try outcome.transformer.inductionHead(on: task, seed: settings.seed, in: workspace)
    }
}

extension LabTrainReport<StandardTraining> {
    /// Measures what `outcome` does not say yet.
    ///
    /// - Throws: `LaboratoryError`.
    init(_ outcome: LabTraining<StandardTrainer>.Outcome, checkpoint: String?, threads: Int?) throws {
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        try self.init(
            outcome, model: .standard,
            layers: "\(outcome.settings.layerCount.counted("layer")) of a standard transformer",
            parameterCount: outcome.transformer.parameters.count, checkpoint: checkpoint, workspace: workspace
        ) { try outcome.transformer.loss(on: $0, in: workspace) }
    }
}

extension LabTrainReport {
    /// The report as people read it.
    func text(title: String) -> String {
        var lines = [
            "\(title): vocabulary \(settings.task.vocabulary), length \(settings.task.length), "
                + "\(layers), \(parameterCount.counted("parameter"))",
            "\(settings.stepCount.counted("step")) of \(settings.batchSize.counted("sequence")), seed \(settings.seed)",
            "",
        ]
        var table = TextTable()
        table.add("loss", Self.number(last.loss))
        table.add(
            "Bayes predictor",
            "\(Self.number(last.bayesLoss)), distance \(Self.signed(last.loss - last.bayesLoss))")
        for baseline in baselines { table.add(baseline.predictor.words, Self.number(baseline.loss)) }
        if let recovery, let weakest = recovery.edges.min(by: { $0.weight < $1.weight }) {
            let majority = recovery.edges.count { $0.weight > 0.5 }
            let largest = recovery.edges.count(where: \.isLargest)
            table.add(
                "weight on true parents",
                String(
                    format: "mean %.4f, least %.4f (%d → %d)", recovery.meanWeight, weakest.weight,
                    weakest.parent, weakest.child))
            table.add(
                "edges",
                "\(recovery.edges.count); above a half \(majority); largest of its position \(largest)")
        }
        if let induction {
            table.add(
                "induction head",
                String(
                    format: "head %d puts %.3f on what followed the last token before; even attention %.3f",
                    induction.head + 1, induction.weight, induction.evenWeight))
        }
        if let inductionRise {
            table.add(
                "induction head formed",
                "between steps \(inductionRise.after) and \(inductionRise.by), to half of its greatest weight"
            )
        }
        for plateau in plateaus {
            table.add(
                "plateau",
                "steps \(plateau.first) to \(plateau.last) at loss \(Self.number(plateau.loss))")
        }
        for other in otherKernels {
            table.add(
                String(format: "kernels with alpha %g", other.alpha),
                "loss \(Self.number(other.loss)), Bayes \(Self.number(other.bayesLoss)), distance "
                    + Self.signed(other.loss - other.bayesLoss))
        }
        if let checkpoint { table.add("checkpoint", checkpoint) }
        lines += table.lines
        lines += [
            "",
            String(
                format: "%.1f s, of which %.1f s of steps: %.0f a second", seconds, trainingSeconds,
                Double(steps) / max(trainingSeconds, 1e-9)),
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func number(_ value: Double) -> String { String(format: "%.4f", value) }
    private static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }
}

extension Predictor {
    fileprivate var words: String {
        switch self {
        case .bayes: "Bayes predictor"
        case .officialBayes: "Bayes as in the paper's code"
        case .unigram: "unigram predictor"
        case .uniform: "uniform predictor"
        case .lastParent: "last parent alone"
        case .evenGraphs: "every graph alike"
        }
    }
}
