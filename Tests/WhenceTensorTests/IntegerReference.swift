import WhenceTensor

/// Products of 8-bit integers as plain loops.
enum IntegerReference {
    static func packed(
        _ matrix: [Float], _ depth: Int, bias: [Float]? = nil
    ) throws -> PackedMatrix {
        try PackedMatrix(
            Tensor(shape: [depth, matrix.count / depth], elements: matrix),
            bias: bias.map { Tensor(shape: [$0.count], elements: $0) }, precision: .int8)
    }

    /// The matrix that the integers of a packed one stand for: what rows give that are 1 at one place.
    ///
    /// The integers themselves depend on the machine, so that no sum overflows in its instructions. Nothing can
    /// overflow here, for a row has one element that is not 0.
    static func keptMatrix(_ matrix: [Float], _ depth: Int) throws -> [Double] {
        let unit = try MatrixView(
            rowCount: depth, columnCount: depth,
            elements: (0..<depth * depth).map { $0 / depth == $0 % depth ? 1 : 0 })
        let result = try FloatBuffer().matrix(depth, matrix.count / depth)
        try ComputeContext(threadCount: 1).multiply(unit, by: packed(matrix, depth), into: result)
        return result.buffer.map { Double($0) }
    }

    /// The numbers that the integers of a row stand for: 254 steps from the least element to the greatest, 0 being one
    /// of them.
    static func rounded(_ row: [Float]) -> [Double] {
        let low = min(0, row.min() ?? 0), high = max(0, row.max() ?? 0)
        let scale = high / 254 - low / 254
        guard scale > 0 else { return Array(repeating: 0, count: row.count) }
        // A sum with 1.5 · 2²³ is rounded to an integer, a tie to the even one.
        let factor = 1 / scale, rounder: Float = 12_582_912
        let zero = (rounder - low * factor) - rounder
        return row.map { Double(($0 * factor + (rounder + zero)) - rounder - zero) * Double(scale) }
    }

    /// `rounded(rows) · kept + bias`.
    static func product(_ rows: [Float], _ kept: [Double], bias: [Float]) -> [Float] {
        let depth = kept.count / bias.count
        return (0..<rows.count / depth).flatMap { row in
            var sums = bias.map { Double($0) }
            for (k, left) in rounded(Array(rows[row * depth..<(row + 1) * depth])).enumerated() {
                for column in sums.indices { sums[column] += left * kept[k * bias.count + column] }
            }
            return sums.map { Float($0) }
        }
    }
}
