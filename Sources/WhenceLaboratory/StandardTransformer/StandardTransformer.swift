internal import CWhenceKernels
internal import Foundation
internal import WhenceDiscovery

/// A transformer as they are used: learnt embeddings, value matrices, and after each attention a network of two
/// layers, all added to one residual stream of the width of a one-hot token and position.
///
/// A layer takes `u_i = (Σ_j a_ij x_j) · V` with `a = softmax(mask(X A Xᵀ))` and adds
/// `relu(u_i · F + √d f) · G + √d g`. One head a layer; the output is the softmax of `x_T · W`.
/// - Note: Nichani, Damian and Lee 2024, Figure 8, https://arxiv.org/abs/2402.14735.
public struct StandardTransformer: Sendable, Hashable, Codable {
    /// Different tokens.
    public let vocabulary: Int
    /// Positions that the transformer reads.
    public let length: Int
    /// Layers.
    public let layerCount: Int
    /// Everything that is learnt: embeddings of tokens and of positions; for each layer `A`, `V`, `F`, `f`, `G`, `g`; then
    /// `W`; matrices row-major.
    public internal(set) var parameters: [Float]

    /// The width of the residual stream.
    public var width: Int { vocabulary + length }

    /// A transformer at its random start: embeddings, `V` and `F` are normal noise of variance `1/width`, everything
    /// else is 0.
    ///
    /// - Throws: `setting` for sizes that are out of range.
    public init(vocabulary: Int, length: Int, layerCount: Int = 2, seed: UInt64) throws(LaboratoryError) {
        _ = try Self.parameterCount(vocabulary: vocabulary, length: length, layerCount: layerCount)
        self.vocabulary = vocabulary
        self.length = length
        self.layerCount = layerCount
        let width = vocabulary + length
        var generator = SplitMix64(seed: seed)
        var normal = NormalDeviates()
        let scale = 1 / Double(width).squareRoot()
        func noise(_ count: Int) -> [Float] {
            (0..<count).map { _ in Float(scale * normal.next(using: &generator)) }
        }
        func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }
        let square = width * width
        var parameters = noise(width * width)
        for _ in 0..<layerCount {
            parameters += zeros(square) + noise(2 * square) + zeros(width + square + width)
        }
        self.parameters = parameters + zeros(width * vocabulary)
    }

    /// Numbers that a transformer learns.
    ///
    /// - Throws: `setting` for sizes that are out of range or together too large.
    static func parameterCount(vocabulary: Int, length: Int, layerCount: Int) throws(LaboratoryError) -> Int {
        // A disentangled transformer of one layer and head has the same limits for tokens and positions.
        let width = try DisentangledShape(vocabulary: vocabulary, length: length, heads: [1]).blockWidth
        guard (1...LaboratoryLimits.layers).contains(layerCount) else {
            throw .setting(
                name: "the number of layers", value: "\(layerCount)",
                expected: "1 to \(LaboratoryLimits.layers)")
        }
        let count = width * (width + vocabulary) + layerCount * layerSize(width: width)
        guard count <= LaboratoryLimits.parameters else {
            throw .setting(
                name: "the number of layers", value: "\(layerCount)",
                expected:
                    "fewer layers, tokens or positions: these would have \(count) parameters, more than "
                    + "\(LaboratoryLimits.parameters)")
        }
        return count
    }

    /// Numbers of a layer: four matrices and two biases.
    private static func layerSize(width: Int) -> Int { 4 * width * width + 2 * width }

    /// The same transformer with other parameters.
    ///
    /// - Throws: `batch` if there are not as many.
    public func with(parameters: [Float]) throws(LaboratoryError) -> StandardTransformer {
        guard parameters.count == self.parameters.count else {
            throw .batch(
                "the transformer has \(self.parameters.count) parameters, but \(parameters.count) are given")
        }
        var result = self
        result.parameters = parameters
        return result
    }

    private enum CodingKeys: String, CodingKey { case vocabulary, length, layerCount, parameters }

    /// Reads a transformer, whose sizes and number of parameters are checked.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let start = try StandardTransformer(
            vocabulary: container.decode(Int.self, forKey: .vocabulary),
            length: container.decode(Int.self, forKey: .length),
            layerCount: container.decode(Int.self, forKey: .layerCount), seed: 0)
        self = try start.with(parameters: container.decode([Float].self, forKey: .parameters))
    }

    /// Where a layer's parameters begin.
    private func start(layer: Int) -> Int { width * width + layer * Self.layerSize(width: width) }

    /// The attention matrix `A` of a layer, counted from 0.
    public func attentionMatrix(layer: Int) -> ParameterMatrix { matrix(start(layer: layer)) }

    private func matrix(_ start: Int) -> ParameterMatrix {
        ParameterMatrix(
            rowCount: width, columnCount: width, elements: Array(parameters[start..<start + width * width]))
    }

    /// The first layer's attention, averaged over the sequences of a batch: `[length, length]`.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer.
    public func firstLayerAttention(on batch: TokenBatch) throws(LaboratoryError) -> ParameterMatrix {
        try check(batch)
        let embeddings = matrix(0)
        let attention = attentionMatrix(layer: 0)
        var mean = [Double](repeating: 0, count: length * length)
        for sequence in 0..<batch.count {
            let stream = batch.tokens(of: sequence).enumerated().map { position, token in
                zip(embeddings.row(token), embeddings.row(vocabulary + position)).map { $0 + $1 }
            }
            for (i, row) in DisentangledTransformer.attention(of: stream, by: attention).enumerated() {
                for (j, weight) in row.enumerated() { mean[i * length + j] += Double(weight) }
            }
        }
        return ParameterMatrix(
            rowCount: length, columnCount: length, elements: mean.map { Float($0 / Double(batch.count)) })
    }

    /// The mean loss over a batch and its gradient, laid out as `parameters`.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    public func lossAndGradient(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> (loss: Double, gradient: [Float]) {
        try check(batch)
        var gradient = [Float](repeating: 0, count: parameters.count)
        let losses = try learn(.given(batch), gradient: &gradient, in: workspace)
        return (DisentangledTransformer.mean(losses, batch.count), gradient)
    }

    /// The mean loss over a batch.
    ///
    /// - Throws: `batch` if the batch is of other sizes than the transformer; `memory`.
    public func loss(
        on batch: TokenBatch, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> Double {
        try check(batch)
        return DisentangledTransformer.mean(
            try learn(.given(batch), gradient: nil, in: workspace), batch.count)
    }

    private func check(_ batch: TokenBatch) throws(LaboratoryError) {
        guard batch.length == length, batch.vocabulary == vocabulary else {
            throw .batch(
                "the batch has \(batch.length) positions and \(batch.vocabulary) tokens, the transformer reads "
                    + "\(length) positions and \(vocabulary) tokens")
        }
    }

    /// Runs the kernels; the loss of each sequence, in whole groups.
    ///
    /// - Throws: `memory`.
    func learn(
        _ source: DisentangledTransformer.Source, gradient: UnsafeMutablePointer<Float>?,
        in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> [Float] {
        var model = whence_standard(
            vocabulary: vocabulary, length: length, layers: layerCount, width: width)
        return try withUnsafePointer(to: &model) { model throws(LaboratoryError) in
            try parameters.withUnsafeBufferPointer { parameters throws(LaboratoryError) in
                var job = whence_learning()
                job.standard = model
                job.parameters = parameters.baseAddress
                job.gradient = gradient
                return try DisentangledTransformer.run(&job, on: source, in: workspace)
            }
        }
    }
}
