extension ModelConfiguration {
    /// Whether a token attends to itself and to earlier ones only.
    public var isCausal: Bool { family.isCausal || isDecoder }

    /// The index of the token that the prediction for an input is read from.
    ///
    /// A classifier reads the first token, GPT-2's the last that is no padding, a causal language model the
    /// last; `nil` for a masked-language model, which is asked for the positions that hold a mask, and without a
    /// head.
    ///
    /// The library's TensorFlow class of GPT-2 takes the token before the first padding, its later releases the
    /// last that is no padding, as here; they differ only for padding inside a text.
    /// - Parameter ids: the tokens, special ones included; at least one.
    public func readPosition(in ids: [Int]) -> Int? {
        switch (head, family.isCausal) {
        case (.sequenceClassification, false): 0
        case (.sequenceClassification, true): ids.lastIndex { $0 != padTokenID } ?? ids.count - 1
        case (.causalLanguageModel, _): ids.count - 1
        case (.maskedLanguageModel, _), (.encoder, _): nil
        }
    }

    /// The position that a prediction is read from, in words.
    var targetDescription: String {
        switch (head, family) {
        case (.sequenceClassification, .roberta), (.sequenceClassification, .xlmRoberta),
            (.sequenceClassification, .camembert):
            "<s>, position 0"
        case (.sequenceClassification, .gpt2): "the last token that is no padding"
        case (.sequenceClassification, _): "[CLS], position 0"
        case (.maskedLanguageModel, .roberta), (.maskedLanguageModel, .xlmRoberta),
            (.maskedLanguageModel, .camembert):
            "the position of <mask>"
        case (.maskedLanguageModel, _): "the position of [MASK]"
        case (.causalLanguageModel, _): "the last token"
        case (.encoder, _): "none: the model has no head"
        }
    }
}
