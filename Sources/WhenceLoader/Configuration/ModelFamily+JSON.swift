extension ModelFamily {
    /// The class names that the family's heads are appended to, its own first.
    ///
    /// RoBERTa and its relatives are one architecture, and folders name one's class for another's weights.
    private var classNames: [String] {
        switch self {
        case .albert: ["Albert"]
        case .bert: ["Bert"]
        case .distilBert: ["DistilBert"]
        case .roberta: ["Roberta", "XLMRoberta", "Camembert"]
        case .xlmRoberta: ["XLMRoberta", "Roberta", "Camembert"]
        case .camembert: ["Camembert", "Roberta", "XLMRoberta"]
        case .electra: ["Electra"]
        case .debertaV2: ["DebertaV2"]
        case .gpt2: ["GPT2"]
        case .bert4Rec: ["Bert4Rec"]
        case .sasRec: ["SasRec"]
        }
    }

    /// The endings of the class names that Whence knows, and the head that each stands for.
    private var heads: [(suffix: String, head: ModelHead)] {
        let classifier = [(suffix: "ForSequenceClassification", head: ModelHead.sequenceClassification)]
        return switch self {
        // A second head, for sentence order or multiple choice, is left unread.
        case .albert, .bert:
            classifier + [
                ("ForMaskedLM", .maskedLanguageModel), ("ForPreTraining", .maskedLanguageModel),
                ("Model", .encoder),
            ] + (self == .bert ? [("LMHeadModel", .causalLanguageModel)] : [])
        case .gpt2:
            classifier + [
                ("LMHeadModel", .causalLanguageModel), ("DoubleHeadsModel", .causalLanguageModel),
                ("Model", .encoder),
            ]
        // ELECTRA's pre-training tells replaced tokens from others, which is a head of its own.
        case .electra:
            classifier + [
                ("ForMaskedLM", .maskedLanguageModel), ("ForPreTraining", .encoder),
                ("ForCausalLM", .causalLanguageModel), ("Model", .encoder),
            ]
        case .roberta, .xlmRoberta, .camembert:
            classifier + [
                ("ForMaskedLM", .maskedLanguageModel), ("ForCausalLM", .causalLanguageModel),
                ("Model", .encoder),
            ]
        case .distilBert, .debertaV2:
            classifier + [("ForMaskedLM", .maskedLanguageModel), ("Model", .encoder)]
        // Their configuration names no class.
        case .bert4Rec, .sasRec: []
        }
    }

    /// What follows one of the family's class names in an architecture's: `ForSequenceClassification`, `Model`, …
    private func suffix(of architecture: String, _ className: String) -> Substring? {
        let name = architecture.hasPrefix("TF") ? architecture.dropFirst(2) : architecture[...]
        guard name.hasPrefix(className) else { return nil }
        let suffix = name.dropFirst(className.count)
        return suffix.hasPrefix("For") || suffix.hasSuffix("Model") ? suffix : nil
    }

    /// The family that `model_type` names; else that of the architectures; else that of the weights.
    init(
        _ json: JSONObject, architectures: [String], weightKeys: some Collection<String>
    ) throws(LoaderError) {
        let known = ModelFamily.allCases.map(\.rawValue)
        if let type = try json.optionalString("model_type") {
            guard let family = ModelFamily(rawValue: type) else {
                throw .unsupported(path: json.path, found: "model_type \(quoted(type))", known: known)
            }
            self = family
            return
        }
        if let preset = try? json.optionalString("class_name") {
            throw .unsupported(path: json.path, found: "the Keras preset \(quoted(preset))", known: known)
        }
        if let family = ModelFamily.allCases.first(where: { family in
            architectures.contains { family.suffix(of: $0, family.classNames[0]) != nil }
        }) {
            self = family
            return
        }
        if let architecture = architectures.first {
            throw .unsupported(path: json.path, found: "architecture \(quoted(architecture))", known: known)
        }
        guard let family = ModelFamily(weightKeys: weightKeys) else {
            throw json.invalid(
                "model_type", expected: "one of \(known.joined(separator: ", "))", found: "nothing",
                hint: "Neither architectures nor the weights' names tell the family; add the field.")
        }
        self = family
    }

    /// The family that the keys of some weights belong to; RoBERTa for all that share its architecture.
    init?(weightKeys: some Collection<String>) {
        guard
            let family = ModelFamily.allCases.first(where: { family in
                weightKeys.contains { $0.hasPrefix(family.weightPrefix) }
            })
        else { return nil }
        self = family
    }

    /// The head of the first architecture; without one, the head that the weights hold.
    func head(
        path: String, architectures: [String], weightKeys: some Collection<String>
    ) throws(LoaderError) -> ModelHead {
        guard let architecture = architectures.first else { return head(weightKeys: weightKeys) }
        for className in classNames {
            guard let suffix = suffix(of: architecture, className) else { continue }
            if let known = heads.first(where: { $0.suffix == suffix }) { return known.head }
        }
        throw .unsupported(
            path: path, found: "architecture \(quoted(architecture))",
            known: heads.map { classNames[0] + $0.suffix })
    }

    private func head(weightKeys: some Collection<String>) -> ModelHead {
        let classifiers = ["classifier/kernel", "classifier/out_proj/kernel", "score/kernel"]
        if weightKeys.contains(where: classifiers.contains) { return .sequenceClassification }
        let languageModel =
            switch self {
            case .albert: "predictions/"
            case .bert: "mlm___cls/"
            case .distilBert: "vocab_transform/"
            case .roberta, .xlmRoberta, .camembert: "lm_head/"
            case .electra: "generator_predictions/"
            case .debertaV2: "cls/predictions/"
            // Its language model has no weights beside the word embedding.
            case .gpt2: "transformer/"
            case .bert4Rec, .sasRec: weightPrefix
            }
        guard weightKeys.contains(where: { $0.hasPrefix(languageModel) }) else { return .encoder }
        return isCausal ? .causalLanguageModel : .maskedLanguageModel
    }
}
