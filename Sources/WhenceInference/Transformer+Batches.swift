internal import WhenceLoader
internal import WhenceTensor

extension Transformer {
    /// Rows of one batch: enough that the weights are read seldom, few enough that the intermediate results of a
    /// layer stay in the processor's caches.
    private static let rowLimit = 1024
    /// Logits of one batch: 64 MiB.
    private static let logitLimit = 1 << 24

    /// Packs inputs into batches, in their order.
    ///
    /// - Throws: `InferenceError` for the first input that the model cannot read.
    func batches(
        of inputs: [[Int]], tokenTypes: [[Int]]?, asking positions: [[Int]]?
    ) throws(InferenceError) -> [Batch] {
        if let tokenTypes, tokenTypes.count != inputs.count {
            throw .tokenTypesMismatch(expected: inputs.count, found: tokenTypes.count)
        }
        if let positions, positions.count != inputs.count {
            throw .positionsMismatch(expected: inputs.count, found: positions.count)
        }
        let askedLimit =
            configuration.head.isLanguageModel ? Self.logitLimit / configuration.vocabularySize : .max
        var batches: [Batch] = []
        var batch = Batch()
        for (index, input) in inputs.enumerated() {
            try check(input, number: index, types: tokenTypes?[index])
            let asked = try asked(positions?[index], of: input)
            let isFull =
                batch.tokenCount + input.count > Self.rowLimit
                || batch.asked.count + asked.count > askedLimit
            if batch.inputCount > 0, isFull {
                batches.append(batch)
                batch = Batch()
            }
            batch.append(input, types: tokenTypes?[index], asking: asked, configuration: configuration)
        }
        if batch.inputCount > 0 { batches.append(batch) }
        return batches
    }

    /// Refuses an input that the model cannot read; `number` is what an error calls it.
    private func check(_ input: [Int], number: Int, types: [Int]?) throws(InferenceError) {
        guard !input.isEmpty else { throw .emptyInput(input: number) }
        guard input.count <= configuration.maximumTokenCount else {
            throw .tooLong(tokenCount: input.count, limit: configuration.maximumTokenCount)
        }
        try checkMemory(input.count)
        if let position = input.firstIndex(where: { $0 < 0 || $0 >= configuration.vocabularySize }) {
            throw .unknownToken(
                id: input[position], position: position, vocabularySize: configuration.vocabularySize)
        }
        guard let types else { return }
        guard types.count == input.count else {
            throw .tokenTypesMismatch(expected: input.count, found: types.count)
        }
        let count = configuration.tokenTypeCount
        if count > 0, let position = types.firstIndex(where: { $0 < 0 || $0 >= count }) {
            throw .unknownTokenType(type: types[position], position: position, typeCount: count)
        }
    }

    /// Refuses an input whose attention does not fit into memory: models without a table of positions set no limit.
    private func checkMemory(_ tokenCount: Int) throws(InferenceError) {
        // The kernel's weights, and a copy in the trace; sizes have been checked when the configuration was read.
        let (square, overflows) = (tokenCount * tokenCount).multipliedReportingOverflow(
            by: 2 * configuration.headCount * MemoryLayout<Float>.stride)
        // To ask the system takes longer than the attention of a few words.
        guard overflows || square > 1 << 26 else { return }
        let memory = ComputeContext.memoryLeft
        guard overflows || square > memory else { return }
        throw .tooLarge(tokenCount: tokenCount, bytes: overflows ? .max : square, memory: memory)
    }

    /// The positions of an input that logits are asked of: of a language model those given, or all.
    private func asked(_ positions: [Int]?, of input: [Int]) throws(InferenceError) -> [Int] {
        guard configuration.head.isLanguageModel else {
            return configuration.readPosition(in: input).map { [$0] } ?? []
        }
        guard let positions else { return Array(input.indices) }
        if let position = positions.first(where: { !input.indices.contains($0) }) {
            throw .noSuchPosition(position, tokenCount: input.count)
        }
        return positions
    }
}
