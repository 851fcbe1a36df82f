public import WhenceLoader

/// Why an input cannot be explained.
public enum ExplanationError: Error, Sendable, Hashable {
    /// The text holds no word that the model sees.
    case noWords
    /// The nodes asked for are none that a text has.
    case noSuchNodes(NodeKind)
    /// The history holds no item.
    case emptyHistory
    /// An item is none of the catalogue's; its index there.
    case noSuchItem(Int, itemCount: Int)
    /// The history holds every item of the catalogue.
    case nothingLeft(itemCount: Int)
    /// The model has no classifier to explain.
    case noClassifier(model: String)
    /// The model's classifier does not choose one of several labels.
    case noSingleLabel(model: String, choice: LabelChoice)
    /// The model recommends no items.
    case noRecommender(model: String)
    /// A head was asked for that the model does not have.
    case noSuchHead(Int, headCount: Int)
    /// The replacement needs a token that the model does not have.
    case noReplacementToken(Replacement, choices: [Replacement])
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
        case .noSuchNodes(let kind):
            "A text has no \(kind.rawValue) as nodes. "
                + "Choose one of: \(NodeKind.ofTexts.map(\.rawValue).joined(separator: ", "))."
        case .emptyHistory:
            "The history is empty. Give at least one item."
        case .noSuchItem(let index, let itemCount):
            "Item \(index) does not exist: the catalogue has the items 0 to \(itemCount - 1)."
        case .nothingLeft(let itemCount):
            "The history holds all \(itemCount) items of the catalogue, so that none is left to recommend."
        case .noClassifier(let model):
            "\(model): the model has no classifier, so it predicts no label to explain. "
                + "Give a folder saved from a sequence-classification model."
        case .noSingleLabel(let model, let choice):
            "\(model): "
                + (choice == .each
                    ? "the model decides on each label by itself (problem_type multi_label_classification)"
                    : "the model has no second label that it could choose (one label, or problem_type regression)")
                + ". Whence explains why one label was chosen before others: "
                + "give it a classifier of two or more labels that exclude each other."
        case .noRecommender(let model):
            "\(model): the model recommends no items. "
                + "Give a folder with a recommender and its items.json."
        case .noSuchHead(let head, let headCount):
            "Head \(head) does not exist: the deepest layer has the heads 0 to \(headCount - 1)."
        case .noReplacementToken(let replacement, let choices):
            "The model has no token for the replacement \"\(replacement.rawValue)\". "
                + "Try another of: \(choices.map(\.rawValue).joined(separator: ", "))."
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
