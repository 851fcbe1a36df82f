extension ModelConfiguration {
    /// Reads the `config.json` of a recommender in Whence's own layout, which `Training/export/README.md` describes.
    ///
    /// What the weights cannot tell has to be said; what they can tell has a default and is compared with them.
    /// - Throws: `invalid` for a field that is missing, of the wrong type or out of range, and for choices that do not
    ///   go together; `unsupported` for an activation that Whence does not know.
    init(recommender json: JSONObject, _ family: ModelFamily) throws(LoaderError) {
        let (width, depth) = (1...1_000_000, 1...10_000)
        let vocabularySize = try json.requiredInteger("vocab_size", in: 2...100_000_000)
        let hiddenSize = try json.requiredInteger("hidden_size", in: width)
        let headCount = try json.requiredInteger("num_attention_heads", in: depth)
        guard hiddenSize.isMultiple(of: headCount) else {
            throw json.invalid(
                "num_attention_heads", expected: "a divisor of hidden_size (\(hiddenSize))",
                found: "\(headCount)"
            )
        }
        let layerCount = try json.requiredInteger("num_hidden_layers", in: depth)
        let epsilon = try json.requiredEpsilon("layer_norm_eps")
        let activation = try Activation(json, field: "hidden_act", default: json.string("hidden_act"))
        // A mask needs a place beside the item before it.
        let fewest = family == .bert4Rec ? 2 : 1
        let tokens = 0...(vocabularySize - 1)
        let padTokenID = try json.integer("pad_token_id", in: tokens)
        let options = try RecommenderOptions(
            json, hiddenSize: hiddenSize, epsilon: epsilon, padTokenID: padTokenID,
            maskTokenID: try json.integer("mask_token_id", in: tokens))
        self.init(
            family: family, head: family == .sasRec ? .causalLanguageModel : .maskedLanguageModel,
            vocabularySize: vocabularySize, embeddingSize: hiddenSize, hiddenSize: hiddenSize,
            intermediateSize: try json.requiredInteger("intermediate_size", in: width),
            layerCount: layerCount, groupCount: layerCount, innerLayerCount: 1, headCount: headCount,
            positionCount: try json.requiredInteger("max_length", in: fewest...1_000_000), tokenTypeCount: 0,
            activation: activation, layerNormEpsilon: epsilon,
            headActivation: try Activation(json, field: "output_act", default: activation.rawValue),
            headLayerNormEpsilon: try json.epsilon("output_norm_eps") ?? epsilon, labels: [],
            padTokenID: padTokenID)
        recommender = options
    }
}

extension RecommenderOptions {
    fileprivate init(
        _ json: JSONObject, hiddenSize: Int, epsilon: Float, padTokenID: Int?, maskTokenID: Int?
    ) throws(LoaderError) {
        let padding = try json.requiredChoice("padding", of: PaddingSide.self)
        let positions = try json.choice("position_embedding", of: PositionTableKind.self) ?? .learned
        if let padTokenID, padTokenID == maskTokenID {
            throw json.invalid(
                "mask_token_id", expected: "another token than padding's", found: "\(padTokenID)")
        }
        self.init(
            embeddingScale: try Self.scale(json, hiddenSize: hiddenSize), padding: padding,
            paddingStates: try Self.paddingStates(json, padding, padTokenID: padTokenID),
            positionOffset: positions == .none ? nil : try json.integer("position_offset", in: 0...1) ?? 0,
            hasEmbeddingNorm: try json.boolean("embedding_norm") ?? false,
            block: try json.requiredChoice("block", of: BlockStyle.self),
            hasFinalNorm: try json.boolean("final_norm") ?? false,
            finalNormEpsilon: try json.epsilon("final_norm_eps") ?? epsilon,
            layerNorm: try json.choice("layer_norm", of: LayerNormKind.self) ?? .standard,
            outputTable: try json.choice("output_table", of: OutputTable.self) ?? .tied,
            hasOutputBias: try json.boolean("output_bias") ?? false,
            hasOutputTransform: try json.boolean("output_transform") ?? false, maskTokenID: maskTokenID)
    }

    /// What padding is for the other tokens; without padding there is nothing to say.
    private static func paddingStates(
        _ json: JSONObject, _ padding: PaddingSide, padTokenID: Int?
    ) throws(LoaderError) -> PaddingStates {
        let name = "padding_states"
        let states =
            padding == .none
            ? try json.choice(name, of: PaddingStates.self) ?? .ignored
            : try json.requiredChoice(name, of: PaddingStates.self)
        if padding == .none, states != .ignored {
            throw json.invalid(
                name, expected: "\"ignored\", as padding is \"none\"", found: quoted(states.rawValue))
        }
        if states != .ignored, padTokenID == nil {
            throw json.invalid(
                "pad_token_id", expected: "the token of padding, as other tokens attend to it",
                found: "nothing")
        }
        return states
    }

    /// A number, or `sqrt_hidden` for the square root of the width.
    private static func scale(_ json: JSONObject, hiddenSize: Int) throws(LoaderError) -> Float {
        let expected = "a number above 0, or \"sqrt_hidden\""
        let scale: Float
        switch json["embedding_scale"] {
        case .string("sqrt_hidden"): return Float(hiddenSize).squareRoot()
        case .integer(let number): scale = Float(number)
        case .number(let number): scale = Float(number)
        case let other:
            throw json.invalid("embedding_scale", expected: expected, found: other?.summary ?? "nothing")
        }
        guard scale.isFinite, scale > 0 else {
            throw json.invalid("embedding_scale", expected: expected, found: "\(scale)")
        }
        return scale
    }
}

/// Whether there is a table of positions.
private enum PositionTableKind: String, CaseIterable {
    case learned, none
}

extension JSONObject {
    /// What a layer norm adds before it divides; `nil` if it is absent.
    fileprivate func epsilon(_ name: String) throws(LoaderError) -> Float? {
        guard let value = try number(name) else { return nil }
        guard value > 0, value < 1 else {
            throw invalid(name, expected: "a number between 0 and 1", found: "\(value)")
        }
        return Float(value)
    }

    fileprivate func requiredEpsilon(_ name: String) throws(LoaderError) -> Float {
        guard let value = try epsilon(name) else {
            throw invalid(name, expected: "a number between 0 and 1", found: "nothing")
        }
        return value
    }
}
