import Foundation
import WhenceLaboratory

/// The disentangled transformer in `Double`, written down as the definition reads, with its gradient by the chain rule
/// on full matrices: an oracle that shares nothing with the kernels.
struct LiteralTransformer {
    typealias Matrix = [[Double]]

    var shape: DisentangledShape
    var attention: [[Matrix]]
    var output: Matrix

    init(_ transformer: DisentangledTransformer) {
        shape = transformer.shape
        attention = shape.heads.enumerated().map { layer, heads in
            (0..<heads).map { Self.matrix(transformer.attentionMatrix(layer: layer, head: $0)) }
        }
        output = Self.matrix(transformer.outputMatrix)
    }

    private static func matrix(_ matrix: ParameterMatrix) -> Matrix {
        (0..<matrix.rowCount).map { matrix.row($0).map(Double.init) }
    }

    private func zeros(like matrix: Matrix) -> Matrix {
        matrix.map { $0.map { _ in 0 } }
    }

    /// The loss of one sequence, and its gradient in the order of the parameters.
    func lossAndGradient(tokens: [Int], label: [Double]) -> (Double, [Double]) {
        let length = tokens.count
        var streams: [Matrix] = [
            tokens.enumerated().map { position, token in
                (0..<shape.vocabulary).map { $0 == token ? 1 : 0 }
                    + (0..<length).map { $0 == position ? 1 : 0 }
            }
        ]
        var weights: [[Matrix]] = []
        for heads in attention {
            let x = streams[streams.count - 1]
            let patterns = heads.map { softmaxRows(product(product(x, $0), transposed(x))) }
            weights.append(patterns)
            let outputs = patterns.map { product($0, x) }
            streams.append(x.indices.map { i in outputs.reduce(x[i]) { $0 + $1[i] } })
        }
        let last = streams[streams.count - 1][length - 1]
        let scores = product([last], output)[0]
        var loss = 0.0
        var scoreGradient = scores
        switch shape.output {
        case .softmax:
            let law = softmaxRows([scores], causal: false)[0]
            loss = -zip(label, law).reduce(0) { $0 + $1.0 * log($1.1) }
            scoreGradient = zip(law, label).map { $0 - $1 }
        case .linear(let epsilon):
            loss = -zip(label, scores).reduce(0) { $0 + $1.0 * log($1.1 + Double(epsilon)) }
            scoreGradient = zip(scores, label).map { -$1 / ($0 + Double(epsilon)) }
        }
        let outputGradient = last.map { value in scoreGradient.map { value * $0 } }
        var streamGradient = streams[streams.count - 1].map { $0.map { _ in 0.0 } }
        streamGradient[length - 1] = product([scoreGradient], transposed(output))[0]
        var attentionGradients = attention.map { $0.map(zeros(like:)) }
        for layer in attention.indices.reversed() {
            let x = streams[layer]
            let width = x[0].count
            var gradient = streamGradient.map { Array($0[..<width]) }
            for (head, matrix) in attention[layer].enumerated() {
                let pattern = weights[layer][head]
                let appended = streamGradient.map { Array($0[width * (1 + head)..<width * (2 + head)]) }
                let patternGradient = product(appended, transposed(x))
                add(product(transposed(pattern), appended), to: &gradient)
                let raw = pattern.indices.map { i in
                    let mean = zip(pattern[i], patternGradient[i]).reduce(0) { $0 + $1.0 * $1.1 }
                    return zip(pattern[i], patternGradient[i]).map { $0 * ($1 - mean) }
                }
                attentionGradients[layer][head] = product(product(transposed(x), raw), x)
                add(product(raw, product(x, transposed(matrix))), to: &gradient)
                add(product(transposed(raw), product(x, matrix)), to: &gradient)
            }
            streamGradient = gradient
        }
        let parts = attentionGradients.flatMap { $0.flatMap { $0.flatMap { $0 } } }
        return (loss, parts + outputGradient.flatMap { $0 })
    }

    private func softmaxRows(_ scores: Matrix, causal: Bool = true) -> Matrix {
        scores.enumerated().map { i, row in
            let end = causal ? i + 1 : row.count
            let greatest = row[..<end].max() ?? 0
            let weights = row.enumerated().map { $0 < end ? exp($1 - greatest) : 0 }
            let total = weights.reduce(0, +)
            return weights.map { $0 / total }
        }
    }

    private func product(_ left: Matrix, _ right: Matrix) -> Matrix {
        left.map { row in
            var result = [Double](repeating: 0, count: right[0].count)
            for (factor, other) in zip(row, right) where factor != 0 {
                for column in result.indices { result[column] += factor * other[column] }
            }
            return result
        }
    }

    private func transposed(_ matrix: Matrix) -> Matrix {
        matrix[0].indices.map { column in matrix.map { $0[column] } }
    }

    private func add(_ matrix: Matrix, to sum: inout Matrix) {
        for row in matrix.indices {
            for column in matrix[row].indices { sum[row][column] += matrix[row][column] }
        }
    }
}
