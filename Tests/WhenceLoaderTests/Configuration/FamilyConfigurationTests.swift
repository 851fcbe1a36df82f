import Foundation
import Testing

@testable import WhenceLoader

@Suite("config.json of every family")
struct FamilyConfigurationTests {
    /// What a class assumes: vocabulary, embedding, hidden, feed-forward, layers, heads, positions, types.
    static let defaults: [(family: ModelFamily, sizes: [Int], activation: Activation, epsilon: Float)] = [
        (.albert, [30_000, 128, 4_096, 16_384, 12, 64, 512, 2], .geluNew, 1e-12),
        (.bert, [30_522, 768, 768, 3_072, 12, 12, 512, 2], .gelu, 1e-12),
        (.distilBert, [30_522, 768, 768, 3_072, 6, 12, 512, 0], .gelu, 1e-12),
        (.roberta, [50_265, 768, 768, 3_072, 12, 12, 512, 2], .gelu, 1e-12),
        (.xlmRoberta, [30_522, 768, 768, 3_072, 12, 12, 512, 2], .gelu, 1e-12),
        (.camembert, [30_522, 768, 768, 3_072, 12, 12, 512, 2], .gelu, 1e-12),
        (.electra, [30_522, 128, 256, 1_024, 12, 4, 512, 2], .gelu, 1e-12),
        (.debertaV2, [128_100, 1_536, 1_536, 6_144, 24, 24, 512, 0], .gelu, 1e-7),
        (.gpt2, [50_257, 768, 768, 3_072, 12, 12, 1_024, 0], .geluNew, 1e-5),
    ]

    @Test("What a file leaves out takes the class's defaults", arguments: defaults)
    func leftOut(family: ModelFamily, sizes: [Int], activation: Activation, epsilon: Float) throws {
        let found = try readConfiguration(#"{"model_type": "\#(family.rawValue)"}"#)
        #expect(found.family == family)
        #expect(
            [
                found.vocabularySize, found.embeddingSize, found.hiddenSize, found.intermediateSize,
                found.layerCount, found.headCount, found.positionCount, found.tokenTypeCount,
            ] == sizes)
        #expect(found.activation == activation)
        #expect(found.layerNormEpsilon == epsilon)
        #expect(Self.defaults.count == ModelFamily.allCases.count { !$0.isRecommender })
    }

    @Test("DistilBERT and GPT-2 have names of their own for sizes")
    func names() throws {
        let distilBert = try readConfiguration(
            #"{"model_type": "distilbert", "dim": 48, "hidden_dim": 96, "n_heads": 4, "n_layers": 3, "#
                + #""max_position_embeddings": 40, "activation": "relu", "layer_norm_eps": 0.5}"#)
        #expect(distilBert.hiddenSize == 48)
        #expect(distilBert.intermediateSize == 96)
        #expect(distilBert.headCount == 4)
        #expect(distilBert.layerCount == 3)
        #expect(distilBert.activation == .relu)
        // Its class has one epsilon only.
        #expect(distilBert.layerNormEpsilon == 1e-12)
        let gpt2 = try readConfiguration(
            #"{"model_type": "gpt2", "n_embd": 32, "n_inner": null, "n_head": 4, "n_layer": 3, "n_positions": 40, "#
                + #""activation_function": "silu", "layer_norm_epsilon": 1e-3, "intermediate_size": 7}"#)
        #expect(gpt2.hiddenSize == 32)
        #expect(gpt2.intermediateSize == 128)
        #expect(gpt2.positionCount == 40)
        #expect(gpt2.activation == .silu)
        #expect(gpt2.layerNormEpsilon == 1e-3)
        #expect(gpt2.padTokenID == nil)
        #expect(gpt2.disentangledAttention == nil)
    }

    // transformers 4.48.3, `GPT2Config.from_dict` and `DistilBertConfig.from_dict`.
    @Test("Names that other families have go before DistilBERT's and GPT-2's own, as in the library")
    func generalNames() throws {
        let distilBert = try readConfiguration(
            #"{"model_type": "distilbert", "dim": 48, "hidden_size": 96, "n_heads": 12, "num_attention_heads": 8, "#
                + #""num_hidden_layers": 3, "hidden_act": "relu", "intermediate_size": 5}"#)
        #expect(distilBert.hiddenSize == 96)
        #expect(distilBert.headCount == 8)
        #expect(distilBert.layerCount == 3)
        #expect(distilBert.intermediateSize == 3_072)
        #expect(distilBert.activation == .gelu)
        let gpt2 = try readConfiguration(
            #"{"model_type": "gpt2", "hidden_size": 24, "n_embd": 32, "num_attention_heads": 6, "n_layer": 3, "#
                + #""num_hidden_layers": null, "max_position_embeddings": 9, "n_positions": 8}"#)
        #expect(gpt2.hiddenSize == 24)
        #expect(gpt2.headCount == 6)
        #expect(gpt2.layerCount == 3)
        #expect(gpt2.positionCount == 9)
    }

    @Test(
        "The problem says what logits choose; one alone is an amount",
        arguments: [
            (#""x": 0"#, LabelChoice.one), (#""problem_type": null, "num_labels": 1"#, .amount),
            (#""problem_type": "single_label_classification""#, .one),
            (#""problem_type": "multi_label_classification""#, .each),
            (#""problem_type": "regression", "num_labels": 3"#, .amount),
        ])
    func problems(fields: String, choice: LabelChoice) throws {
        let architecture = #""architectures": ["BertForSequenceClassification"]"#
        #expect(try readConfiguration("{\(architecture), \(fields)}").labelChoice == choice)
    }

    @Test("RoBERTa's positions leave two rows of the table out, BERT's none")
    func positions() throws {
        let roberta = try readConfiguration(
            #"{"model_type": "roberta", "max_position_embeddings": 514, "pad_token_id": 7}"#)
        #expect(roberta.paddingPosition == 1)
        #expect(roberta.maximumTokenCount == 512)
        #expect(try readConfiguration(#"{"model_type": "bert"}"#).maximumTokenCount == 512)
    }

    @Test(
        "Activation between the two layers of a head",
        arguments: [
            ("Bert", "ForSequenceClassification", Activation.tanh), ("Bert", "ForMaskedLM", .relu),
            ("DistilBert", "ForSequenceClassification", .relu),
            ("Roberta", "ForSequenceClassification", .tanh), ("Roberta", "ForMaskedLM", .gelu),
            ("Electra", "ForSequenceClassification", .gelu), ("Electra", "ForMaskedLM", .gelu),
            ("DebertaV2", "ForSequenceClassification", .silu), ("DebertaV2", "ForMaskedLM", .relu),
        ])
    func headActivation(name: String, suffix: String, expected: Activation) throws {
        let configuration = try readConfiguration(
            #"{"architectures": ["\#(name)\#(suffix)"], "hidden_act": "relu", "activation": "gelu_new", "#
                + #""pooler_hidden_act": "silu"}"#)
        #expect(configuration.headActivation == expected)
    }

    @Test(
        "Architectures name family and head",
        arguments: [
            ("DistilBertForMaskedLM", ModelFamily.distilBert, ModelHead.maskedLanguageModel),
            ("RobertaForSequenceClassification", .roberta, .sequenceClassification),
            ("XLMRobertaModel", .xlmRoberta, .encoder),
            ("CamembertForMaskedLM", .camembert, .maskedLanguageModel),
            ("ElectraForPreTraining", .electra, .encoder),
            ("TFDebertaV2ForMaskedLM", .debertaV2, .maskedLanguageModel),
            ("GPT2LMHeadModel", .gpt2, .causalLanguageModel), ("GPT2Model", .gpt2, .encoder),
            ("GPT2DoubleHeadsModel", .gpt2, .causalLanguageModel),
            ("GPT2ForSequenceClassification", .gpt2, .sequenceClassification),
        ])
    func architectures(name: String, family: ModelFamily, head: ModelHead) throws {
        let configuration = try readConfiguration(#"{"architectures": ["\#(name)"]}"#)
        #expect(configuration.family == family)
        #expect(configuration.head == head)
    }

    @Test("RoBERTa's relatives may name one another's classes")
    func relatives() throws {
        let configuration = try readConfiguration(
            #"{"model_type": "camembert", "architectures": ["RobertaForSequenceClassification"]}"#)
        #expect(configuration.family == .camembert)
        #expect(configuration.head == .sequenceClassification)
    }

    @Test(
        "Family and head come from the weights where the file is silent",
        arguments: [
            (
                ["roberta/embeddings/x", "classifier/out_proj/kernel"], ModelFamily.roberta,
                ModelHead.sequenceClassification
            ),
            (["distilbert/embeddings/x", "vocab_transform/bias"], .distilBert, .maskedLanguageModel),
            (["electra/embeddings/x", "generator_predictions/dense/bias"], .electra, .maskedLanguageModel),
            (["deberta/embeddings/x", "cls/predictions/bias"], .debertaV2, .maskedLanguageModel),
            (["roberta/embeddings/x", "lm_head/bias"], .roberta, .maskedLanguageModel),
            (["transformer/h_._0/ln_1/beta", "score/kernel"], .gpt2, .sequenceClassification),
            (["transformer/h_._0/ln_1/beta"], .gpt2, .causalLanguageModel),
            (["deberta/embeddings/x"], .debertaV2, .encoder),
        ])
    func fromWeights(keys: [String], family: ModelFamily, head: ModelHead) throws {
        let configuration = try readConfiguration("{}", weightKeys: keys)
        #expect(configuration.family == family)
        #expect(configuration.head == head)
    }

    @Test(
        "A field that is wrong is named with what was expected and found",
        arguments: [
            ("distilbert", #""n_heads": 7"#, "n_heads: expected a divisor of dim (768), found 7"),
            ("gpt2", #""n_head": 5"#, "n_head: expected a divisor of n_embd (768), found 5"),
            ("gpt2", #""n_positions": 0"#, "n_positions: expected a whole number from 1 to 1000000, found 0"),
            (
                "roberta", #""max_position_embeddings": 2"#,
                "max_position_embeddings: expected a whole number from 3 to 1000000, found 2"
            ),
            ("roberta", #""type_vocab_size": 0"#, "type_vocab_size: expected a whole number from 1"),
            ("deberta-v2", #""type_vocab_size": -1"#, "type_vocab_size: expected a whole number from 0"),
            (
                "deberta-v2", #""attention_head_size": 32"#,
                "attention_head_size: expected hidden_size / num_attention_heads (64), found 32"
            ),
            ("deberta-v2", #""conv_kernel_size": 4"#, "conv_kernel_size: expected an odd number, found 4"),
            (
                "deberta-v2", #""relative_attention": true, "position_buckets": 1"#,
                "position_buckets: expected 2 to 1021, or none, found 1"
            ),
            (
                "deberta-v2",
                #""relative_attention": true, "position_buckets": 20, "max_relative_positions": 11"#,
                "position_buckets: expected 2 to 19, or none, found 20"
            ),
            (
                "electra", #""position_embedding_type": "rotary""#,
                "position_embedding_type: expected one of absolute, relative_key, relative_key_query"
            ),
            ("deberta-v2", #""relative_attention": 1"#, "relative_attention: expected true or false"),
            ("deberta-v2", #""pos_att_type": [3]"#, "pos_att_type: expected a list of texts"),
            ("gpt2", #""layer_norm_epsilon": 0"#, "layer_norm_epsilon: expected a number between 0 and 1"),
        ])
    func wrongField(type: String, field: String, message: String) throws {
        let error = #expect(throws: LoaderError.self) {
            try readConfiguration(#"{"model_type": "\#(type)", \#(field)}"#)
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test("What a variant does otherwise, and families whose classes do not know its field")
    func variants() throws {
        let bert = try readConfiguration(
            #"{"model_type": "bert", "position_embedding_type": "relative_key_query", "pruned_heads": {}}"#)
        #expect(bert.positionEmbedding == .relativeKeyQuery)
        #expect(!bert.hasPositionTable)
        let decoder = try readConfiguration(
            #"{"architectures": ["RobertaForCausalLM"], "is_decoder": true, "tie_word_embeddings": false}"#)
        #expect(decoder.isCausal)
        #expect((decoder.head, decoder.outputTable) == (.causalLanguageModel, .own))
        let distilBert = try readConfiguration(
            #"{"model_type": "distilbert", "position_embedding_type": "relative_key", "is_decoder": true, "#
                + #""tie_word_embeddings": false}"#)
        #expect(distilBert.positionEmbedding == .absolute)
        #expect(!distilBert.isCausal)
        // Without a head there is no decoder.
        #expect(distilBert.outputTable == .tied)
        let deberta = try readConfiguration(
            #"{"architectures": ["DebertaV2ForMaskedLM"], "tie_word_embeddings": false, "legacy": false}"#)
        #expect(deberta.outputTable == .tied)
    }

    @Test(
        "GPT-2's divisors of scores",
        arguments: [
            ("", ScoreDivisor.headSize, 8), (#", "scale_attn_weights": false"#, .none, 1),
            (#", "scale_attn_by_inverse_layer_idx": true"#, .headSizeAndLayer, 24),
            (#", "scale_attn_weights": false, "scale_attn_by_inverse_layer_idx": true"#, .layer, 3),
        ] as [(String, ScoreDivisor, Float)])
    func divisors(fields: String, expected: ScoreDivisor, third: Float) throws {
        let gpt2 = try readConfiguration(#"{"model_type": "gpt2"\#(fields)}"#)
        #expect(gpt2.scoreDivisor == expected)
        #expect(expected.value(headSize: 64, layer: 2) == third)
    }

    @Test("TensorFlow's classes do not know PyTorch's variants")
    func tensorFlow() throws {
        let json = try JSONObject(
            Array(#"{"architectures": ["BertForMaskedLM"]}"#.utf8), path: "config.json")
        var configuration = try readConfiguration(
            #"{"architectures": ["BertForMaskedLM"], "position_embedding_type": "relative_key", "#
                + #""tie_word_embeddings": false}"#)
        try configuration.adapt(to: .pyTorch, json)
        #expect((configuration.positionEmbedding, configuration.outputTable) == (.relativeKey, .own))
        try configuration.adapt(to: .tensorFlow, json)
        #expect((configuration.positionEmbedding, configuration.outputTable) == (.absolute, .tied))
    }

    @Test("Every activation under every name that transformers has for it", arguments: Activation.allCases)
    func activations(activation: Activation) throws {
        let names =
            [activation.rawValue] + Activation.aliases.filter { $0.activation == activation }.map(\.name)
        for name in names {
            #expect(
                try readConfiguration(#"{"model_type": "bert", "hidden_act": "\#(name)"}"#).activation
                    == activation)
        }
    }

    @Test(
        "What Whence does not implement is refused with what it does",
        arguments: [
            (
                "deberta-v2", #""pos_att_type": "c2p|p2p""#,
                #"pos_att_type "p2p" is not supported. Whence reads: c2p, p2c."#
            ),
            ("deberta-v2", #""conv_kernel_size": 3, "conv_groups": 2"#, "conv_groups 2 is not supported"),
            (
                "deberta-v2", #""conv_kernel_size": 3, "conv_act": "glu""#,
                #"conv_act "glu" is not supported"#
            ),
            ("gpt2", #""activation_function": "glu""#, #"activation_function "glu" is not supported"#),
            ("bert", #""pruned_heads": {"0": [1]}"#, "pruned_heads is not supported"),
            (
                "gpt2", #""architectures": ["GPT2ForTokenClassification"]"#,
                "GPT2ForSequenceClassification, GPT2LMHeadModel"
            ),
            (
                "roberta", #""position_embedding_type": "relative_key", "is_decoder": true"#,
                #"position_embedding_type "relative_key" of a decoder is not supported"#
            ),
            ("deberta", #""x": 1"#, #"model_type "deberta" is not supported"#),
        ])
    func unsupported(type: String, fields: String, message: String) throws {
        let error = #expect(throws: LoaderError.self) {
            try readConfiguration(#"{"model_type": "\#(type)", \#(fields)}"#)
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }
}

@Suite("DeBERTa's relative positions")
struct RelativePositionTests {
    @Test("The fields as a list, as a text with bars, and absent")
    func fields() throws {
        let full = try readConfiguration(
            #"{"model_type": "deberta-v2", "relative_attention": true, "pos_att_type": "p2c | C2P", "#
                + #""max_relative_positions": -1, "max_position_embeddings": 40, "position_buckets": 16, "#
                + #""share_att_key": true, "norm_rel_ebd": "none|layer_norm", "position_biased_input": false, "#
                + #""conv_kernel_size": 3}"#
        ).disentangledAttention
        #expect(
            full
                == DisentangledAttention(
                    terms: [.positionToContent, .contentToPosition],
                    positions: RelativePositions(
                        maximumDistance: 40, bucketCount: 16, projection: .shared, isNormalized: true),
                    hasAbsolutePositions: false,
                    convolution: DisentangledAttention.Convolution(kernelSize: 3, activation: .tanh)))
        let plain = try readConfiguration(#"{"model_type": "deberta-v2", "pos_att_type": ["c2p"]}"#)
            .disentangledAttention
        #expect(
            plain
                == DisentangledAttention(
                    terms: [.contentToPosition], positions: nil, hasAbsolutePositions: true, convolution: nil)
        )
    }

    @Test("Buckets that have room for all positions leave every distance as it is", arguments: [-1, 3])
    func roomyBuckets(longest: Int) throws {
        let positions = try readConfiguration(
            #"{"model_type": "deberta-v2", "relative_attention": true, "max_position_embeddings": 6, "#
                + #""position_buckets": 10, "max_relative_positions": \#(longest)}"#
        ).disentangledAttention?.positions
        #expect(positions?.bucketCount == 10)
        #expect((-5...5).map { positions?.row(ofDistance: $0) } == Array(5...15))
    }

    // What `make_log_bucket_position` of transformers 4.48.3 gives for the distances 0, 1, 2, ….
    @Test(
        "Logarithmic buckets are the library's",
        arguments: [
            (8, 24, [0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]),
            (7, 24, [0, 1, 2, 3, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]),
            (6, 40, [0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4] + Array(repeating: 5, count: 29)),
            (3, 10, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
            (
                16, 40,
                [
                    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 10, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 13,
                    14,
                    14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15,
                ]
            ),
        ])
    func buckets(count: Int, distance: Int, expected: [Int]) {
        let positions = RelativePositions(
            maximumDistance: distance, bucketCount: count, projection: .shared, isNormalized: true)
        #expect(
            expected.indices.map(positions.row(ofDistance:))
                == expected.map { min($0 + count, 2 * count - 1) })
        #expect(
            expected.indices.map { positions.row(ofDistance: -$0) } == expected.map { max(count - $0, 0) })
    }

    @Test("A row a distance without buckets, the last for all beyond")
    func rows() {
        let positions = RelativePositions(
            maximumDistance: 3, bucketCount: nil, projection: .separate, isNormalized: false)
        #expect((-5...5).map(positions.row(ofDistance:)) == [0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5])
    }

    @Test("The buckets of real models at the distances where rounding decides")
    func realModels() {
        let positions = RelativePositions(
            maximumDistance: 512, bucketCount: 256, projection: .shared, isNormalized: true)
        let distances = [100, 128, 129, 130, 200, 300, 400, 500, 511]
        #expect(
            distances.map { positions.row(ofDistance: $0) - 256 }
                == [100, 128, 129, 130, 169, 207, 233, 254, 255])
    }
}

@Suite("What a prediction is read from")
struct PredictionTargetTests {
    @Test(
        "The first token, or a causal model's last that is no padding",
        arguments: [
            ("BertForSequenceClassification", 0 as Int?, "[CLS], position 0"),
            ("CamembertForSequenceClassification", 0, "<s>, position 0"),
            ("GPT2ForSequenceClassification", 3, "the last token that is no padding"),
            ("GPT2LMHeadModel", 4, "the last token"),
            ("XLMRobertaForMaskedLM", nil, "the position of <mask>"),
            ("ElectraForMaskedLM", nil, "the position of [MASK]"),
            ("DebertaV2Model", nil, "none: the model has no head"),
        ])
    func position(architecture: String, expected: Int?, description: String) throws {
        let configuration = try readConfiguration(
            #"{"architectures": ["\#(architecture)"], "pad_token_id": 1}"#)
        #expect(configuration.readPosition(in: [5, 6, 1, 7, 1]) == expected)
        #expect(configuration.targetDescription == description)
        #expect(configuration.isCausal == architecture.hasPrefix("GPT2"))
    }

    @Test("A causal classifier reads the last token of all where all are padding, or none is")
    func padding() throws {
        let padded = try readConfiguration(
            #"{"architectures": ["GPT2ForSequenceClassification"], "pad_token_id": 0}"#)
        #expect(padded.readPosition(in: [0, 0]) == 1)
        let bare = try readConfiguration(#"{"architectures": ["GPT2ForSequenceClassification"]}"#)
        #expect(bare.readPosition(in: [0, 0, 0]) == 2)
    }
}
