/// What makes probabilities of a classifier's logits.
public enum OutputActivation: String, Sendable, Hashable, Codable {
    /// Nothing in the library, which hands out logits; one class is right, so that a softmax is what its loss takes.
    case none
    /// A softmax: one class is right.
    case softmax
    /// The logistic function of every logit: each class is right or not, whatever the others are. What is predicted is
    /// the likeliest one.
    case sigmoid
    /// The logistic function of the only logit, which is the probability of the second of two classes.
    case sigmoidOfSecond
}

extension ModelConfiguration {
    /// Reads what a task of Keras applies to the sums of its last layer.
    ///
    /// - Parameter options: `config` of `task.json`; its `activation` is a name, or an object with that of a layer.
    /// - Throws: `unsupported` for a function of one's own, and for those that do not make one score of each sum.
    mutating func readOutput(_ options: JSONObject) throws(LoaderError) {
        let name: String
        if case .object = options["activation"] {
            let layer = try options.object("activation")
            let own = try layer.string("class_name")
            name = own == "Softmax" ? "softmax" : own
        } else {
            name = try options.optionalString("activation") ?? "linear"
        }
        switch name {
        case "linear": outputActivation = .none
        case "softmax", "log_softmax": outputActivation = .softmax
        case "sigmoid": (outputActivation, labelChoice) = (.sigmoid, .each)
        default:
            guard let function = OutputFunction(rawValue: name) else {
                throw .unsupported(
                    path: options.path, found: "the activation \(quoted(name)) of the task",
                    known: ["linear", "softmax", "log_softmax", "sigmoid"]
                        + OutputFunction.allCases.map(\.rawValue))
            }
            outputFunction = function
        }
        if outputActivation == .sigmoid, labels.count == 1 {
            outputActivation = .sigmoidOfSecond
            labelChoice = .one
            labels = ["LABEL_0", "LABEL_1"]
        }
    }
}
