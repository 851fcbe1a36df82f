public import WhenceTensor

/// The elements of one weight, of which each is made sure to be finite as it is read.
struct FiniteElements: Sendable {
    /// Where the elements come from.
    enum Source: Sendable {
        case file(StoredElements)
        case memory(Tensor)
    }

    let source: Source
    /// The weight's file, for errors.
    let path: String
    /// The weight's names, for errors.
    let place: String

    /// Reads some of the elements.
    ///
    /// - Throws: `invalid` at the first of them that is NaN or infinite; what reading throws.
    func read(
        _ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>
    ) throws(LoaderError) {
        // Looked at while they are still in a cache.
        let blockSize = 1 << 15
        for start in stride(from: 0, to: range.count, by: blockSize) {
            let count = min(blockSize, range.count - start)
            let first = range.lowerBound + start
            let block = UnsafeMutableBufferPointer(rebasing: target[start..<start + count])
            switch source {
            case .file(let elements): try elements.read(first..<first + count, into: block)
            case .memory(let tensor):
                tensor.withUnsafeBufferPointer { elements in
                    _ = block.update(fromContentsOf: elements[first..<first + count])
                }
            }
            try check(UnsafeBufferPointer(block), from: first)
        }
    }

    /// All elements.
    ///
    /// - Throws: as `read(_:into:)`.
    func tensor(shape: [Int]) throws(LoaderError) -> Tensor {
        switch source {
        case .file:
            return try Tensor(shape: shape, orThrow: LoaderError.memory) { target throws(LoaderError) in
                try read(0..<target.count, into: target)
            }
        case .memory(let tensor):
            try tensor.withUnsafeBufferPointer { elements throws(LoaderError) in try check(elements, from: 0)
            }
            return tensor
        }
    }

    private func check(_ elements: UnsafeBufferPointer<Float>, from first: Int) throws(LoaderError) {
        guard let index = NonFinite.firstIndex(in: elements) else { return }
        throw .invalid(
            path: path, place: place, expected: "finite weights",
            found: "\(elements[index]) at element \(first + index)",
            hint: "The model's training diverged, or the file is damaged.")
    }
}

/// The rows of a weight of two axes, read when they are asked for.
public struct WeightRows: MatrixRows, Sendable {
    /// How many rows it has.
    public let rowCount: Int
    /// How long a row is.
    public let columnCount: Int
    let elements: FiniteElements

    /// Reads some rows.
    ///
    /// - Parameter target: `[rows, columns]`, to be filled.
    /// - Throws: `LoaderError.invalid` at the first element that is NaN or infinite; what reading throws.
    public func read(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws {
        try elements.read(rows.lowerBound * columnCount..<rows.upperBound * columnCount, into: target)
    }
}
