/// What the logits of a classifier choose.
public enum LabelChoice: String, Sendable, Hashable, Codable {
    /// One label of all: their softmax is how probable each is.
    case one
    /// Each label or not: the sigmoid of its logit is how probable it is.
    case each
    /// Nothing: they are quantities.
    case amount
}

extension LabelChoice {
    /// What `problem_type` says; without it, one logit is a quantity, as transformers trains it.
    ///
    /// - Throws: `unsupported` for a problem that transformers does not know.
    init(_ json: JSONObject, labelCount: Int) throws(LoaderError) {
        switch try json.optionalString("problem_type") {
        case nil: self = labelCount == 1 ? .amount : .one
        case "single_label_classification": self = .one
        case "multi_label_classification": self = .each
        case "regression": self = .amount
        case .some(let other):
            throw .unsupported(
                path: json.path, found: "problem_type \(quoted(other))",
                known: ["single_label_classification", "multi_label_classification", "regression"])
        }
    }
}
