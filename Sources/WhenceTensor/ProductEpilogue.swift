internal import COneDNN

/// What happens to each element of a product while it is still in a register.
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

    /// Adds the step to `operations`, a `dnnl_post_ops_t`.
    func append(to operations: dnnl_post_ops_t?) -> dnnl_status_t {
        switch self {
        case .none: dnnl_success
        case .accumulate: dnnl_post_ops_append_sum(operations, 1)
        case .gelu: dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_erf, 0, 0)
        case .geluTanh: dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_gelu_tanh, 0, 0)
        case .relu: dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_relu, 0, 0)
        case .tanh: dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_tanh, 0, 0)
        case .silu: dnnl_post_ops_append_eltwise(operations, 1, dnnl_eltwise_swish, 1, 0)
        }
    }
}
