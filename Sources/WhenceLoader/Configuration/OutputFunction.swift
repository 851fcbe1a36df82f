internal import Foundation

/// A function that Keras applies to each sum of a classifier's last layer, by its name in `keras.activations`.
///
/// Its values are taken for logits, as the loss does that a task of KerasHub is compiled with. Probabilities are
/// `OutputActivation`'s.
public enum OutputFunction: String, Sendable, Hashable, Codable, CaseIterable {
    case celu, elu, exponential, gelu, mish, relu, relu6, selu, silu, softplus, softsign, squareplus, tanh
    case hardShrink = "hard_shrink"
    case hardSigmoid = "hard_sigmoid"
    case hardSilu = "hard_silu"
    case hardTanh = "hard_tanh"
    case leakyRelu = "leaky_relu"
    case logSigmoid = "log_sigmoid"
    case softShrink = "soft_shrink"
    case sparsePlus = "sparse_plus"
    case sparseSigmoid = "sparse_sigmoid"
    case tanhShrink = "tanh_shrink"

    /// The function's value, with Keras's parameters where it has some.
    public func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .celu, .elu: x > 0 ? x : expm1(x)
        case .exponential: exp(x)
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .hardShrink: abs(x) > 0.5 ? x : 0
        case .hardSigmoid: Self.ramp(x)
        case .hardSilu: x * Self.ramp(x)
        case .hardTanh: min(max(x, -1), 1)
        case .leakyRelu: max(x, 0.2 * x)
        case .logSigmoid: -Self.smoothRamp(-x)
        case .mish: x * Foundation.tanh(Self.smoothRamp(x))
        case .relu: max(0, x)
        case .relu6: min(max(0, x), 6)
        case .selu: 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * expm1(x))
        case .silu: x / (1 + exp(-x))
        case .softplus: Self.smoothRamp(x)
        case .softShrink: x - min(max(x, -0.5), 0.5)
        case .softsign: x / (1 + abs(x))
        case .sparsePlus: x <= -1 ? 0 : x < 1 ? (x + 1) * (x + 1) / 4 : x
        case .sparseSigmoid: min(max((x + 1) / 2, 0), 1)
        case .squareplus: (x + (x * x + 4).squareRoot()) / 2
        case .tanh: Foundation.tanh(x)
        case .tanhShrink: x - Foundation.tanh(x)
        }
    }

    private static func ramp(_ x: Double) -> Double { min(max((x + 3) / 6, 0), 1) }

    /// `ln(1 + eˣ)`, which does not overflow.
    private static func smoothRamp(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}
