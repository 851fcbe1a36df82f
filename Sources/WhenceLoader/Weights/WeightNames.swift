/// How the names in a TensorFlow file lead to the keys that weights are asked for by, which are theirs.
///
/// TensorFlow's Keras stores a variable as `/<layer>/<model>/<key>:0`, where `<layer>` is the layer group that it
/// is saved under and `<model>` the instance's scope, with a counter when the process had made others before
/// (`tf_bert_for_sequence_classification_1`). A shard of a split checkpoint stores it as `/<key>:0`. The datasets'
/// own paths say which it is, so the `weight_names` attributes, which come in two encodings and are cut into
/// pieces above 64 KiB, need not be read.
enum WeightNames {
    /// The tensors by key.
    ///
    /// Layers that share a variable each store a copy of it, with the same key; the copy under the layer that
    /// the key begins with is taken, else the first.
    /// - Throws: `invalid` if one layer has two tensors of a key, with and without the output's number.
    static func weights(of tensors: [StoredTensor]) throws(LoaderError) -> [String: Weight] {
        let paths = tensors.map { $0.name.split(separator: "/") }
        let hasLayerGroups = paths.contains { $0.count > 3 && $0[0] == $0[2] }
        var weights: [String: Weight] = [:]
        var owned: Set<String> = []
        var variables: [String: StoredTensor] = [:]
        for (path, tensor) in zip(paths, tensors) {
            let isGrouped = hasLayerGroups && path.count > 2
            let key = withoutOutputNumber(path.dropFirst(isGrouped ? 2 : 0).joined(separator: "/"))
            if let twin = variables.updateValue(tensor, forKey: withoutOutputNumber(tensor.name)) {
                throw .twins(twin, tensor, key: key)
            }
            let isOwner = isGrouped && path[0] == path[2]
            if weights[key] == nil || (isOwner && !owned.contains(key)) {
                weights[key] = weight(tensor, key)
            }
            if isOwner { owned.insert(key) }
        }
        return weights
    }

    /// A tensor in the shape of today's layers.
    ///
    /// Release 4.2 of transformers wrote the heads of BERT, RoBERTa, ELECTRA and their kin as an axis of their own;
    /// later ones read its files by reshaping.
    private static func weight(_ tensor: StoredTensor, _ key: String) -> Weight {
        let hasHeads =
            key.hasSuffix("/kernel") && tensor.shape.count == 3
            || key.hasSuffix("/bias") && tensor.shape.count == 2
        let isOutput = key.contains("/attention/output/dense/")
        guard hasHeads, isOutput || key.contains("/attention/self/") else { return Weight(tensor) }
        return Weight(joiningHeadsOf: tensor, isOutput: isOutput)
    }

    /// The other name that libraries have given the same variable: tables were once `weight`, now `embeddings`,
    /// and some classes kept the one while others took the other.
    static func alias(of key: String) -> String? {
        if key.hasSuffix("/embeddings") { return key.dropLast("embeddings".count) + "weight" }
        if key.hasSuffix("/weight") { return key.dropLast("weight".count) + "embeddings" }
        return nil
    }

    /// TensorFlow appends the number of the operation's output, `:0`, to a variable's name.
    static func withoutOutputNumber(_ name: String) -> String {
        guard let colon = name.lastIndex(of: ":") else { return name }
        let number = name[name.index(after: colon)...]
        return !number.isEmpty && number.allSatisfy(\.isASCII) && number.allSatisfy(\.isNumber)
            ? String(name[..<colon]) : name
    }
}
