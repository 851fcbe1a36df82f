import Foundation
import WhenceTensor

/// The kernels as their formulas say, in double precision: what the fast ones are held against.
enum Reference {
    /// `epilogue(rows · matrix + bias)`, added to `before` for `.accumulate`.
    static func product(
        _ rows: [Float], _ matrix: [Float], bias: [Float], depth: Int, epilogue: ProductEpilogue,
        before: [Float]
    ) -> [Float] {
        let columns = bias.count
        return (0..<rows.count / depth * columns).map { index in
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            var sum = Double(bias[column])
            for k in 0..<depth { sum += Double(rows[row * depth + k]) * Double(matrix[k * columns + column]) }
            return Float(apply(epilogue, sum, before: Double(before[index])))
        }
    }

    private static func apply(_ epilogue: ProductEpilogue, _ x: Double, before: Double) -> Double {
        switch epilogue {
        case .none: x
        case .accumulate: before + x
        case .gelu: x * 0.5 * (1 + erf(x / 2.0.squareRoot()))
        case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .relu: max(0, x)
        case .tanh: tanh(x)
        case .silu: x / (1 + exp(-x))
        case .quickGelu: x / (1 + exp(-1.702 * x))
        case .clippedGelu: min(x * 0.5 * (1 + erf(x / 2.0.squareRoot())), 10)
        case .mish: x * tanh(log(1 + exp(x)))
        case .squaredRelu: x > 0 ? x * x : 0
        case .relu6: min(max(0, x), 6)
        case .leakyRelu: x < 0 ? 0.01 * x : x
        case .logistic: 1 / (1 + exp(-x))
        case .laplace: 0.5 * (1 + erf((x - 0.707107) / (0.282095 * 2.0.squareRoot())))
        }
    }

    /// `softmax(QKᵀ/√d)` `[heads, n, n]` and its product with V `[n, heads·d]`, of one sequence.
    ///
    /// - Parameters:
    ///   - terms: the number of products that a score is made of.
    ///   - more: what is added to the product of a query and a key, by head; minus infinity for a key that the query
    ///     does not see.
    static func attention(
        _ queryKeyValue: [Float], headCount: Int, headSize: Int, terms: Int = 1,
        more: (_ head: Int, _ query: Int, _ key: Int) -> Double = { _, _, _ in 0 }
    ) -> (weights: [Float], context: [Float]) {
        let width = headCount * headSize
        let count = queryKeyValue.count / (3 * width)
        func value(_ part: Int, _ row: Int, _ head: Int, _ k: Int) -> Double {
            Double(queryKeyValue[row * 3 * width + part * width + head * headSize + k])
        }
        var weights: [Float] = []
        var context = [Float](repeating: 0, count: count * width)
        for head in 0..<headCount {
            for query in 0..<count {
                let scores = (0..<count).map { key in
                    (0..<headSize).reduce(more(head, query, key)) {
                        $0 + value(0, query, head, $1) * value(1, key, head, $1)
                    } / Double(headSize * terms).squareRoot()
                }
                let top = scores.max() ?? 0
                let powers = scores.map { exp($0 - top) }
                let total = powers.reduce(0, +)
                weights += powers.map { Float($0 / total) }
                for k in 0..<headSize {
                    let sum = (0..<count).reduce(0.0) { $0 + powers[$1] / total * value(2, $1, head, k) }
                    context[query * width + head * headSize + k] = Float(sum)
                }
            }
        }
        return (weights, context)
    }

    /// `gain · (x − mean) / √(variance + epsilon) + shift` of every row.
    static func layerNorm(_ rows: [Float], gain: [Float], shift: [Float], epsilon: Float) -> [Float] {
        let width = gain.count
        return stride(from: 0, to: rows.count, by: width).flatMap { start in
            let row = rows[start..<start + width].map(Double.init)
            let mean = row.reduce(0, +) / Double(width)
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            let factor = 1 / (variance + Double(epsilon)).squareRoot()
            return row.indices.map { Float((row[$0] - mean) * factor * Double(gain[$0]) + Double(shift[$0])) }
        }
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// `count` numbers, evenly spread over `range`.
    mutating func next(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        (0..<count).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            mixed ^= mixed >> 31
            return range.lowerBound + Float(mixed >> 40) / Float(1 << 24)
                * (range.upperBound - range.lowerBound)
        }
    }
}
