internal import WhenceLoader

/// Several inputs, one after the other without padding: what the dense layers see as one matrix of rows.
struct Batch {
    /// The ids of all inputs.
    private(set) var ids: [Int] = []
    /// The type of every token.
    private(set) var tokenTypes: [Int] = []
    /// The position of every token in its input.
    private(set) var positions: [Int] = []
    /// The first row of every input, then the number of rows.
    private(set) var offsets = [0]

    /// The number of inputs.
    var inputCount: Int { offsets.count - 1 }
    /// The number of rows.
    var tokenCount: Int { ids.count }

    /// The rows of one input.
    func rows(of input: Int) -> Range<Int> {
        offsets[input]..<offsets[input + 1]
    }

    /// Adds an input; `number` is what an error calls it.
    ///
    /// - Throws: if the model cannot read it.
    mutating func append(
        _ input: [Int], number: Int, tokenTypes types: [Int]?, configuration: ModelConfiguration
    ) throws(InferenceError) {
        guard !input.isEmpty else { throw .emptyInput(input: number) }
        guard input.count <= configuration.positionCount else {
            throw .tooLong(tokenCount: input.count, limit: configuration.positionCount)
        }
        if let position = input.firstIndex(where: { $0 < 0 || $0 >= configuration.vocabularySize }) {
            throw .unknownToken(
                id: input[position], position: position, vocabularySize: configuration.vocabularySize)
        }
        let types = types ?? Array(repeating: 0, count: input.count)
        guard types.count == input.count else {
            throw .tokenTypesMismatch(expected: input.count, found: types.count)
        }
        if let position = types.firstIndex(where: { $0 < 0 || $0 >= configuration.tokenTypeCount }) {
            throw .unknownTokenType(
                type: types[position], position: position, typeCount: configuration.tokenTypeCount)
        }
        ids += input
        tokenTypes += types
        positions += 0..<input.count
        offsets.append(ids.count)
    }
}
