internal import WhenceLoader

extension Transformer {
    /// Rows of one batch: enough that the weights are read seldom, few enough that the intermediate results of a
    /// layer stay in the processor's caches.
    private static let rowLimit = 1024
    /// Logits of one batch: 64 MiB.
    private static let logitLimit = 1 << 24

    /// Packs inputs into batches, in their order.
    ///
    /// - Throws: `InferenceError` for the first input that the model cannot read.
    func batches(of inputs: [[Int]], tokenTypes: [[Int]]?) throws(InferenceError) -> [Batch] {
        if let tokenTypes, tokenTypes.count != inputs.count {
            throw .tokenTypesMismatch(expected: inputs.count, found: tokenTypes.count)
        }
        var limit = Self.rowLimit
        if configuration.head == .maskedLanguageModel {
            limit = min(limit, Self.logitLimit / configuration.vocabularySize)
        }
        var batches: [Batch] = []
        var batch = Batch()
        for (index, input) in inputs.enumerated() {
            if batch.inputCount > 0, batch.tokenCount + input.count > limit {
                batches.append(batch)
                batch = Batch()
            }
            try batch.append(
                input, number: index, tokenTypes: tokenTypes?[index], configuration: configuration)
        }
        if batch.inputCount > 0 { batches.append(batch) }
        return batches
    }
}
