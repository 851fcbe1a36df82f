internal import CWhenceKernels

/// What relative positions add to the scores of an attention: `q_i·κ_r + k_j·φ_r`, where `r` is the row that the
/// distance `i − j` has.
///
/// - Note: He et al. 2021, *DeBERTa*, §3.1, equation 4.
public struct RelativePositionScores: Sendable {
    /// Position keys κ `[rows, heads·headSize]`; `nil` without the term.
    let keys: Tensor?
    /// Position queries φ `[rows, heads·headSize]`; `nil` without the term.
    let queries: Tensor?
    private let rows: [Int32]
    private let rowCount: Int

    /// Makes the terms.
    ///
    /// - Parameters:
    ///   - keys: position keys, heads side by side.
    ///   - queries: position queries, heads side by side.
    ///   - rows: the row of every distance from `−(n − 1)` to `n − 1`, ascending, where `n` is the longest sequence.
    /// - Precondition: an odd number of distances, whose rows exist.
    public init(keys: Tensor?, queries: Tensor?, rows: [Int]) {
        let rowCount = (keys ?? queries)?.shape[0] ?? 0
        precondition(!rows.count.isMultiple(of: 2), "distances on both sides of 0")
        precondition(rows.allSatisfy { $0 >= 0 && (rowCount == 0 || $0 < rowCount) }, "rows of the table")
        precondition(zip(rows, rows.dropFirst()).allSatisfy { $0 <= $1 }, "ascending rows")
        precondition(keys == nil || queries == nil || keys?.shape == queries?.shape, "tables of one shape")
        self.keys = keys
        self.queries = queries
        self.rows = rows.map(Int32.init)
        self.rowCount = rowCount
    }

    /// Calls `body` with what the kernel reads.
    ///
    /// - Precondition: the tables are `width` wide, and there are rows for sequences of `longest`.
    func withKernel<Result>(
        width: Int, longest: Int, _ body: (UnsafePointer<whence_relative_positions>?) -> Result
    ) -> Result {
        guard let table = keys ?? queries else { return body(nil) }
        precondition(table.shape == [rowCount, width], "a column for each of the queries' columns")
        precondition(longest <= rows.count / 2 + 1, "a row for every distance")
        return rows.withUnsafeBufferPointer { rows in
            keys.withElements { keys in
                queries.withElements { queries in
                    var positions = whence_relative_positions(
                        keys: keys, queries: queries,
                        row_of_distance: rows.baseAddress?.advanced(by: rows.count / 2))
                    return body(&positions)
                }
            }
        }
    }
}

extension AttentionForm {
    var isCausal: Bool {
        if case .causal = self { true } else { false }
    }

    /// Calls `body` with the relative positions; with `nil` where there are none.
    func withPositions<Result>(
        width: Int, longest: Int, _ body: (UnsafePointer<whence_relative_positions>?) -> Result
    ) -> Result {
        guard case .relative(let scores) = self else { return body(nil) }
        return scores.withKernel(width: width, longest: longest, body)
    }
}

extension Tensor? {
    /// Calls `body` with the first element's address; with `nil` where there is no tensor.
    fileprivate func withElements<Result>(_ body: (UnsafePointer<Float>?) -> Result) -> Result {
        guard let tensor = self else { return body(nil) }
        return tensor.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
