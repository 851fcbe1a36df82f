internal import COneDNN

/// What one thread of a `ComputeContext` needs to run products: its compiled kernels and its scratch memory.
final class ProductRunner {
    private let stream: Stream
    private var products: [Product.Key: Product] = [:]
    private let scratch = FloatBuffer()
    private let panel = FloatBuffer()

    init() throws(TensorError) {
        stream = try Stream()
    }

    /// `result[:, columns] = epilogue(rows · weights[:, columns] + bias[columns])`.
    func run(
        _ rows: MatrixView, _ columns: Columns, of weights: PackedMatrix, _ epilogue: ProductEpilogue,
        into result: MatrixView
    ) throws(TensorError) {
        let key = Product.Key(
            rowCount: rows.rowCount, depth: weights.depth, columnCount: columns.range.count,
            layout: weights.layout, hasBias: columns.bias != nil, epilogue: epilogue)
        let product = try product(key, columns)
        let scratch = scratch.matrix(1, product.scratchCount)
        if columns.range.count == result.columnCount {
            try product.run(
                rows.elements, columns, into: result.elements, scratch: scratch.elements, on: stream)
            return
        }
        // Kernels write whole rows only, so some columns make a detour over a matrix of their own.
        let part = panel.matrix(rows.rowCount, columns.range.count)
        if epilogue == .accumulate { part.copy(from: result, columns: columns.range) }
        try product.run(rows.elements, columns, into: part.elements, scratch: scratch.elements, on: stream)
        result.copy(part, to: columns.range)
    }

    private func product(_ key: Product.Key, _ columns: Columns) throws(TensorError) -> Product {
        if let product = products[key] { return product }
        let product = try Product(key, weights: columns.description)
        products[key] = product
        return product
    }
}

extension MatrixView {
    /// Fills the matrix with some of another's columns.
    fileprivate func copy(from other: MatrixView, columns: Range<Int>) {
        for row in 0..<rowCount {
            (elements + row * columnCount).update(
                from: other.elements + row * other.columnCount + columns.lowerBound, count: columnCount)
        }
    }

    /// Puts a narrower matrix into some of the columns.
    fileprivate func copy(_ part: MatrixView, to columns: Range<Int>) {
        for row in 0..<rowCount {
            (elements + row * columnCount + columns.lowerBound).update(
                from: part.elements + row * part.columnCount, count: part.columnCount)
        }
    }
}
