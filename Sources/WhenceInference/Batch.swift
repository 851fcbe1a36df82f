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
    /// The rows that logits are asked of, input after input.
    private(set) var asked: [Int] = []
    /// Where every input's part of `asked` begins, then the number of them.
    private(set) var askedOffsets = [0]
    /// Which rows of a layer's input are alike, as far as that is known: in front of the first layer only.
    private(set) var repeats: RowRepeats?

    /// The number of inputs.
    var inputCount: Int { offsets.count - 1 }
    /// The number of rows.
    var tokenCount: Int { ids.count }
    /// Whether logits are asked of the first row of every input and of no other.
    var asksFirstRows: Bool { asked == offsets.dropLast() }

    /// The rows of one input.
    func rows(of input: Int) -> Range<Int> {
        offsets[input]..<offsets[input + 1]
    }

    /// One input's places in `asked`.
    func askedRange(of input: Int) -> Range<Int> {
        askedOffsets[input]..<askedOffsets[input + 1]
    }

    /// Adds an input that has been checked.
    ///
    /// - Parameters:
    ///   - types: the type of each token, or none for all 0.
    ///   - askedPositions: the positions in the input that logits are asked of.
    mutating func append(
        _ input: [Int], types: [Int]?, asking askedPositions: [Int], configuration: ModelConfiguration
    ) {
        asked += askedPositions.map { $0 + ids.count }
        askedOffsets.append(asked.count)
        ids += input
        tokenTypes += types ?? Array(repeating: 0, count: input.count)
        positions += configuration.positions(of: input)
        offsets.append(ids.count)
    }

    /// Looks for rows that are alike, once all inputs are there.
    mutating func findRepeats() {
        repeats = RowRepeats(of: self)
    }

    /// Some of the rows, of which no logits are asked: what an embedding needs to know of them.
    func tokens(at rows: [Int]) -> Batch {
        var batch = Batch()
        batch.ids = rows.map { ids[$0] }
        batch.tokenTypes = rows.map { tokenTypes[$0] }
        batch.positions = rows.map { positions[$0] }
        batch.offsets.append(rows.count)
        batch.askedOffsets.append(0)
        return batch
    }

    /// The batch behind the first layer, where every token has seen others.
    var withoutRepeats: Batch {
        var batch = self
        batch.repeats = nil
        return batch
    }
}

extension ModelConfiguration {
    /// The row of the position table that every token has.
    ///
    /// - Note: Liu et al. 2019 number tokens from behind the padding's own row, in fairseq's code.
    fileprivate func positions(of input: [Int]) -> [Int] {
        if let recommender { return recommender.positions(of: input, configuration: self) }
        guard let paddingPosition else { return Array(input.indices) }
        var position = paddingPosition
        return input.map { id in
            if id == paddingPosition { return paddingPosition }
            position += 1
            return position
        }
    }
}

extension RecommenderOptions {
    /// The row of the position table that every token of a history has; 0 for all without a table.
    fileprivate func positions(of input: [Int], configuration: ModelConfiguration) -> [Int] {
        guard let positionOffset else { return input.map { _ in 0 } }
        let start = padding == .left ? configuration.positionCount - input.count : 0
        return input.enumerated().map { index, id in
            // Counted from 1, row 0 is left for padding.
            positionOffset > 0 && id == configuration.padTokenID ? 0 : start + index + positionOffset
        }
    }
}
