extension DisentangledAttention {
    /// Reads the fields of `config.json` that only DeBERTa has.
    ///
    /// - Throws: `unsupported` for a term or a grouped convolution that Whence does not know; `invalid` for a field
    ///   of the wrong type or a size out of range.
    init(_ json: JSONObject, headSize: Int, positionCount: Int) throws(LoaderError) {
        let sizes = -1...1_000_000
        if let size = try json.integer("attention_head_size", in: sizes), size != headSize {
            throw json.invalid(
                "attention_head_size", expected: "hidden_size / num_attention_heads (\(headSize))",
                found: "\(size)")
        }
        let isRelative = try json.boolean("relative_attention") ?? false
        self.init(
            terms: try Self.terms(json),
            positions: isRelative ? try RelativePositions(json, positionCount: positionCount) : nil,
            hasAbsolutePositions: try json.boolean("position_biased_input") ?? true,
            convolution: try Self.convolution(json))
    }

    /// `pos_att_type`: a list, or its texts with bars between them.
    private static func terms(_ json: JSONObject) throws(LoaderError) -> [Term] {
        var names: [String] = []
        if case .string(let text) = json["pos_att_type"] {
            names = text.split(separator: "|").map(String.init)
        } else {
            names = try json.strings("pos_att_type") ?? []
        }
        var terms: [Term] = []
        for name in names.map({ $0.filter { $0 != " " }.lowercased() }) {
            guard let term = Term(rawValue: name) else {
                throw .unsupported(
                    path: json.path, found: "pos_att_type \(quoted(name))", known: ["c2p", "p2c"])
            }
            if !terms.contains(term) { terms.append(term) }
        }
        return terms
    }

    private static func convolution(_ json: JSONObject) throws(LoaderError) -> Convolution? {
        guard let size = try json.integer("conv_kernel_size", in: -1...1_001), size > 0 else { return nil }
        guard !size.isMultiple(of: 2) else {
            throw json.invalid("conv_kernel_size", expected: "an odd number", found: "\(size)")
        }
        if let groups = try json.integer("conv_groups", in: 1...1_000_000), groups != 1 {
            throw .unsupported(path: json.path, found: "conv_groups \(groups)", known: ["1"])
        }
        return Convolution(
            kernelSize: size, activation: try Activation(json, field: "conv_act", default: "tanh"))
    }
}

extension RelativePositions {
    fileprivate init(_ json: JSONObject, positionCount: Int) throws(LoaderError) {
        let sizes = -1...1_000_000
        let stated = try json.integer("max_relative_positions", in: sizes) ?? -1
        let maximumDistance = stated < 1 ? positionCount : stated
        let buckets = try json.integer("position_buckets", in: sizes) ?? -1
        // The logarithmic scale runs from half of the buckets to the longest distance; no input reaches it where
        // half of the buckets have room for all positions.
        let isScaleReached = positionCount - 1 > buckets / 2
        if buckets > 0, buckets < 2 || (isScaleReached && maximumDistance - 1 <= buckets / 2) {
            throw json.invalid(
                "position_buckets", expected: "2 to \(max(2, 2 * maximumDistance - 3)), or none",
                found: "\(buckets)", hint: "Distances up to \(maximumDistance) fall into these buckets.")
        }
        let norms = try json.optionalString("norm_rel_ebd") ?? "none"
        self.init(
            maximumDistance: maximumDistance, bucketCount: buckets > 0 ? buckets : nil,
            projection: try json.boolean("share_att_key") ?? false ? .shared : .separate,
            isNormalized: norms.lowercased().split(separator: "|").contains {
                $0.filter { $0 != " " } == "layer_norm"
            })
    }
}
