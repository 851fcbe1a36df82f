/// Why an input cannot be explained.
public enum ExplanationError: Error, Sendable, Hashable {
    /// The text holds no word that the model sees.
    case noWords
    /// The model has no classifier to explain.
    case noClassifier(model: String)
    /// The model recommends no items.
    case noRecommender(model: String)
    /// A head was asked for that the model does not have.
    case noSuchHead(Int, headCount: Int)
    /// The replacement needs a token that the tokenizer does not have.
    case noReplacementToken(Replacement, tokenizer: String)
    /// A setting lies outside its range.
    case setting(name: String, value: String, range: String)
    /// The representation of a node is constant, so that it has no correlation with anything.
    case constantNode(label: String, head: HeadLabel)
}

extension ExplanationError: CustomStringConvertible {
    /// One sentence: what is wrong, and what to try.
    public var description: String {
        switch self {
        case .noWords:
            "The text holds no word that the model can see. Give a text with at least one word."
        case .noClassifier(let model):
            "\(model): the model has no classifier, so it predicts no label to explain. "
                + "Give a folder saved from a sequence-classification model."
        case .noRecommender(let model):
            "\(model): the model recommends no items. "
                + "Give a folder with a recommender and its items.json."
        case .noSuchHead(let head, let headCount):
            "Head \(head) does not exist: the deepest layer has the heads 0 to \(headCount - 1)."
        case .noReplacementToken(let replacement, let tokenizer):
            "The \(tokenizer) tokenizer has no token for the replacement \"\(replacement.rawValue)\". "
                + "Try another of: \(Replacement.allCases.map(\.rawValue).joined(separator: ", "))."
        case .setting(let name, let value, let range):
            "\(name) is \(value), but has to be \(range)."
        case .constantNode(let label, let head):
            "The attention output of \u{201C}\(label)\u{201D} is constant in \(head), so its correlations are "
                + "undefined. Try the attention estimator, or another head."
        }
    }
}

extension HeadLabel: CustomStringConvertible {
    /// `head 3`, or `pooled heads`.
    public var description: String {
        switch self {
        case .head(let number): "head \(number)"
        case .pooled: "pooled heads"
        }
    }
}
