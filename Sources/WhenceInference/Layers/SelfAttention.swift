internal import WhenceLoader
internal import WhenceTensor

/// Multi-head self-attention, added to the residual connection.
struct SelfAttention: Sendable {
    /// How queries, keys and values are made.
    private enum Projection: Sendable {
        /// `[hidden, 3·hidden]`, of one input.
        case joint(PackedMatrix)
        /// `[hidden, hidden]` and `[hidden, 2·hidden]`: queries of another input than keys and values.
        case apart(queries: PackedMatrix, keysValues: PackedMatrix)
    }

    private let headCount: Int
    private let projection: Projection
    private let output: PackedMatrix
    private let form: AttentionForm
    private let divisor: Float?

    /// - Parameters:
    ///   - queryKeyValue: `[hidden, 3·hidden]`: queries, keys and values side by side.
    ///   - output: `[hidden, hidden]`.
    ///   - form: which tokens a token sees, and what is added to its scores.
    ///   - divisor: what scores are divided by; `√headSize` if not given.
    init(
        queryKeyValue: PackedMatrix, output: PackedMatrix, headCount: Int,
        form: AttentionForm = .everywhere, divisor: Float? = nil
    ) {
        projection = .joint(queryKeyValue)
        self.output = output
        self.headCount = headCount
        self.form = form
        self.divisor = divisor
    }

    /// An attention whose queries are made of another input than its keys and values.
    ///
    /// - Parameters:
    ///   - queries: `[hidden, hidden]`.
    ///   - keysValues: `[hidden, 2·hidden]`: keys and values side by side.
    init(
        queries: PackedMatrix, keysValues: PackedMatrix, output: PackedMatrix, headCount: Int,
        form: AttentionForm
    ) {
        projection = .apart(queries: queries, keysValues: keysValues)
        self.output = output
        self.headCount = headCount
        self.form = form
        divisor = nil
    }

    /// Reads the four dense layers of an attention, wherever the architecture keeps them.
    init(
        query: Checkpoint, key: Checkpoint, value: Checkpoint, output: Checkpoint,
        form: AttentionForm = .everywhere, _ configuration: ModelConfiguration
    ) throws {
        let hidden = configuration.hiddenSize
        self.init(
            queryKeyValue: try PackedMatrix(sideBySide: [query, key, value], hidden, hidden),
            output: try PackedMatrix(output, hidden, hidden), headCount: configuration.headCount, form: form)
    }

    /// `residual += softmax(QKᵀ/√d)·V·Wₒ + bₒ`.
    ///
    /// - Parameters:
    ///   - input: `[tokens, hidden]`, what is attended to.
    ///   - asking: `[tokens, hidden]`, what queries are made of; `input` if not given.
    ///   - residual: `[tokens, hidden]`; may be `input`.
    ///   - reach: which rows go on, and whether the attention is kept.
    /// - Returns: the residual's rows that go on, and what was kept.
    /// - Note: Vaswani et al. 2017, §3.2; Devlin et al. 2019, §3.
    func apply(
        to input: MatrixView, asking: MatrixView? = nil, addingTo residual: MatrixView, _ batch: Batch,
        _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let compute = workspace.compute
        let width = input.columnCount
        let asksAll = reach.keepsAttention || !reach.onlyAskedRows || !batch.asksFirstRows
        let projected = try projected(
            input, asking: asking ?? input, batch, queriesOfAll: asksAll, in: workspace)
        let context = try workspace.context.matrix(asksAll ? batch.tokenCount : batch.inputCount, width)
        let weights =
            reach.keepsAttention ? try workspace.attention.matrix(1, weightCount(of: batch)) : nil
        try compute.attend(
            projected, offsets: batch.offsets, headCount: headCount, form: form, divisor: divisor,
            asking: asksAll ? .all : .first, into: context, weights: weights)

        var (attended, residual) = (context, residual)
        if reach.onlyAskedRows {
            residual = try batch.askedRows(of: residual, into: workspace.askedHidden)
            if asksAll { attended = try batch.askedRows(of: context, into: workspace.askedContext) }
        }
        try compute.multiply(attended, by: output, epilogue: .accumulate, into: residual)
        let record = weights.map {
            AttentionRecord(headCount: headCount, weights: $0, queryKeyValue: projected, context: context)
        }
        return LayerResult(rows: residual, areAsked: reach.onlyAskedRows, record: record)
    }

    /// `[tokens, 3·hidden]`: queries, keys and values.
    ///
    /// - Parameter queriesOfAll: whether all rows ask, or only those that logits are asked of.
    private func projected(
        _ input: MatrixView, asking: MatrixView, _ batch: Batch, queriesOfAll: Bool, in workspace: Workspace
    ) throws -> MatrixView {
        let (count, width) = (input.rowCount, input.columnCount)
        let projected = try workspace.queryKeyValue.matrix(count, 3 * width)
        switch projection {
        case .joint(let matrix):
            if let repeats = batch.repeats,
                try workspace.knownRows.fill(projected, with: input, repeats, by: matrix, in: workspace)
            {
                break
            }
            try workspace.compute.multiply(
                input, by: matrix, from: queriesOfAll ? 0 : width, into: projected)
            guard !queriesOfAll else { break }
            let few = try batch.askedRows(of: input, into: workspace.askedContext)
            let results = try workspace.intermediate.matrix(few.rowCount, 3 * width)
            try workspace.compute.multiply(few, by: matrix, into: results)
            for (index, row) in batch.asked.enumerated() { projected.copyRow(from: results, index, to: row) }
        case .apart(let queries, let keysValues):
            let left = try workspace.context.matrix(count, width)
            let right = try workspace.intermediate.matrix(count, 2 * width)
            try workspace.compute.multiply(asking, by: queries, into: left)
            try workspace.compute.multiply(input, by: keysValues, into: right)
            projected.fill(left, beside: right)
        }
        return projected
    }

    private func weightCount(of batch: Batch) -> Int {
        (0..<batch.inputCount).reduce(0) {
            $0 + headCount * batch.rows(of: $1).count * batch.rows(of: $1).count
        }
    }
}

extension MatrixView {
    /// Fills every row with those of two narrower matrices side by side.
    fileprivate func fill(_ left: MatrixView, beside right: MatrixView) {
        for row in 0..<rowCount {
            let target = self[row..<row + 1].buffer
            _ = target.update(fromContentsOf: left[row..<row + 1].buffer)
            _ = UnsafeMutableBufferPointer(rebasing: target[left.columnCount...])
                .update(fromContentsOf: right[row..<row + 1].buffer)
        }
    }
}
