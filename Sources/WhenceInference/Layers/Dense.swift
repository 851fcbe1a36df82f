internal import WhenceLoader
internal import WhenceTensor

extension PackedMatrix {
    /// Reads `kernel` `[inputs, outputs]` and `bias` `[outputs]`: `y = x·kernel + bias`.
    convenience init(_ place: Checkpoint, _ inputs: Int, _ outputs: Int) throws {
        try self.init(sideBySide: [place], inputs, outputs)
    }

    /// Reads what GPT-2 calls a convolution over one token: `weight` `[inputs, outputs]` and `bias` `[1, outputs]`.
    convenience init(convolution place: Checkpoint, _ inputs: Int, _ outputs: Int) throws {
        let bias = try place.matrix("bias", 1, outputs)
        try self.init(
            sideBySide: [place.rows("weight", inputs, outputs)], bias: bias.reshaped(to: [outputs]),
            precision: place.precision)
    }

    /// Reads several layers of equal extents `[inputs, outputs]` into one, whose results lie side by side.
    convenience init(sideBySide places: [Checkpoint], _ inputs: Int, _ outputs: Int) throws {
        let kernels = try places.map { place throws in try place.rows("kernel", inputs, outputs) }
        let biases = try places.map { place throws in try place.vector("bias", outputs) }
        try self.init(
            sideBySide: kernels,
            bias: Tensor(shape: [places.count * outputs], elements: biases.flatMap(\.elements)),
            precision: places.first?.precision ?? .float32)
    }
}

extension ProductEpilogue {
    /// The epilogue that applies an activation function.
    init(_ activation: Activation) {
        self =
            switch activation {
            case .gelu: .gelu
            case .geluNew: .geluTanh
            case .relu: .relu
            case .tanh: .tanh
            case .silu: .silu
            case .quickGelu: .quickGelu
            case .clippedGelu: .clippedGelu
            case .mish: .mish
            case .squaredRelu: .squaredRelu
            case .relu6: .relu6
            case .leakyRelu: .leakyRelu
            case .sigmoid: .logistic
            case .laplace: .laplace
            case .linear: .none
            }
    }
}
