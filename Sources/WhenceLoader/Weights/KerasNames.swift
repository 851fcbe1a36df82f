/// How the places in a Keras file lead to the keys that weights are asked for by.
///
/// Keras numbers the layers of one class in the order of the model (`transformer_encoder`, `transformer_encoder_1`, …,
/// which the file lists in alphabetical order) and the variables of a layer from 0. A task's file holds its head,
/// and below the backbone's name the backbone's layers once more.
struct KerasNames {
    private let configuration: ModelConfiguration
    private let modules: KerasModules

    /// Whether a dataset stands where Keras puts a layer's variable.
    static func isPlace(_ name: String) -> Bool {
        let steps = name.split(separator: "/")
        return steps.count > 3 && isLayers(steps[0]) && steps[steps.count - 2] == "vars"
    }

    /// The name of the group of layers; the second is that of 2023's releases.
    private static func isLayers(_ step: Substring) -> Bool {
        step == "layers" || step == "_layer_checkpoint_dependencies"
    }

    /// The weights by their places, without the optimizer's; a backbone that stands in two files once.
    static func weightsByPlace(_ tensors: [StoredTensor]) -> [String: Weight] {
        var weights: [String: Weight] = [:]
        for tensor in tensors where isPlace(tensor.name) {
            weights[String(tensor.name.drop { $0 == "/" })] = Weight(tensor)
        }
        return weights
    }

    /// The family that the backbone in a task's file is named for; `nil` for a backbone's own file.
    static func family(_ tensors: [StoredTensor]) -> ModelFamily? {
        let names: [Substring: ModelFamily] = [
            "albert_backbone": .albert, "bert_backbone": .bert, "deberta_v3_backbone": .debertaV2,
            "distil_bert_backbone": .distilBert, "roberta_backbone": .roberta,
            "xlm_roberta_backbone": .xlmRoberta,
        ]
        return tensors.lazy.compactMap { tensor in
            backbonePath(tensor.name).flatMap { _ in names[tensor.name.split(separator: "/")[1]] }
        }.first
    }

    /// The weights by key.
    ///
    /// - Throws: `invalid` if two tensors have the same key, but for the two copies of a backbone.
    static func weights(
        of tensors: [StoredTensor], _ configuration: ModelConfiguration
    ) throws(LoaderError) -> [String: Weight] {
        let names = KerasNames(
            configuration: configuration, modules: KerasModules(configuration.family))
        var weights: [String: Weight] = [:]
        var copies: [String: Weight] = [:]
        for tensor in tensors where isPlace(tensor.name) {
            let inTask = InputFile.name(of: tensor.file) == "task.weights.h5"
            let steps = tensor.name.split(separator: "/")
            let copy = backbonePath(tensor.name)
            let key: String
            if let path = copy ?? (inTask ? nil : Array(steps.dropFirst())) {
                key = names.backboneKey(path) ?? path.joined(separator: "/")
            } else {
                key = names.headKey(Array(steps.dropFirst())) ?? steps.joined(separator: "/")
            }
            let weight = names.weight(tensor, steps)
            if copy == nil { try weights.add(weight, as: key) } else { try copies.add(weight, as: key) }
        }
        // Where the backbone is in both files, its own is taken, as the library does.
        return weights.merging(copies) { own, _ in own }
    }

    /// The steps below the backbone's `layers` in a task's file; `nil` elsewhere.
    private static func backbonePath(_ name: String) -> [Substring]? {
        let steps = name.split(separator: "/")
        guard steps.count > 4, isLayers(steps[0]), steps[1].hasSuffix("_backbone"), isLayers(steps[2])
        else { return nil }
        return Array(steps.dropFirst(3))
    }

    /// `dense_12` as `dense` and 12, `dense` as `dense` and 0.
    static func numbered(_ step: Substring) -> (name: Substring, number: Int) {
        guard let bar = step.lastIndex(of: "_"), let number = Int(step[step.index(after: bar)...]), number > 0
        else { return (step, 0) }
        return (step[..<bar], number)
    }

    private func weight(_ tensor: StoredTensor, _ steps: [Substring]) -> Weight {
        guard steps.contains("_self_attention_layer"), let layer = steps.dropLast(2).last else {
            return Weight(tensor)
        }
        return Weight(joiningHeadsOf: tensor, isOutput: layer.hasSuffix("output_dense"))
    }

    /// The key of a variable of the backbone, whose path is `<layer>/…/vars/<n>`.
    private func backboneKey(_ path: [Substring]) -> String? {
        guard let variable = path.last, path.count > 2 else { return nil }
        let (layer, number) = Self.numbered(path[0])
        let inner = path.dropFirst().dropLast(2).joined(separator: "/")
        let root = configuration.family.rootModule
        // Of what a model has once, a number says that it is another one.
        guard number == 0 || Self.numberedParts.contains(layer) else { return nil }
        switch (layer, inner) {
        case ("reversible_embedding", ""), ("token_and_position_embedding", "token_embedding"):
            return "\(root)/embeddings/word_embeddings/weight"
        case ("position_embedding", ""), ("token_and_position_embedding", "position_embedding"):
            return "\(root)/embeddings/position_embeddings/embeddings"
        case ("embedding", ""): return "\(root)/embeddings/token_type_embeddings/embeddings"
        case ("layer_normalization", ""):
            return Self.normKey("\(root)/embeddings/LayerNorm", variable)
        case ("relative_embedding", ""): return "\(root)/encoder/rel_embeddings.weight"
        case ("relative_embedding", "layer_norm"): return Self.normKey("\(root)/encoder/LayerNorm", variable)
        case ("dense", ""):
            guard modules.backboneDense.indices.contains(number) else { return nil }
            return Self.denseKey(modules.backboneDense[number], variable)
        case ("transformer_encoder", _), ("disentangled_attention_encoder", _):
            return layerKey(number, inner, variable)
        default: return nil
        }
    }

    private static let numberedParts: Set<Substring> = [
        "dense", "transformer_encoder", "disentangled_attention_encoder",
    ]

    private func layerKey(_ number: Int, _ inner: String, _ variable: Substring) -> String? {
        let layer = modules.layer(number, configuration.innerLayerCount)
        for (keras, own) in modules.dense where inner == keras || inner == keras.withBar {
            return Self.denseKey("\(layer)/\(own)", variable)
        }
        for (keras, own) in modules.norms where inner == keras {
            return Self.normKey("\(layer)/\(own)", variable)
        }
        return nil
    }

    /// The key of a variable of the head.
    private func headKey(_ path: [Substring]) -> String? {
        guard let variable = path.last, path.count > 2 else { return nil }
        let (layer, number) = Self.numbered(path[0])
        switch (layer, path.dropFirst().dropLast(2).joined(separator: "/")) {
        case ("dense", ""):
            guard modules.classifier.indices.contains(number) else { return nil }
            return Self.denseKey(modules.classifier[number], variable)
        case _ where number > 0: return nil
        case ("masked_lm_head", ""): return modules.decoderBias
        case ("masked_lm_head", "_intermediate_dense"): return Self.denseKey(modules.transform, variable)
        case ("masked_lm_head", "_intermediate_layer_norm"):
            return Self.normKey(modules.transformNorm, variable)
        default: return nil
        }
    }

    private static func denseKey(_ module: String, _ variable: Substring) -> String {
        "\(module)/\(variable == "0" ? "kernel" : variable == "1" ? "bias" : String(variable))"
    }

    private static func normKey(_ module: String, _ variable: Substring) -> String {
        "\(module)/\(variable == "0" ? "gamma" : variable == "1" ? "beta" : String(variable))"
    }
}

extension String {
    /// Keras 3.0 and DeBERTa's layer begin the names of attention's parts with a bar.
    fileprivate var withBar: String {
        let start = "_self_attention_layer/"
        return hasPrefix(start) ? start + "_" + dropFirst(start.count) : self
    }
}
