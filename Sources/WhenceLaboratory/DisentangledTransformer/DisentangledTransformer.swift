internal import Foundation

/// A transformer whose parts can be read: one-hot tokens and positions, attention by one full matrix a head, no value
/// matrices, and a residual stream to which layers append instead of adding.
///
/// With `x⁰_i = [one-hot token ; one-hot position]`, head `h` of a layer computes
/// `softmax(mask(X A_h Xᵀ)) X`, where the mask lets a position see itself and earlier ones, and
/// `X ← [X ; head 1 ; … ; head H]`. The output is the softmax of `x_T · W`, or `x_T · W` itself.
/// - Note: Nichani, Damian and Lee 2024, the disentangled transformer, https://arxiv.org/abs/2402.14735.
public struct DisentangledTransformer: Sendable, Hashable, Codable {
    /// Its sizes.
    public let shape: DisentangledShape
    /// Everything that is learnt: for each layer and head the matrix `[width, width]`, then the output matrix
    /// `[output width, vocabulary]`, all row-major.
    public internal(set) var parameters: [Float]

    /// A transformer of which every parameter is 0.
    public init(_ shape: DisentangledShape) {
        self.shape = shape
        parameters = [Float](repeating: 0, count: shape.parameterCount)
    }

    /// A transformer with given parameters.
    ///
    /// - Throws: `batch` if there are not `shape.parameterCount` of them.
    public init(_ shape: DisentangledShape, parameters: [Float]) throws(LaboratoryError) {
        guard parameters.count == shape.parameterCount else {
            throw .batch(
                "the transformer has \(shape.parameterCount) parameters, but \(parameters.count) are given")
        }
        self.shape = shape
        self.parameters = parameters
    }

    private enum CodingKeys: String, CodingKey { case shape, parameters }

    /// Reads a transformer, which is checked as in the initialisers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            container.decode(DisentangledShape.self, forKey: .shape),
            parameters: container.decode([Float].self, forKey: .parameters))
    }

    /// The matrix of a head; layers and heads count from 0.
    public func attentionMatrix(layer: Int, head: Int) -> ParameterMatrix {
        let width = shape.width(enteringLayer: layer)
        let start = shape.start(layer: layer, head: head)
        return ParameterMatrix(
            rowCount: width, columnCount: width, elements: Array(parameters[start..<start + width * width]))
    }

    /// The output matrix `[output width, vocabulary]`.
    public var outputMatrix: ParameterMatrix {
        ParameterMatrix(
            rowCount: shape.width(enteringLayer: shape.heads.count), columnCount: shape.vocabulary,
            elements: Array(parameters[shape.outputStart...]))
    }

    /// The positions' part of a first-layer head's matrix, `[length, length]`.
    public func positionScores(head: Int) -> ParameterMatrix {
        let range = shape.vocabulary..<shape.blockWidth
        return attentionMatrix(layer: 0, head: head).part(rows: range, columns: range)
    }

    /// Where a first-layer head looks if tokens say nothing: the causal softmax of `positionScores`, of which row `i`
    /// holds the weights of positions `0...i` for position `i`.
    public func positionAttention(head: Int) -> ParameterMatrix {
        var weights = positionScores(head: head)
        for row in 0..<weights.rowCount {
            let law = softmax((0...row).map { weights[row, $0] })
            for column in 0..<weights.columnCount { weights[row, column] = column <= row ? law[column] : 0 }
        }
        return weights
    }
}

/// The softmax of some scores.
func softmax<Number: BinaryFloatingPoint>(_ scores: [Number]) -> [Number] {
    let greatest = scores.max() ?? 0
    let weights = scores.map { Number(exp(Double($0 - greatest))) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
}
