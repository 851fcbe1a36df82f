/// How the names in a PyTorch file lead to the keys that weights are asked for by.
///
/// `bert.encoder.layer.0.attention.self.query.weight` `[out, in]` is `bert/encoder/layer_._0/attention/self/query/kernel`
/// `[in, out]`: modules are the same, their parts are called otherwise, and dense layers are transposed.
struct PyTorchNames {
    private let family: ModelFamily?
    /// The first step of the keys of the family's layers.
    private let root: String
    /// Whether the file is of a model without head, whose names lack the root.
    private let isBare: Bool
    /// What stands before the names of all the family's weights: the modules that a program had put around the model.
    private let wrapper: String

    /// The weights by key.
    ///
    /// - Parameters:
    ///   - family: the model's; told from the names where it is not known.
    ///   - outputTable: whether a decoder that is stored is the word embedding once more.
    static func weights(
        of tensors: [StoredTensor], family: ModelFamily?, outputTable: RecommenderOptions.OutputTable = .tied
    ) -> [String: Weight] {
        let names = PyTorchNames(tensors, family: family)
        var weights: [String: Weight] = [:]
        for tensor in tensors {
            guard let (key, weight) = names.weight(tensor), weights[key] == nil else { continue }
            weights[key] = weight
        }
        names.foldTwins(in: &weights, outputTable)
        return weights
    }

    private init(_ tensors: [StoredTensor], family: ModelFamily?) {
        let wrapper = Self.wrapper(of: tensors, family: family)
        let names = tensors.lazy.filter { $0.name.hasPrefix(wrapper) }
            .map { String($0.name.dropFirst(wrapper.count)) }
        let family = family ?? ModelFamily(pyTorchNames: names)
        self.family = family
        let root = family?.rootModule ?? ""
        self.root = root
        self.wrapper = wrapper
        isBare = family != nil && !names.contains { $0.hasPrefix("\(root).") }
    }

    /// Fields that PyTorch's classes for several devices and for compiled models, and those of Lightning's users, keep
    /// a model in. No family has a module of such a name.
    private static let wrappers = ["model.", "module.", "_orig_mod."]

    /// The wrapper of all names that are the family's; none where they have several.
    private static func wrapper(of tensors: [StoredTensor], family: ModelFamily?) -> String {
        var found: String?
        for tensor in tensors {
            var rest = tensor.name[...]
            while let step = wrappers.first(where: rest.hasPrefix) { rest = rest.dropFirst(step.count) }
            let first = String(rest.prefix { $0 != "." })
            let isOwn =
                ModelFamily(pyTorchNames: [String(rest)]) != nil
                || family.map { first == $0.rootModule || $0.isBaseModule(first) } == true
            guard isOwn else { continue }
            let wrapper = String(tensor.name.dropLast(rest.count))
            guard found == nil || found == wrapper else { return "" }
            found = wrapper
        }
        return found ?? ""
    }

    /// Key and arrangement of one tensor; `nil` for a constant that is no weight.
    private func weight(_ tensor: StoredTensor) -> (String, Weight)? {
        // What lies beside the model belongs to the program that trained it, and may have a weight's name.
        guard tensor.name.hasPrefix(wrapper) else { return (tensor.name, Weight(tensor)) }
        let name = tensor.name.dropFirst(wrapper.count)
        var steps: [String] = []
        for part in name.split(separator: ".", omittingEmptySubsequences: false) {
            if let last = steps.last, !part.isEmpty, part.allSatisfy({ $0.isASCII && $0.isNumber }) {
                steps[steps.count - 1] = "\(last)_._\(part)"
            } else {
                steps.append(String(part))
            }
        }
        guard steps.count > 1, let part = steps.popLast() else { return (String(name), Weight(tensor)) }
        if isConstant(part, of: steps) { return nil }
        if isBare, let first = steps.first, family?.isBaseModule(first) == true {
            steps.insert(root, at: 0)
        }
        let module = renamed(steps.joined(separator: "/"))
        let own = steps.last ?? ""
        let isNorm = own.lowercased().contains("norm") || own.hasPrefix("ln_")
        let isConvolution = family == .gpt2 && ["c_attn", "c_proj", "c_fc", "q_attn"].contains(own)
        switch part {
        case "weight" where isNorm: return ("\(module)/gamma", Weight(tensor))
        case "bias" where isNorm: return ("\(module)/beta", Weight(tensor))
        case "weight" where own == "rel_embeddings": return ("\(module).weight", Weight(tensor))
        case "weight" where isConvolution || own.hasSuffix("_embeddings") || ["wte", "wpe"].contains(own):
            return ("\(module)/weight", Weight(tensor))
        // Tables, as the word embedding is.
        case "weight" where module == family?.decoder || own == "distance_embedding":
            return ("\(module)/weight", Weight(tensor))
        case "weight": return ("\(module)/kernel", Weight(reversing: tensor))
        case "bias" where isConvolution && tensor.shape.count == 1:
            return ("\(module)/bias", Weight(tensor, shape: [1] + tensor.shape))
        default: return ("\(module)/\(part)", Weight(tensor))
        }
    }

    /// Tables that a module keeps beside its weights: numbers of positions, and GPT-2's triangle of ones.
    private func isConstant(_ part: String, of module: [String]) -> Bool {
        ["position_ids", "token_type_ids", "masked_bias"].contains(part)
            || (family == .gpt2 && part == "bias" && module.last == "attn")
    }

    /// The module by the name that TensorFlow's classes give it.
    private func renamed(_ module: String) -> String {
        switch family {
        case .bert:
            return module.replacingStart("cls/predictions", "mlm___cls/predictions")
                .replacingStart("cls/seq_relationship", "nsp___cls/seq_relationship")
        case .debertaV2:
            if module.hasSuffix("/pos_key_proj") { return module.dropLast(8) + "proj" }
            if module.hasSuffix("/pos_query_proj") { return module.dropLast(10) + "q_proj" }
            // The head of the family's authors, which is the other under other names.
            return module.replacingStart("lm_predictions/lm_head/", "cls/predictions/transform/")
                .replacingStart("lm_predictions/lm_head", "cls/predictions")
        default: return module
        }
    }

    /// Drops the second names of weights that two modules share, and takes them where the first one is not there, as
    /// the library does when it ties modules.
    private func foldTwins(in weights: inout [String: Weight], _ outputTable: RecommenderOptions.OutputTable)
    {
        guard let family else { return }
        for (key, twin) in (outputTable == .tied ? [family.decoderTwin] : []) + family.biasTwins {
            guard let second = weights.removeValue(forKey: twin), weights[key] == nil else { continue }
            weights[key] = second
        }
    }
}

extension String {
    fileprivate func replacingStart(_ start: String, _ replacement: String) -> String {
        hasPrefix(start) ? replacement + dropFirst(start.count) : self
    }
}
