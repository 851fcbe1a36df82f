/// How the places in a Keras file of a recommender lead to the keys that weights are asked for by.
///
/// Whence's exporters write `layers/recommender_block_1/attention/query_dense/vars/0`; models made of KerasHub's layers
/// have their names, and a subclass of `keras.Model` writes its attributes' names, or below `layers` its layers'
/// classes. A part is known by the first step of its path that names one.
enum RecommenderNames {
    /// The weights by key: those that are a recommender's below `recommender/`, others by their place.
    ///
    /// An optimizer's state and the random numbers' of dropout are left out.
    /// - Throws: `invalid` if two tensors have the same key.
    static func weights(
        of tensors: [StoredTensor], _ configuration: ModelConfiguration
    ) throws(LoaderError) -> [String: Weight] {
        var weights: [String: Weight] = [:]
        for tensor in tensors {
            let steps = tensor.name.split(separator: "/")
            guard steps.count > 2, steps[steps.count - 2] == "vars", steps[0] != "optimizer",
                !steps.contains("seed_generator")
            else { continue }
            let key = key(steps, configuration.recommender).map { "recommender/\($0)" }
            try weights.add(weight(tensor, steps), as: key ?? steps.joined(separator: "/"))
        }
        return weights
    }

    private static let numberedParts: Set<Substring> = [
        "layer_normalization", "recommender_block", "transformer_decoder", "transformer_encoder",
    ]

    private static func key(_ steps: [Substring], _ options: RecommenderOptions?) -> String? {
        let variable = steps[steps.count - 1]
        let path = steps.dropLast(2)
        for (index, step) in zip(path.indices, path) {
            let (name, number) = KerasNames.numbered(step)
            let inner = path[(index + 1)...].joined(separator: "/")
            // Of what a model has once, a number says that it is another one.
            guard number == 0 || Self.numberedParts.contains(name) else { continue }
            switch name {
            case "item_embedding", "token_embedding", "reversible_embedding":
                return variable == "1" ? "output/kernel" : variableKey("item_embedding", variable, .table)
            case "position_embedding": return variableKey("position_embedding", variable, .table)
            case "embedding_norm": return variableKey("embedding_norm", variable, .norm)
            case "final_norm", "layer_norm": return variableKey("final_norm", variable, .norm)
            case "layer_normalization":
                let norms = (options?.hasEmbeddingNorm == true ? ["embedding_norm"] : []) + ["final_norm"]
                guard norms.indices.contains(number) else { continue }
                return variableKey(norms[number], variable, .norm)
            case "recommender_block", "transformer_decoder", "transformer_encoder":
                return blockKey(inner, variable).map { "block/\(number)/\($0)" }
            case "output_transform":
                return variableKey("output_transform/\(inner)", variable, inner == "norm" ? .norm : .dense)
            case "output_kernel": return "output/kernel"
            case "output_bias": return "output/bias"
            default: continue
            }
        }
        return nil
    }

    /// The key below a block; the second names are KerasHub's.
    private static func blockKey(_ inner: String, _ variable: Substring) -> String? {
        switch inner {
        case "attention_norm", "_self_attention_layer_norm":
            return variableKey("attention_norm", variable, .norm)
        case "feed_forward_norm", "_feedforward_layer_norm":
            return variableKey("feed_forward_norm", variable, .norm)
        case "intermediate_dense", "_feedforward_intermediate_dense":
            return variableKey("intermediate_dense", variable, .dense)
        case "output_dense", "_feedforward_output_dense": return variableKey("output_dense", variable, .dense)
        default:
            let steps = inner.split(separator: "/")
            guard steps.count == 2, ["attention", "_self_attention_layer"].contains(steps[0]) else {
                return nil
            }
            // Keras 3.0 begins the names of attention's parts with a bar.
            return variableKey("attention/\(steps[1].drop { $0 == "_" })", variable, .dense)
        }
    }

    private enum Kind { case table, dense, norm }

    private static func variableKey(_ module: String, _ variable: Substring, _ kind: Kind) -> String {
        let name: String? =
            switch (kind, variable) {
            case (.table, "0"): "embeddings"
            case (.dense, "0"): "kernel"
            case (.dense, "1"): "bias"
            case (.norm, "0"): "gamma"
            case (.norm, "1"): "beta"
            default: nil
            }
        return "\(module)/\(name ?? String(variable))"
    }

    private static func weight(_ tensor: StoredTensor, _ steps: [Substring]) -> Weight {
        guard let module = steps.dropLast(2).last, steps.count > 3,
            ["attention", "_self_attention_layer"].contains(steps[steps.count - 4])
        else { return Weight(tensor) }
        return Weight(joiningHeadsOf: tensor, isOutput: module.hasSuffix("output_dense"))
    }
}
