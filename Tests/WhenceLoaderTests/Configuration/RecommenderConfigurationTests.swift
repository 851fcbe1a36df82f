import Foundation
import Testing
import WhenceLoader
import WhenceTestSupport

@Suite("Configurations of recommenders")
struct RecommenderConfigurationTests {
    /// The fields that have to be said.
    private static let required: [String: String] = [
        "model_type": #""sasrec""#, "vocab_size": "25", "hidden_size": "8", "intermediate_size": "12",
        "num_hidden_layers": "2", "num_attention_heads": "2", "max_length": "6", "hidden_act": #""relu""#,
        "layer_norm_eps": "1e-8", "block": #""post_norm""#, "padding": #""left""#,
        "padding_states": #""ignored""#, "embedding_scale": "1",
    ]

    private static func configuration(_ changes: [String: String?]) throws -> ModelConfiguration {
        let fields = required.merging(changes.compactMapValues { $0 }) { $1 }
            .filter { changes[$0.key] != .some(nil) }
        let text = fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        let folder = try TemporaryFolder()
        try Data("{\(text.joined(separator: ","))}".utf8).write(to: folder / "config.json")
        return try ModelConfiguration(readingFrom: (folder / "config.json").path, weightKeys: [])
    }

    @Test("What is not said has the documented default")
    func defaults() throws {
        let configuration = try Self.configuration([:])
        #expect(configuration.head == .causalLanguageModel)
        #expect(configuration.isCausal)
        #expect(configuration.maximumTokenCount == 6)
        #expect(configuration.historyLimit == 6)
        let options = try #require(configuration.recommender)
        #expect(options.positionOffset == 0)
        #expect(!options.hasEmbeddingNorm && !options.hasFinalNorm)
        #expect(!options.hasOutputBias && !options.hasOutputTransform)
        #expect((options.layerNorm, options.outputTable) == (.standard, .tied))
        #expect(options.finalNormEpsilon == 1e-8)
        #expect((options.maskTokenID, configuration.padTokenID) == (nil, nil))
        #expect(configuration.headActivation == .relu)
    }

    @Test("What is said is read")
    func choices() throws {
        let configuration = try Self.configuration([
            "model_type": #""bert4rec""#, "embedding_scale": #""sqrt_hidden""#,
            "padding_states": #""zeroed""#,
            "pad_token_id": "0", "mask_token_id": "24", "position_embedding": #""none""#,
            "final_norm": "true", "final_norm_eps": "0.5", "layer_norm": #""sample_deviation""#,
            "output_table": #""own""#, "output_bias": "true", "output_transform": "true",
            "output_act": #""tanh""#, "output_norm_eps": "0.25", "block": #""query_norm""#,
            "embedding_norm": "true", "hidden_act": #""gelu_new""#,
        ])
        #expect((configuration.head, configuration.historyLimit) == (.maskedLanguageModel, 5))
        #expect((configuration.activation, configuration.headActivation) == (.geluNew, .tanh))
        #expect(configuration.headLayerNormEpsilon == 0.25)
        #expect(
            configuration.recommender
                == RecommenderOptions(
                    embeddingScale: Float(8).squareRoot(), padding: .left, paddingStates: .zeroed,
                    positionOffset: nil, hasEmbeddingNorm: true, block: .queryNorm, hasFinalNorm: true,
                    finalNormEpsilon: 0.5, layerNorm: .sampleDeviation, outputTable: .own,
                    hasOutputBias: true, hasOutputTransform: true, maskTokenID: 24))
    }

    @Test("What the weights do not tell has to be said", arguments: required.keys.sorted())
    func missing(field: String) throws {
        // Without its type it is no recommender.
        guard field != "model_type" else { return }
        let error = #expect(throws: LoaderError.self) { try Self.configuration([field: nil]) }
        guard case .invalid(_, field, _, "nothing", _) = error else {
            Issue.record("\(field): \(String(describing: error))")
            return
        }
    }

    @Test(
        "A wrong value is refused, and the error says what may stand there",
        arguments: [
            ("padding", #""both""#, "expected one of left, right, none, found \"both\""),
            ("padding_states", #""masked""#, "expected one of ignored, attended, zeroed"),
            ("padding_states", #""attended""#, "pad_token_id: expected the token of padding"),
            ("padding", "1", "expected a text, found 1"),
            ("block", #""pre""#, "expected one of post_norm, pre_norm, query_norm, found \"pre\""),
            ("embedding_scale", #""sqrt""#, "expected a number above 0, or \"sqrt_hidden\""),
            ("embedding_scale", "0", "expected a number above 0"),
            ("embedding_scale", "1e300", "expected a number above 0"),
            ("position_embedding", #""sinusoid""#, "expected one of learned, none"),
            ("position_offset", "2", "expected a whole number from 0 to 1"),
            ("layer_norm", #""rms""#, "expected one of standard, sample_deviation"),
            ("output_table", "true", "expected a text"),
            ("output_bias", "1", "expected true or false"),
            ("hidden_act", #""glu""#, "hidden_act \"glu\" is not supported"),
            ("layer_norm_eps", "0", "expected a number between 0 and 1"),
            ("num_attention_heads", "3", "expected a divisor of hidden_size (8)"),
            ("max_length", "0", "expected a whole number from 1"),
            ("vocab_size", "-1", "expected a whole number from 2"),
            ("pad_token_id", "25", "expected a whole number from 0 to 24"),
        ])
    func wrongValues(field: String, value: String, text: String) throws {
        let error = #expect(throws: LoaderError.self) { try Self.configuration([field: value]) }
        #expect(error?.description.contains(text) == true, "\(String(describing: error))")
    }

    @Test("Choices that do not go together are refused")
    func contradictions() throws {
        for (changes, text) in [
            (
                ["padding": #""none""#, "padding_states": #""zeroed""#],
                "padding_states: expected \"ignored\""
            ),
            (["pad_token_id": "3", "mask_token_id": "3"], "mask_token_id: expected another token"),
            (
                ["model_type": #""bert4rec""#, "max_length": "1"],
                "max_length: expected a whole number from 2"
            ),
        ] {
            let error = #expect(throws: LoaderError.self) { try Self.configuration(changes) }
            #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        }
        #expect(try Self.configuration(["padding": #""none""#, "padding_states": nil]).recommender != nil)
    }
}
