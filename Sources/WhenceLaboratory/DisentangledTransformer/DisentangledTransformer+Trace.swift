extension DisentangledTransformer {
    /// What the transformer saw in one sequence: the attention of every head.
    public struct Trace: Sendable, Hashable, Codable {
        /// `attention[layer][head][i][j]`: how much position `i` takes from position `j`; each row sums to 1.
        public let attention: [[[[Float]]]]
        /// What is put out, `vocabulary` numbers.
        public let output: [Float]
    }

    /// Runs the transformer on one sequence as the paper's definition reads, and keeps every attention matrix.
    ///
    /// - Parameter tokens: `shape.length` tokens.
    /// - Throws: `batch` for another number of tokens, or a token outside the vocabulary.
    /// - Complexity: O(layers · heads · length · width²).
    public func trace(_ tokens: [Int]) throws(LaboratoryError) -> Trace {
        guard tokens.count == shape.length, tokens.allSatisfy({ (0..<shape.vocabulary).contains($0) }) else {
            throw .batch("a sequence has \(shape.length) tokens from 0 to \(shape.vocabulary - 1)")
        }
        var stream = input(tokens)
        var attention: [[[[Float]]]] = []
        for matrices in attentionMatrices {
            let patterns = matrices.map { Self.attention(of: stream, by: $0) }
            stream = Self.stream(after: stream, patterns)
            attention.append(patterns)
        }
        let scores = Self.product(of: stream[shape.length - 1], by: outputMatrix)
        switch shape.output {
        case .softmax: return Trace(attention: attention, output: softmax(scores))
        case .linear: return Trace(attention: attention, output: scores)
        }
    }

    /// Where the last position looks in the last layer, for each of its heads; without the rest of that layer.
    ///
    /// - Parameters:
    ///   - tokens: `shape.length` tokens of the vocabulary.
    ///   - matrices: `attentionMatrices`, which is made once for many sequences.
    func lastAttention(_ tokens: [Int], _ matrices: [[ParameterMatrix]]) -> [[Float]] {
        var stream = input(tokens)
        for layer in matrices.dropLast() {
            stream = Self.stream(after: stream, layer.map { Self.attention(of: stream, by: $0) })
        }
        return (matrices.last ?? []).map { Self.attention(of: stream, by: $0, from: stream.count - 1) }
    }

    /// The matrices of every layer's heads.
    var attentionMatrices: [[ParameterMatrix]] {
        shape.heads.enumerated().map { layer, heads in
            (0..<heads).map { attentionMatrix(layer: layer, head: $0) }
        }
    }

    private func input(_ tokens: [Int]) -> [[Float]] {
        tokens.enumerated().map { position, token in
            var row = [Float](repeating: 0, count: shape.blockWidth)
            row[token] = 1
            row[shape.vocabulary + position] = 1
            return row
        }
    }

    /// What a layer makes of the stream: itself, and behind it what each head mixed.
    private static func stream(after stream: [[Float]], _ patterns: [[[Float]]]) -> [[Float]] {
        stream.indices.map { position in
            patterns.reduce(stream[position]) { row, pattern in
                row + mixture(of: stream, weights: pattern[position])
            }
        }
    }

    /// `softmax(mask(X A Xᵀ))`.
    static func attention(of stream: [[Float]], by matrix: ParameterMatrix) -> [[Float]] {
        stream.indices.map { attention(of: stream, by: matrix, from: $0) }
    }

    /// One row of it.
    private static func attention(
        of stream: [[Float]], by matrix: ParameterMatrix, from position: Int
    ) -> [Float] {
        let query = product(of: stream[position], by: matrix)
        let scores = stream[...position].map { key in
            zip(query, key).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        }
        return softmax(scores) + [Float](repeating: 0, count: stream.count - position - 1)
    }

    private static func product(of row: [Float], by matrix: ParameterMatrix) -> [Float] {
        var result = [Float](repeating: 0, count: matrix.columnCount)
        for (index, factor) in row.enumerated() where factor != 0 {
            for column in result.indices { result[column] += factor * matrix[index, column] }
        }
        return result
    }

    private static func mixture(of rows: [[Float]], weights: [Float]) -> [Float] {
        var result = [Float](repeating: 0, count: rows[0].count)
        for (row, weight) in zip(rows, weights) where weight != 0 {
            for column in result.indices { result[column] += weight * row[column] }
        }
        return result
    }
}
