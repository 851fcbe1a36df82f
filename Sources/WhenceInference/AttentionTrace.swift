public import WhenceTensor

/// What the deepest attention layer of a transformer saw for one input, and what the model answered.
public struct AttentionTrace: Sendable {
    /// `[labels]` for a classifier; `[positions asked for, vocabulary]` for a language model; empty without a head.
    public var logits: Tensor
    /// `[heads, tokens, tokens]`: weight of the key (last axis) for the query; every row sums to 1.
    public var attention: Tensor
    /// `[tokens, hidden]`: the value vectors that enter the attention, heads side by side.
    public var values: Tensor
    /// `[tokens, hidden]`: the attention's output before its output projection, heads side by side.
    public var context: Tensor
    /// `[tokens, hidden]`: the last hidden state; `[0, hidden]` in a trace up to the attention.
    public var hidden: Tensor

    /// How far a trace follows the tokens.
    public enum Reach: Sendable {
        /// Up to the deepest attention; behind it only what the logits need is computed.
        case attention
        /// To the last hidden state of every token.
        case hiddenStates
    }

    /// Makes a trace.
    public init(logits: Tensor, attention: Tensor, values: Tensor, context: Tensor, hidden: Tensor) {
        self.logits = logits
        self.attention = attention
        self.values = values
        self.context = context
        self.hidden = hidden
    }
}
