internal import CWhenceKernels

/// What happens to each element of a product while it is still in the nearest cache.
public enum ProductEpilogue: Sendable, Hashable, CaseIterable {
    /// Nothing: `y = x·W + b`.
    case none
    /// `y += x·W + b`: the residual connection.
    case accumulate
    /// `g(x·W + b)` with the exact `g(t) = t·Φ(t)`.
    case gelu
    /// `g(x·W + b)` with `g(t) = 0.5t(1 + tanh(√(2/π)(t + 0.044715t³)))`.
    case geluTanh
    /// `max(0, x·W + b)`.
    case relu
    /// `tanh(x·W + b)`.
    case tanh
    /// `t·σ(t)` of `t = x·W + b`.
    case silu
    /// `t·σ(1.702t)` of `t = x·W + b`.
    case quickGelu
    /// `min(g(x·W + b), 10)` with the exact `g(t) = t·Φ(t)`.
    case clippedGelu
    /// `t·tanh(ln(1 + eᵗ))` of `t = x·W + b`.
    case mish
    /// `max(0, x·W + b)²`.
    case squaredRelu
    /// `min(max(0, x·W + b), 6)`.
    case relu6
    /// `max(t, 0.01t)` of `t = x·W + b`.
    case leakyRelu
    /// `σ(x·W + b)`.
    case logistic
    /// `Φ((x·W + b − 0.707107) / 0.282095)`.
    case laplace

    /// What the kernels call it.
    var kernel: whence_epilogue {
        switch self {
        case .none: whence_epilogue_none
        case .accumulate: whence_epilogue_accumulate
        case .gelu: whence_epilogue_gelu
        case .geluTanh: whence_epilogue_gelu_tanh
        case .relu: whence_epilogue_relu
        case .tanh: whence_epilogue_tanh
        case .silu: whence_epilogue_silu
        case .quickGelu: whence_epilogue_quick_gelu
        case .clippedGelu: whence_epilogue_clipped_gelu
        case .mish: whence_epilogue_mish
        case .squaredRelu: whence_epilogue_squared_relu
        case .relu6: whence_epilogue_relu6
        case .leakyRelu: whence_epilogue_leaky_relu
        case .logistic: whence_epilogue_logistic
        case .laplace: whence_epilogue_laplace
        }
    }
}
