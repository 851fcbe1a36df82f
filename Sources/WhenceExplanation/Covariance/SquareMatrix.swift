/// A square matrix of `Double`, row-major.
struct SquareMatrix: Sendable, Hashable {
    let size: Int
    var elements: [Double]

    init(size: Int) {
        self.size = size
        self.elements = Array(repeating: 0, count: size * size)
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * size + column] }
        set { elements[row * size + column] = newValue }
    }

    /// `rows · rowsᵀ` of a matrix with `count` rows of `width` elements.
    ///
    /// - Complexity: O(count² · width) multiply-adds.
    init(gramOf rows: [Double], count: Int, width: Int) {
        self.init(size: count)
        rows.withUnsafeBufferPointer { rows in
            for i in 0..<count {
                let left = UnsafeBufferPointer(rebasing: rows[i * width..<(i + 1) * width])
                for j in 0...i {
                    let right = UnsafeBufferPointer(rebasing: rows[j * width..<(j + 1) * width])
                    let product = dot(left, right)
                    elements[i * count + j] = product
                    elements[j * count + i] = product
                }
            }
        }
    }

    /// Adds `other` element by element.
    static func += (left: inout SquareMatrix, right: SquareMatrix) {
        precondition(left.size == right.size, "matrices of different sizes")
        for index in left.elements.indices { left.elements[index] += right.elements[index] }
    }
}

/// The inner product, in four partial sums that the compiler keeps in one vector register; the order of
/// summation is fixed.
private func dot(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) -> Double {
    var sums = (0.0, 0.0, 0.0, 0.0)
    let blocked = left.count & ~3
    var index = 0
    while index < blocked {
        sums.0 += left[index] * right[index]
        sums.1 += left[index + 1] * right[index + 1]
        sums.2 += left[index + 2] * right[index + 2]
        sums.3 += left[index + 3] * right[index + 3]
        index += 4
    }
    while index < left.count {
        sums.0 += left[index] * right[index]
        index += 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
}
