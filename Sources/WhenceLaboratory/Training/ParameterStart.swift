internal import WhenceDiscovery

/// Where training starts.
public enum ParameterStart: Sendable, Hashable, Codable {
    /// Every parameter is 0.
    case zero
    /// Attention matrices are normal noise of this size, the output matrix 0: what keeps two heads of a layer, which
    /// have the same gradient if they are the same, from staying equal.
    case noise(scale: Double)
    /// Where the paper's analysis starts: of the second layer only the comparison of the last token with those that
    /// the first layer copied is not 0, `strength · I`; the output reads the tokens that the second layer copies.
    ///
    /// - Note: Nichani, Damian and Lee 2024, the reduced transformer of the analysis.
    case analysed(strength: Double)

    func check(_ shape: DisentangledShape) throws(LaboratoryError) {
        switch self {
        case .zero: return
        case .noise(let scale):
            guard LaboratoryLimits.sizes.contains(scale) else {
                throw .setting(
                    name: "the size of the noise that training starts from", value: "\(scale)",
                    expected: "a positive number from 1e-30 to 1e30")
            }
        case .analysed(let strength):
            guard LaboratoryLimits.sizes.contains(strength) else {
                throw .setting(
                    name: "the strength of the second layer's comparison", value: "\(strength)",
                    expected: "a positive number from 1e-30 to 1e30")
            }
            guard shape.heads == [1, 1] else {
                throw .setting(
                    name: "the heads of each layer", value: "\(shape.heads)",
                    expected: "[1, 1], for the start that the paper analyses")
            }
        }
    }

    /// A transformer that starts here.
    func transformer(_ shape: DisentangledShape, seed: UInt64) -> DisentangledTransformer {
        var transformer = DisentangledTransformer(shape)
        switch self {
        case .zero: break
        case .noise(let scale):
            var generator = SplitMix64(seed: seed)
            var normal = NormalDeviates()
            for index in 0..<shape.outputStart {
                transformer.parameters[index] = Float(scale * normal.next(using: &generator))
            }
        case .analysed(let strength):
            let width = shape.width(enteringLayer: 1)
            let copied = shape.block(appendedByLayer: 1, head: 0, reading: 0) * shape.blockWidth
            for token in 0..<shape.vocabulary {
                let comparison = shape.start(layer: 1, head: 0) + token * width + shape.blockWidth + token
                transformer.parameters[comparison] = Float(strength)
                transformer.parameters[shape.outputStart + (copied + token) * shape.vocabulary + token] = 1
            }
        }
        return transformer
    }
}

extension TrainingSettings {
    /// The two-stage algorithm that the paper analyses, in its reduced transformer.
    ///
    /// The first stage learns the positions' part of the first layer, the second the comparison of tokens in the
    /// second layer; everything else stays where `ParameterStart.analysed` puts it. The output is linear.
    /// - Throws: `setting` for whatever is out of range, and for a task that is not one tree.
    /// - Note: Nichani, Damian and Lee 2024, the training algorithm in two stages.
    public static func twoStages(
        task: InContextTask, strength: Double = 0.1, epsilon: Float = 0.01,
        first: TrainingStage = TrainingStage(steps: 1024, learningRate: 1000, schedule: .constant),
        second: TrainingStage = TrainingStage(steps: 1024, learningRate: 1, schedule: .constant),
        batchSize: Int = 1024, seed: UInt64 = 0, evaluationCount: Int = 4096, evaluationInterval: Int? = nil
    ) throws(LaboratoryError) -> TrainingSettings {
        guard task.graphs.count == 1, task.graphs[0].lastIsQuestion,
            task.graphs[0].parents.allSatisfy({ $0.count <= 1 })
        else {
            throw .setting(
                name: "the task of the two-stage algorithm",
                value: task.graphs.count == 1 ? "several parents, or no question" : "several graphs",
                expected: "one tree: at most one parent a position, and a question at the end")
        }
        let shape = try DisentangledShape(for: task, heads: [1, 1], output: .linear(epsilon: epsilon))
        let (tokens, positions) = (0..<shape.vocabulary, shape.vocabulary..<shape.blockWidth)
        let copied = shape.blockWidth..<shape.blockWidth + shape.vocabulary
        var stages = [first, second]
        stages[0].regions = [
            ParameterRegion(.attention(layer: 0, head: 0), rows: positions, columns: positions)
        ]
        stages[1].regions = [
            ParameterRegion(.attention(layer: 1, head: 0), rows: tokens, columns: copied)
        ]
        return try TrainingSettings(
            task: task, shape: shape, stages: stages, batchSize: batchSize,
            start: .analysed(strength: strength), seed: seed, evaluationCount: evaluationCount,
            evaluationInterval: evaluationInterval)
    }
}
