import Foundation
import Whence

/// What a training run came to; the JSON document `whence.training/1`.
struct LabTrainReport: Encodable, Sendable {
    /// The loss on sequences whose kernels come from another law than those learnt from.
    struct OtherKernels: Encodable, Sendable {
        var alpha: Double
        var loss: Double
        var bayesLoss: Double
    }

    var schema = "whence.training/1"
    var settings: TrainingSettings
    var parameterCount: Int
    var last: TrainingMetrics
    /// Losses of predictors that know the task, over the sequences that `last` is about.
    var baselines: [Baseline]
    var recovery: GraphRecovery?
    var induction: InductionHead?
    var plateaus: [LossPlateau]
    var otherKernels: [OtherKernels]
    var checkpoint: String?
    var steps: Int
    var seconds: Double

    struct Baseline: Encodable, Sendable {
        var predictor: Predictor
        var loss: Double
    }

    /// Measures what `outcome` does not say yet.
    ///
    /// - Throws: `LaboratoryError`.
    init(_ outcome: LabTraining.Outcome, checkpoint: String?, threads: Int?) throws {
        settings = outcome.settings
        parameterCount = settings.shape.parameterCount
        last = outcome.last
        recovery = outcome.transformer.recovery(of: settings.task)
        plateaus = LossPlateau.found(in: outcome.measurements)
        self.checkpoint = checkpoint
        steps = outcome.steps
        seconds = outcome.seconds
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let key = BatchKey(seed: settings.seed, purpose: .evaluation)
        let task = settings.task
        let sample = try task.sample(settings.evaluationCount, key: key, in: workspace)
        let predictors: [Predictor] =
            [.uniform, .unigram] + ((task.arities.max() ?? 1) > 1 ? [.lastParent] : [])
        baselines = predictors.map { Baseline(predictor: $0, loss: sample.loss(of: $0)) }
        induction = try outcome.transformer.inductionHead(
            on: task, seed: settings.seed, in: workspace)
        otherKernels = []
        guard case .dirichlet(let alpha) = task.kernels else { return }
        for factor in [2.0, 10] where alpha * factor <= 1e6 {
            let other = try task.with(kernels: .dirichlet(alpha: alpha * factor))
            let sample = try other.sample(settings.evaluationCount, key: key, in: workspace)
            otherKernels.append(
                OtherKernels(
                    alpha: alpha * factor,
                    loss: try outcome.transformer.loss(on: sample.visible, in: workspace),
                    bayesLoss: sample.loss(of: .bayes)))
        }
    }
}

extension LabTrainReport {
    /// The report as people read it.
    func text(title: String) -> String {
        var lines = [
            "\(title): vocabulary \(settings.task.vocabulary), length \(settings.task.length), heads "
                + settings.shape.heads.map(String.init).joined(separator: "+")
                + ", \(parameterCount) parameters",
            "\(settings.stepCount) steps of \(settings.batchSize) sequences, seed \(settings.seed)", "",
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
            "", String(format: "%.1f s, %.0f steps a second", seconds, Double(steps) / max(seconds, 1e-9)),
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
        }
    }
}
