internal import CWhenceKernels

extension DisentangledTransformer {
    /// The mean loss over a batch and its gradient, laid out as `parameters`.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    /// - Complexity: O(count · (length² · (vocabulary + blocks) + width²)) multiply-adds for two layers.
    public func lossAndGradient(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> (loss: Double, gradient: [Float]) {
        try check(batch)
        var gradient = [Float](repeating: 0, count: parameters.count)
        let losses = try learn(.given(batch), gradient: &gradient, outputs: nil, in: workspace)
        return (Self.mean(losses, batch.count), gradient)
    }

    /// The loss of each sequence of a batch.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    public func losses(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [Float] {
        try check(batch)
        let losses = try learn(.given(batch), gradient: nil, outputs: nil, in: workspace)
        return Array(losses[..<batch.count])
    }

    /// The mean loss over a batch.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    public func loss(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> Double {
        Self.mean(try losses(on: batch, in: workspace), batch.count)
    }

    /// What the transformer puts out for each sequence: `vocabulary` numbers.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    public func predictions(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [[Float]] {
        try check(batch)
        let count = TokenBatch.groupCount(batch.count) * TokenBatch.groupSize * shape.vocabulary
        var outputs = [Float](repeating: 0, count: count)
        try outputs.withUnsafeMutableBufferPointer { outputs throws(LaboratoryError) in
            _ = try learn(.given(batch), gradient: nil, outputs: outputs.baseAddress, in: workspace)
        }
        return (0..<batch.count).map { sequence in
            (0..<shape.vocabulary).map {
                outputs[TokenBatch.place(sequence, $0, of: shape.vocabulary)]
            }
        }
    }

    /// Where a batch comes from.
    enum Source {
        case given(TokenBatch)
        /// Drawn while it is learnt from, part by part, so that it never leaves the cache.
        case fresh(TaskMemory, BatchKey, count: Int)
    }

    /// Runs the kernels.
    ///
    /// - Parameters:
    ///   - gradient: nil, or as long as the parameters.
    ///   - outputs: nil, or room for `[groups, vocabulary, 16]`.
    /// - Returns: the loss of each sequence, in whole groups.
    /// - Throws: `memory`.
    func learn(
        _ source: Source, gradient: UnsafeMutablePointer<Float>?, outputs: UnsafeMutablePointer<Float>?,
        in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [Float] {
        let heads = shape.heads.map(Int32.init)
        return try heads.withUnsafeBufferPointer { heads throws(LaboratoryError) in
            try parameters.withUnsafeBufferPointer { parameters throws(LaboratoryError) in
                var model = kernelModel(heads: heads.baseAddress)
                return try withUnsafePointer(to: &model) { model throws(LaboratoryError) in
                    var job = whence_learning()
                    job.model = model
                    job.parameters = parameters.baseAddress
                    job.gradient = gradient
                    job.outputs = outputs
                    return try Self.run(&job, on: source, in: workspace)
                }
            }
        }
    }

    /// Runs a job on a batch.
    ///
    /// - Returns: the loss of each sequence, in whole groups.
    /// - Throws: `memory`.
    static func run(
        _ job: inout whence_learning, on source: Source, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [Float] {
        switch source {
        case .given(let batch):
            job.count = batch.count
            return try batch.tokens.withUnsafeBufferPointer { tokens throws(LaboratoryError) in
                try batch.labels.withUnsafeBufferPointer { labels throws(LaboratoryError) in
                    job.tokens = tokens.baseAddress
                    job.labels = labels.baseAddress
                    return try run(&job, in: workspace)
                }
            }
        case .fresh(let task, let key, let count):
            job.count = count
            job.task = task.kernelTask
            job.visible = task.visible
            job.key = key.kernelKey
            defer { withExtendedLifetime(task) {} }
            return try run(&job, in: workspace)
        }
    }

    private static func run(
        _ job: inout whence_learning, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [Float] {
        let threads = Int32(truncatingIfNeeded: workspace.threadCount)
        let count = TokenBatch.groupCount(job.count) * TokenBatch.groupSize
        job.workspace = try workspace.scratch(whence_learning_workspace(&job, threads))
        return [Float](unsafeUninitializedCapacity: count) { losses, filled in
            job.losses = losses.baseAddress
            whence_learn(&job, workspace.team)
            filled = count
        }
    }

    private func kernelModel(heads: UnsafePointer<Int32>?) -> whence_disentangled {
        var (isLinear, epsilon) = (false, Float(0))
        if case .linear(let value) = shape.output { (isLinear, epsilon) = (true, value) }
        return whence_disentangled(
            vocabulary: shape.vocabulary, length: shape.length, layers: shape.heads.count, heads: heads,
            is_linear: isLinear, epsilon: epsilon)
    }

    static func mean(_ losses: [Float], _ count: Int) -> Double {
        losses[..<count].reduce(0.0) { $0 + Double($1) } / Double(count)
    }

    func check(_ batch: TokenBatch) throws(LaboratoryError) {
        guard batch.length == shape.length, batch.vocabulary == shape.vocabulary else {
            throw .batch(
                "the batch has \(batch.length) positions and \(batch.vocabulary) tokens, the transformer reads "
                    + "\(shape.length) positions and \(shape.vocabulary) tokens")
        }
    }
}
