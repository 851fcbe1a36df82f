internal import WhenceTensor

/// A stored tensor as a model asks for it: libraries keep the same weight in different shapes.
public struct Weight: Sendable, Hashable {
    /// The tensor in its file.
    public let stored: StoredTensor
    /// The extents that the model sees: `[in, out]` of a dense layer's kernel.
    public let shape: [Int]
    /// Whether the file keeps the axes in the opposite order, as PyTorch does.
    public let isReversed: Bool

    /// A tensor that is kept as the model sees it.
    init(_ stored: StoredTensor) {
        (self.stored, shape, isReversed) = (stored, stored.shape, false)
    }

    /// A tensor whose axes the file keeps in the opposite order; no model has one of more than three.
    init(reversing stored: StoredTensor) {
        self.stored = stored
        isReversed = (2...3).contains(stored.shape.count)
        shape = isReversed ? stored.shape.reversed() : stored.shape
    }

    /// A tensor whose elements are in the model's order, but with other axes.
    ///
    /// - Parameter shape: of as many elements.
    init(_ stored: StoredTensor, shape: [Int]) {
        precondition(shape.reduce(1, *) == stored.count, "\(shape) for \(stored.shape)")
        (self.stored, self.shape, isReversed) = (stored, shape, false)
    }

    /// What errors call a weight: its key, behind the name in the file where that one is another.
    func place(_ key: String) -> String {
        stored.name.contains(key) ? key : "\(stored.name) (\(key))"
    }

    /// A weight of an attention, which may keep its heads as an axis of their own.
    ///
    /// - Parameter isOutput: whether it is that of the dense layer behind the attention.
    init(joiningHeadsOf stored: StoredTensor, isOutput: Bool) {
        let shape = stored.shape
        switch (shape.count, isOutput) {
        case (2, false): self.init(stored, shape: [stored.count])
        case (3, false): self.init(stored, shape: [shape[0], shape[1] * shape[2]])
        case (3, true): self.init(stored, shape: [shape[0] * shape[1], shape[2]])
        default: self.init(stored)
        }
    }
}

extension [String: Weight] {
    /// Adds a weight under a key that has to be its own.
    ///
    /// - Throws: `invalid` with the names of both if another weight has the key.
    mutating func add(_ weight: Weight, as key: String) throws(LoaderError) {
        if let other = updateValue(weight, forKey: key) {
            throw .twins(other.stored, weight.stored, key: key)
        }
    }
}

extension LoaderError {
    /// The error for two tensors of which each could be the weight of a key.
    static func twins(_ first: StoredTensor, _ second: StoredTensor, key: String) -> LoaderError {
        let isElsewhere = first.file != second.file
        return .invalid(
            path: second.file, place: quoted(second.name), expected: "one tensor for \(quoted(key))",
            found: "also \(quoted(first.name))" + (isElsewhere ? " in \(first.file)" : ""),
            hint: "Remove the one that is not the model's.")
    }
}

extension Tensor {
    /// The elements in the model's order; only where axes are reversed, into new memory.
    ///
    /// - Throws: `LoaderError.memory`.
    func arranged(as weight: Weight) throws(LoaderError) -> Tensor {
        weight.isReversed ? try reversingAxes() : reshaped(to: weight.shape)
    }

    /// `result[k, j, i] = self[i, j, k]`, for two axes the transpose.
    private func reversingAxes() throws(LoaderError) -> Tensor {
        let axes = Array(shape.reversed())
        guard let rows = shape.first, rows > 0, count > 0 else { return reshaped(to: axes) }
        // For more than two axes: the first is moved behind the others, then the others among themselves.
        let rest = shape.count > 2 ? Array(axes.dropLast()) : []
        let width = count / rows
        let transposed = try Tensor(shape: [width, rows], orThrow: LoaderError.memory) {
            target throws(LoaderError) in
            withUnsafeBufferPointer { source in
                Self.transpose(source, rows: rows, columns: width, into: target)
            }
        }
        guard rest.count == 2 else { return transposed.reshaped(to: axes) }
        // `transposed` is `[j·k, i]`; its rows are put into the order `[k, j]`.
        let (outer, inner) = (rest[0], rest[1])
        return try Tensor(shape: axes, orThrow: LoaderError.memory) { target throws(LoaderError) in
            transposed.withUnsafeBufferPointer { source in
                for row in 0..<width {
                    let from = (row % inner) * outer + row / inner
                    for column in 0..<rows { target[row * rows + column] = source[from * rows + column] }
                }
            }
        }
    }

    /// In tiles, so that both sides stay in the cache.
    private static func transpose(
        _ source: UnsafeBufferPointer<Float>, rows: Int, columns: Int,
        into target: UnsafeMutableBufferPointer<Float>
    ) {
        let tile = 32
        for firstRow in stride(from: 0, to: rows, by: tile) {
            for firstColumn in stride(from: 0, to: columns, by: tile) {
                for column in firstColumn..<min(firstColumn + tile, columns) {
                    for row in firstRow..<min(firstRow + tile, rows) {
                        target[column * rows + row] = source[row * columns + column]
                    }
                }
            }
        }
    }
}
