public import WhenceLoader
public import WhenceTensor

/// A transformer with its head, ready to run; immutable, so that any number of tasks may share it.
public final class Transformer: Sendable {
    /// The sizes and choices of the model.
    public let configuration: ModelConfiguration

    /// How the weights of the dense layers are kept.
    public let precision: Precision

    private let architecture: any Architecture

    /// Reads the model of a folder.
    ///
    /// - Parameters:
    ///   - folder: the model.
    ///   - precision: how the weights of the dense layers are kept. Integers of 8 bits take a quarter of the memory
    ///     and less time, and change logits a little.
    /// - Throws: `LoaderError` if the weights do not fit the configuration, `InferenceError.modelTooLarge` if they do
    ///   not fit into memory, `TensorError` if they are empty.
    public convenience init(_ folder: ModelFolder, precision: Precision = .float32) throws {
        try self.init(
            configuration: folder.configuration, checkpoint: folder.checkpoint(), precision: precision)
    }

    /// Reads a model out of a checkpoint; the checkpoint is not kept.
    ///
    /// - Throws: as `init(_:precision:)`.
    public init(
        configuration: ModelConfiguration, checkpoint: Checkpoint, precision: Precision = .float32
    ) throws {
        self.configuration = configuration
        self.precision = precision
        let (bytes, memory) = (configuration.weightByteCount(in: precision), ComputeContext.memoryLeft)
        guard bytes <= memory else { throw InferenceError.modelTooLarge(bytes: bytes, memory: memory) }
        var checkpoint = checkpoint
        checkpoint.precision = precision
        architecture =
            switch configuration.family {
            case .albert: try Albert(configuration, checkpoint)
            case .bert: try Bert(configuration, checkpoint)
            case .distilBert: try DistilBert(configuration, checkpoint)
            case .roberta, .xlmRoberta, .camembert: try Roberta(configuration, checkpoint)
            case .electra: try Electra(configuration, checkpoint)
            case .debertaV2: try DebertaV2(configuration, checkpoint)
            case .gpt2: try Gpt2(configuration, checkpoint)
            case .bert4Rec, .sasRec: try ItemTransformer(configuration, checkpoint)
            }
    }

    /// Runs one input and keeps what the deepest attention layer saw.
    ///
    /// - Parameters:
    ///   - ids: the tokens, special ones included; at least one, at most `configuration.maximumTokenCount`.
    ///   - tokenTypes: the type of each token; all 0 if not given. Models without token types do not look at them.
    ///   - positions: the positions that a language model's logits are asked of, in any order; all if not given.
    ///   - reach: how far the trace follows the tokens.
    ///   - workspace: memory to use again; made for the call if not given.
    /// - Throws: `InferenceError` for an input that the model cannot read or a result that is not finite;
    ///   `TensorError`; `CancellationError`, looked for between layers.
    /// - Complexity: O(layers · (tokens · hidden · intermediate + tokens² · hidden)) multiply-adds.
    public func trace(
        _ ids: [Int], tokenTypes: [Int]? = nil, logitsAt positions: [Int]? = nil,
        upTo reach: AttentionTrace.Reach = .hiddenStates, in workspace: Workspace? = nil
    ) throws -> AttentionTrace {
        try traces(
            [ids], tokenTypes: tokenTypes.map { [$0] }, logitsAt: positions.map { [$0] }, upTo: reach,
            in: workspace)[0]
    }

    /// Runs many inputs and keeps what the deepest attention layer saw of each; in the order of the inputs.
    ///
    /// Inputs of any lengths are packed without padding, so that each result is the same bytes as that of its
    /// input alone.
    ///
    /// - Parameters:
    ///   - inputs: the tokens of each.
    ///   - tokenTypes: the types of each one's tokens; all 0 if not given.
    ///   - positions: those of each input that a language model's logits are asked of; all if not given.
    ///   - reach: how far the traces follow the tokens.
    ///   - workspace: memory to use again; made for the call if not given.
    /// - Throws: as `trace(_:tokenTypes:logitsAt:upTo:in:)`.
    public func traces(
        _ inputs: [[Int]], tokenTypes: [[Int]]? = nil, logitsAt positions: [[Int]]? = nil,
        upTo reach: AttentionTrace.Reach = .hiddenStates, in workspace: Workspace? = nil
    ) throws -> [AttentionTrace] {
        let workspace = try workspace ?? Workspace()
        return try batches(of: inputs, tokenTypes: tokenTypes, asking: positions).flatMap {
            try traces($0, upTo: reach, in: workspace)
        }
    }

    /// The logits of many inputs, in their order: `configuration.logitCount` for a classifier;
    /// `positions · vocabulary`, row by row, for a language model; none without a head.
    ///
    /// The deepest layer computes only the rows that the head reads. A language model's logits are as many as its
    /// vocabulary at every position, so ask for those that are looked at.
    ///
    /// - Parameters:
    ///   - inputs: the tokens of each.
    ///   - tokenTypes: the types of each one's tokens; all 0 if not given.
    ///   - positions: those of each input that a language model's logits are asked of; all if not given.
    ///   - workspace: memory to use again; made for the call if not given.
    /// - Throws: as `trace(_:tokenTypes:logitsAt:upTo:in:)`.
    public func logits(
        _ inputs: [[Int]], tokenTypes: [[Int]]? = nil, at positions: [[Int]]? = nil,
        in workspace: Workspace? = nil
    ) throws -> [[Float]] {
        let workspace = try workspace ?? Workspace()
        let batches = try batches(of: inputs, tokenTypes: tokenTypes, asking: positions)
        guard configuration.head != .encoder else { return inputs.map { _ in [] } }
        return try batches.flatMap { packed in
            var batch = packed
            batch.findRepeats()
            let result = try architecture.forward(batch, for: .logits, in: workspace)
            return try (0..<batch.inputCount).map { Array(try logits(of: $0, batch, result).buffer) }
        }
    }

    private func traces(
        _ batch: Batch, upTo reach: AttentionTrace.Reach, in workspace: Workspace
    ) throws -> [AttentionTrace] {
        let purpose: Purpose =
            switch reach {
            case .attention: .attention
            case .hiddenStates: .hiddenStates
            }
        let result = try architecture.forward(batch, for: purpose, in: workspace)
        guard let record = result.record else { preconditionFailure("a trace without attention") }
        return try (0..<batch.inputCount).map { input in
            let rows = batch.rows(of: input)
            let width = configuration.hiddenSize
            let logits = try logits(of: input, batch, result)
            return try AttentionTrace(
                logits: logits.tensor(shape: logitShape(batch.askedRange(of: input).count)),
                attention: record.attention(of: input, batch),
                values: record.queryKeyValue[rows].tensor(columns: 2 * width..<3 * width),
                context: record.context[rows].tensor(columns: 0..<width),
                hidden: result.hidden[reach == .hiddenStates ? rows : 0..<0].tensor(columns: 0..<width))
        }
    }

    /// One input's part of the logits, which must be finite.
    private func logits(of input: Int, _ batch: Batch, _ result: ForwardResult) throws -> MatrixView {
        guard let all = result.logits else { return try FloatBuffer().matrix(0, 0) }
        let logits = all[batch.askedRange(of: input)]
        guard logits.buffer.allSatisfy(\.isFinite) else { throw InferenceError.notFinite(place: "the head") }
        return logits
    }

    private func logitShape(_ askedCount: Int) -> [Int] {
        switch configuration.head {
        case .encoder: [0]
        case .sequenceClassification: [configuration.logitCount]
        case .maskedLanguageModel, .causalLanguageModel: [askedCount, configuration.vocabularySize]
        }
    }
}

extension AttentionRecord {
    /// `[heads, n, n]` of one input.
    fileprivate func attention(of input: Int, _ batch: Batch) throws(TensorError) -> Tensor {
        let squares = (0...input).map { batch.rows(of: $0).count * batch.rows(of: $0).count * headCount }
        let start = squares.dropLast().reduce(0, +)
        let count = batch.rows(of: input).count
        return try weights.tensor(columns: start..<start + squares[input])
            .reshaped(to: [headCount, count, count])
    }
}
