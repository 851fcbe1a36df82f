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
        }
    }
}
