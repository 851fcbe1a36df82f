internal import WhenceLoader
internal import WhenceTensor

extension PackedMatrix {
    /// Reads `kernel` `[inputs, outputs]` and `bias` `[outputs]`: `y = x·kernel + bias`.
    convenience init(_ place: Checkpoint, _ inputs: Int, _ outputs: Int) throws {
        try self.init(
            place.matrix("kernel", inputs, outputs), bias: place.vector("bias", outputs),
            precision: place.precision)
    }

    /// Reads what GPT-2 calls a convolution over one token: `weight` `[inputs, outputs]` and `bias` `[1, outputs]`.
    convenience init(convolution place: Checkpoint, _ inputs: Int, _ outputs: Int) throws {
        let bias = try place.matrix("bias", 1, outputs)
        try self.init(
            place.matrix("weight", inputs, outputs), bias: bias.reshaped(to: [outputs]),
            precision: place.precision)
    }

    /// Reads several layers of equal extents `[inputs, outputs]` into one, whose results lie side by side.
    convenience init(sideBySide places: [Checkpoint], _ inputs: Int, _ outputs: Int) throws {
        let kernels = try places.map { place throws in try place.matrix("kernel", inputs, outputs) }
        let biases = try places.map { place throws in try place.vector("bias", outputs) }
        try self.init(
            Self.joined(kernels, rowCount: inputs), bias: Self.joined(biases, rowCount: 1),
            precision: places.first?.precision ?? .float32)
    }

    /// Tensors of `rowCount` rows each, row beside row.
    private static func joined(_ parts: [Tensor], rowCount: Int) -> Tensor {
        let width = parts.reduce(0) { $0 + $1.count / rowCount }
        return Tensor(shape: rowCount == 1 ? [width] : [rowCount, width]) { target in
            var column = 0
            for part in parts {
                let partWidth = part.count / rowCount
                part.withUnsafeBufferPointer { elements in
                    for row in 0..<rowCount {
                        let from = elements[row * partWidth..<(row + 1) * partWidth]
                        _ = UnsafeMutableBufferPointer(rebasing: target[(row * width + column)...])
                            .update(fromContentsOf: from)
                    }
                }
                column += partWidth
            }
        }
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
            }
    }
}
