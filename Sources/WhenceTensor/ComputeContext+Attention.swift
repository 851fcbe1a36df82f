internal import CWhenceKernels

/// Which rows of a sequence ask in an attention.
public enum AskingRows: Sendable, Hashable {
    /// Every row.
    case all
    /// The first row of every sequence, which is all that a pooled classifier reads.
    case first
}

/// Which rows of its sequence a row sees, and what its scores are made of.
public enum AttentionForm: Sendable {
    /// Every row sees every row.
    case everywhere
    /// Every row sees itself and earlier ones.
    case causal
    /// Every row sees every row, and scores have terms for the distance.
    case relative(RelativePositionScores)
}

extension ComputeContext {
    /// Self-attention of a packed batch, read out of one product of queries, keys and values.
    ///
    /// `weights[h,i,j] = softmax_j(q_i·k_j / divisor)`, `context = weights · V`, for each sequence on its
    /// own: there is no padding, hence no mask.
    /// - Parameters:
    ///   - queryKeyValue: `[tokens, 3·heads·headSize]`: queries, keys, values; each with its heads side by side.
    ///   - offsets: the first row of every sequence, then the number of rows; ascending.
    ///   - headCount: the number of heads.
    ///   - form: which rows a row sees, and what is added to `q_i·k_j`.
    ///   - divisor: what scores are divided by; `√headSize` if not given.
    ///   - asking: which rows have a result.
    ///   - context: `[tokens, heads·headSize]`, or one row a sequence if only the first asks.
    ///   - weights: if given, filled with `[heads, n, n]` of every sequence, one after the other.
    /// - Throws: `TensorError.memory`.
    /// - Precondition: the extents fit each other.
    /// - Complexity: O(Σ n² · heads · headSize) multiply-adds.
    /// - Note: Vaswani et al. 2017, §3.2.
    public func attend(
        _ queryKeyValue: MatrixView, offsets: [Int], headCount: Int, form: AttentionForm = .everywhere,
        divisor: Float? = nil, asking: AskingRows = .all, into context: MatrixView,
        weights: MatrixView? = nil
    ) throws(TensorError) {
        let headSize = context.columnCount / headCount
        precondition(
            queryKeyValue.columnCount == 3 * context.columnCount
                && headSize * headCount == context.columnCount)
        precondition(offsets.first == 0 && offsets.last == queryKeyValue.rowCount, "offsets cover the rows")
        let lengths = zip(offsets.dropFirst(), offsets).map(-)
        precondition(context.rowCount == (asking == .all ? queryKeyValue.rowCount : lengths.count))
        var weightOffsets = [0]
        for length in lengths {
            weightOffsets.append(weightOffsets[weightOffsets.count - 1] + headCount * length * length)
        }

        precondition(
            weights.map { $0.buffer.count == weightOffsets[lengths.count] } ?? true, "one weight a pair")

        let longest = lengths.max() ?? 0
        let team = team(for: queryKeyValue.rowCount * longest * context.columnCount)
        let scratch = try scratch(
            form.withPositions(width: context.columnCount, longest: longest) {
                whence_attention_scratch(longest, headSize, $0)
            })
        form.withPositions(width: context.columnCount, longest: longest) { positions in
            offsets.withUnsafeBufferPointer { offsets in
                weightOffsets.withUnsafeBufferPointer { weightOffsets in
                    var job = whence_attention(
                        query_key_value: queryKeyValue.elements, offsets: offsets.baseAddress,
                        sequences: lengths.count, heads: headCount, head_size: headSize,
                        scale: 1 / (divisor ?? Float(headSize).squareRoot()),
                        first_rows_only: asking == .first,
                        causal: form.isCausal, positions: positions, context: context.elements,
                        weights: weights?.elements, weight_offsets: weightOffsets.baseAddress,
                        scratch: scratch.elements)
                    whence_attention(&job, team)
                }
            }
        }
    }

    /// Layer normalisation of every row, in place: `gain · (x − mean) / √(variance + epsilon) + shift`.
    ///
    /// - Parameters:
    ///   - rows: `[rows, width]`.
    ///   - gain: `[width]`.
    ///   - shift: `[width]`.
    ///   - epsilon: added to the population variance.
    /// - Returns: whether the mean and variance of every row were finite.
    /// - Complexity: O(rows · width).
    /// - Note: Ba et al. 2016, *Layer Normalization*.
    public func normalize(_ rows: MatrixView, gain: Tensor, shift: Tensor, epsilon: Float) -> Bool {
        precondition(gain.count == rows.columnCount && shift.count == rows.columnCount, "one factor a column")
        return gain.withUnsafeBufferPointer { gain in
            shift.withUnsafeBufferPointer { shift in
                var job = whence_layer_norm(
                    rows: rows.elements, count: rows.rowCount, width: rows.columnCount,
                    gain: gain.baseAddress,
                    shift: shift.baseAddress, epsilon: epsilon)
                return whence_layer_norm(&job, team(for: rows.buffer.count * 8))
            }
        }
    }
}
