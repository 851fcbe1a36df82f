/// The sizes of a disentangled transformer.
///
/// Every layer appends the outputs of its heads to the residual stream, so the stream is a list of *blocks*, each of
/// `vocabulary + length` numbers: the input, then what each head made of each block.
/// - Note: Nichani, Damian and Lee 2024, the disentangled transformer, https://arxiv.org/abs/2402.14735.
public struct DisentangledShape: Sendable, Hashable {
    /// Different tokens.
    public let vocabulary: Int
    /// Positions that the transformer reads.
    public let length: Int
    /// Heads of each layer, the first layer first.
    public let heads: [Int]
    /// How the output becomes a law.
    public let output: OutputLaw

    /// Makes a shape.
    ///
    /// - Throws: `setting` for sizes that are out of range or together too large.
    public init(
        vocabulary: Int, length: Int, heads: [Int], output: OutputLaw = .softmax
    ) throws(LaboratoryError) {
        self.vocabulary = vocabulary
        self.length = length
        self.heads = heads
        self.output = output
        try check()
    }

    /// The shape for a task.
    public init(
        for task: InContextTask, heads: [Int], output: OutputLaw = .softmax
    ) throws(LaboratoryError) {
        try self.init(
            vocabulary: task.vocabulary, length: task.visible.count, heads: heads, output: output)
    }

    /// Numbers of a block.
    public var blockWidth: Int { vocabulary + length }

    /// Blocks that enter a layer, counted from 0; for `layer == heads.count`, the output.
    public func blockCount(enteringLayer layer: Int) -> Int {
        heads[..<layer].reduce(1) { $0 * (1 + $1) }
    }

    /// The width of the residual stream that enters a layer.
    public func width(enteringLayer layer: Int) -> Int { blockCount(enteringLayer: layer) * blockWidth }

    /// The block that a head appends for a block that it reads.
    ///
    /// - Parameters:
    ///   - layer: the head's layer, from 0.
    ///   - head: the head, from 0.
    ///   - block: the block that it reads, from 0, the input.
    public func block(appendedByLayer layer: Int, head: Int, reading block: Int) -> Int {
        blockCount(enteringLayer: layer) * (1 + head) + block
    }

    /// What a block holds, in words: `input`, `1.1(input)`, `2.1(1.1(input))`: layers and heads from 1.
    public func name(ofBlock block: Int) -> String {
        guard block > 0 else { return "input" }
        let layer = heads.indices.last { blockCount(enteringLayer: $0) <= block } ?? 0
        let entering = blockCount(enteringLayer: layer)
        return "\(layer + 1).\(block / entering)(\(name(ofBlock: block % entering)))"
    }

    /// Where the matrix of a head begins among the parameters: `[width, width]`, row-major, the asking side first.
    func start(layer: Int, head: Int) -> Int {
        (0..<layer).reduce(0) { $0 + heads[$1] * width(enteringLayer: $1) * width(enteringLayer: $1) }
            + head * width(enteringLayer: layer) * width(enteringLayer: layer)
    }

    /// Where the output matrix begins: `[width, vocabulary]`.
    var outputStart: Int { start(layer: heads.count, head: 0) }

    /// Numbers that are learnt.
    public var parameterCount: Int { outputStart + width(enteringLayer: heads.count) * vocabulary }
}

/// How a transformer's output becomes a law of the next token, and so its loss.
public enum OutputLaw: Sendable, Hashable, Codable {
    /// The softmax of `W · x`; the loss is the cross-entropy.
    case softmax
    /// `W · x` itself, and the loss `−Σ y log(W · x + epsilon)`: what the paper's theory analyses.
    case linear(epsilon: Float)
}

extension DisentangledShape {
    private func check() throws(LaboratoryError) {
        guard (2...LaboratoryLimits.vocabulary).contains(vocabulary) else {
            throw .setting(
                name: "the vocabulary", value: "\(vocabulary)",
                expected: "2 to \(LaboratoryLimits.vocabulary) tokens")
        }
        guard (1...LaboratoryLimits.length).contains(length) else {
            throw .setting(
                name: "the number of positions", value: "\(length)",
                expected: "1 to \(LaboratoryLimits.length)")
        }
        guard (1...LaboratoryLimits.layers).contains(heads.count),
            heads.allSatisfy({ (1...LaboratoryLimits.heads).contains($0) })
        else {
            throw .setting(
                name: "the heads of each layer", value: "\(heads)",
                expected: "1 to \(LaboratoryLimits.layers) layers of 1 to \(LaboratoryLimits.heads) heads")
        }
        if case .linear(let epsilon) = output, !(epsilon >= 0 && epsilon.isFinite) {
            throw .setting(
                name: "the epsilon of a linear output", value: "\(epsilon)",
                expected: "a small number that is not negative")
        }
        var (blocks, parameters, kept) = (1, 0, 0)
        for (layer, count) in heads.enumerated() {
            // The stream is at most 2^26 wide here, and a layer has at most 2^6 heads: below 2^58, nothing overflows.
            let width = blocks * blockWidth
            parameters += count * width * width
            blocks *= 1 + count
            if layer < heads.count - 1 || layer == 0 { kept = blocks * length * length * 64 }
            guard parameters <= LaboratoryLimits.parameters, kept <= LaboratoryLimits.workspace,
                blocks * blockWidth <= LaboratoryLimits.parameters
            else {
                throw .setting(
                    name: "the heads of each layer", value: "\(heads)",
                    expected:
                        "fewer heads, layers or positions: every layer multiplies the residual stream by one "
                        + "more than its heads, and this one would have more than "
                        + "\(LaboratoryLimits.parameters) parameters")
            }
        }
    }
}

extension DisentangledShape: Codable {
    private enum CodingKeys: String, CodingKey { case vocabulary, length, heads, output }

    /// Reads a shape, which is checked as in the initialiser.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            vocabulary: container.decode(Int.self, forKey: .vocabulary),
            length: container.decode(Int.self, forKey: .length),
            heads: container.decode([Int].self, forKey: .heads),
            output: container.decode(OutputLaw.self, forKey: .output))
    }
}
