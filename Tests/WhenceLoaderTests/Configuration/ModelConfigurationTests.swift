import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceLoader

/// What a `config.json` of that content says.
func readConfiguration(_ json: String, weightKeys: [String] = []) throws -> ModelConfiguration {
    let folder = try TemporaryFolder()
    let url = folder / "config.json"
    try Data(json.utf8).write(to: url)
    return try ModelConfiguration(readingFrom: url.path, weightKeys: weightKeys)
}

@Suite("config.json")
struct ModelConfigurationTests {
    @Test("Everything that a file states is taken")
    func stated() throws {
        let configuration = try modelFolder("tf_albert_groups_seqcls").configuration
        #expect(
            configuration
                == ModelConfiguration(
                    family: .albert, head: .sequenceClassification, vocabularySize: 604, embeddingSize: 16,
                    hiddenSize: 64, intermediateSize: 128, layerCount: 4, groupCount: 2, innerLayerCount: 2,
                    headCount: 4, positionCount: 40, tokenTypeCount: 2, activation: .geluNew,
                    layerNormEpsilon: 1e-12, labels: ["negative", "positive", "neutral"], padTokenID: 0))
    }

    @Test("What BERT's file leaves out takes the class's defaults")
    func bertDefaults() throws {
        #expect(
            try readConfiguration(#"{"model_type": "bert"}"#)
                == ModelConfiguration(
                    family: .bert, head: .encoder, vocabularySize: 30_522, embeddingSize: 768,
                    hiddenSize: 768,
                    intermediateSize: 3_072, layerCount: 12, groupCount: 12, innerLayerCount: 1,
                    headCount: 12,
                    positionCount: 512, tokenTypeCount: 2, activation: .gelu, layerNormEpsilon: 1e-12,
                    labels: [], padTokenID: 0))
    }

    @Test("What ALBERT's file leaves out takes the class's defaults")
    func albertDefaults() throws {
        let configuration = try readConfiguration(#"{"architectures": ["AlbertForSequenceClassification"]}"#)
        #expect(configuration.family == .albert)
        #expect(configuration.activation == .geluNew)
        #expect(configuration.embeddingSize == 128)
        #expect(configuration.groupCount == 1)
        #expect(configuration.labels == ["LABEL_0", "LABEL_1"])
    }

    @Test(
        "Family and head come from the weights where the file is silent",
        arguments: [
            (
                ["bert/pooler/dense/kernel", "classifier/kernel"], ModelFamily.bert,
                ModelHead.sequenceClassification
            ),
            (["albert/pooler/kernel", "predictions/bias"], .albert, .maskedLanguageModel),
            (["bert/embeddings/LayerNorm/beta", "mlm___cls/predictions/bias"], .bert, .maskedLanguageModel),
            (["albert/pooler/kernel"], .albert, .encoder),
        ])
    func fromWeights(keys: [String], family: ModelFamily, head: ModelHead) throws {
        let configuration = try readConfiguration("{}", weightKeys: keys)
        #expect(configuration.family == family)
        #expect(configuration.head == head)
    }

    @Test(
        "Architectures name the head, with and without TensorFlow's prefix",
        arguments: [
            ("BertForSequenceClassification", ModelHead.sequenceClassification),
            ("TFBertForMaskedLM", .maskedLanguageModel), ("BertForPreTraining", .maskedLanguageModel),
            ("BertModel", .encoder),
        ])
    func heads(architecture: String, head: ModelHead) throws {
        #expect(
            try readConfiguration(#"{"model_type": "bert", "architectures": ["\#(architecture)"]}"#).head
                == head)
    }

    @Test("Labels are in the order of their numbers, not of the file", arguments: [1, 3, 12])
    func labels(count: Int) throws {
        let map = (0..<count).reversed().map { #""\#($0)": "name \#($0)""# }.joined(separator: ",")
        let configuration = try readConfiguration(
            #"{"architectures": ["BertForSequenceClassification"], "id2label": {\#(map)}}"#)
        #expect(configuration.labels == (0..<count).map { "name \($0)" })
    }

    @Test("Labels may be numbers, which are their names")
    func numbers() throws {
        let configuration = try readConfiguration(
            #"{"architectures": ["BertForSequenceClassification"], "id2label": {"0": 1, "1": -2, "2": 0.5}}"#)
        #expect(configuration.labels == ["1", "-2", "0.5"])
    }

    @Test(
        "JSON is read strictly, and an error says where it is none",
        arguments: [
            (#"{"a": 1,}"#, "found no name at byte 8"),
            (#"{"a": NaN}"#, "found NaN, which is no JSON value at byte 6"),
            (#"{"a": -Infinity}"#, "found -Infinity, which is no JSON value at byte 6"),
            (#"{"a": 01}"#, "at byte 6"), (#"{"a": 1.}"#, "at byte 6"), (#"{"a": +1}"#, "at byte 6"),
            (#"{"a": .5}"#, "at byte 6"), (#"{"a": 1e}"#, "at byte 6"), ("{} x", "at byte 3"),
        ])
    func strictness(content: String, message: String) throws {
        let error = #expect(throws: LoaderError.self) { try readConfiguration(content) }
        #expect(error?.description.contains("config.json: content: expected JSON") == true)
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
        #expect(error?.description.contains("..") == false)
    }

    @Test("A file longer than any configuration is refused")
    func length() throws {
        let error = #expect(throws: LoaderError.self) {
            try readConfiguration("{\"a\": [0" + String(repeating: ",0", count: 1 << 21) + "]}")
        }
        #expect(error?.description.contains("length: expected at most 4194304 bytes") == true)
    }

    @Test(
        "A field that is wrong is named with what was expected and found",
        arguments: [
            (
                #""hidden_size": "768""#,
                #"hidden_size: expected a whole number from 1 to 1000000, found "768""#
            ),
            (#""hidden_size": 0"#, "found 0"),
            (#""hidden_size": -768"#, "found -768"),
            (#""hidden_size": 768.5"#, "found 768.5"),
            (#""hidden_size": true"#, "found true"),
            (#""hidden_size": 4000000000"#, "found 4000000000"),
            (#""hidden_size": 1e300"#, "hidden_size"),
            (
                #""num_hidden_layers": [12]"#,
                "num_hidden_layers: expected a whole number from 1 to 10000, found a list of 1"
            ),
            (
                #""num_attention_heads": 7"#,
                "num_attention_heads: expected a divisor of hidden_size (768), found 7"
            ),
            (#""layer_norm_eps": 0"#, "layer_norm_eps"), (#""layer_norm_eps": "tiny""#, "found \"tiny\""),
            (#""pad_token_id": 40000"#, "pad_token_id: expected a whole number from 0 to 30521"),
            (#""id2label": {"0": "a", "2": "b"}"#, "id2label: expected the labels 0 to 1, found no label 1"),
            (#""id2label": {"0": [5]}"#, "id2label.0: expected a text, found a list of 1"),
            (#""id2label": {}"#, "id2label: expected 1 to 100000 labels, found 0"),
            (#""id2label": ["a"]"#, "id2label: expected an object, found a list of 1"),
            (#""hidden_act": 3"#, "hidden_act: expected a text, found 3"),
            (#""is_decoder": "no""#, "is_decoder: expected true or false"),
        ])
    func wrongField(field: String, message: String) throws {
        let error = #expect(throws: LoaderError.self) {
            try readConfiguration(
                #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"], \#(field)}"#)
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
        guard case .invalid = error else {
            Issue.record("not an error of content: \(String(describing: error))")
            return
        }
    }

    @Test(
        "What Whence does not implement is refused with what it does",
        arguments: [
            (#""model_type": "t5""#, #"model_type "t5" is not supported. Whence reads: albert, bert, "#),
            (
                #""architectures": ["T5ForConditionalGeneration"]"#,
                #"architecture "T5ForConditionalGeneration" is not supported"#
            ),
            (#""class_name": "AlbertBackbone""#, #"the Keras preset "AlbertBackbone" is not supported"#),
            (
                #""model_type": "bert", "architectures": ["BertForTokenClassification"]"#,
                "Whence reads: BertForSequenceClassification, BertForMaskedLM, BertForPreTraining, BertModel, BertLMHeadModel."
            ),
            (
                #""model_type": "bert", "hidden_act": "glu""#,
                #"hidden_act "glu" is not supported"#
            ),
        ])
    func unsupported(fields: String, message: String) throws {
        let error = #expect(throws: LoaderError.self) { try readConfiguration("{\(fields)}") }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test(
        "What is no JSON object is refused", arguments: ["", "{", "[]", "nonsense", "{\"a\": NaN}", "\u{0}"])
    func notJSON(content: String) throws {
        let error = #expect(throws: LoaderError.self) { try readConfiguration(content) }
        #expect(error?.description.contains("config.json: content: expected") == true)
    }

    @Test("Deep nesting is an error, not an overflow of the stack")
    func deepNesting() throws {
        let depth = 100_000
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(throws: LoaderError.self) { try readConfiguration(#"{"a": \#(nested)}"#) }
    }

    @Test("Numbers are whole however they are written, and the last of two fields of a name counts")
    func wholeNumbers() throws {
        let configuration = try readConfiguration(
            #"{"model_type": "bert", "vocab_size": 70, "vocab_size": 8e1, "hidden_size": 24.0}"#)
        #expect(configuration.vocabularySize == 80)
        #expect(configuration.hiddenSize == 24)
        for value in ["24.5", "9007199254740993", "1e30", "-0.5"] {
            let error = #expect(throws: LoaderError.self) {
                try readConfiguration(#"{"model_type": "bert", "hidden_size": \#(value)}"#)
            }
            #expect(error?.description.contains("hidden_size: expected a whole number from 1") == true)
        }
    }

    @Test("What is no JSON is named by the byte where it ends to be it")
    func places() throws {
        for (content, place) in [
            ("{\"a\": NaN}", "NaN, which is no JSON value at byte 6"), ("{", "no name at byte 1"),
            (String(repeating: "{\"a\":", count: 65), "more than 64 levels of nesting at byte 320"),
        ] {
            let error = #expect(throws: LoaderError.self) { try readConfiguration(content) }
            #expect(error?.description.contains("expected JSON, found \(place)") == true)
        }
    }

    @Test("A field whose name is long is shown cut")
    func longName() throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "w", count: 50_000)
        try Data(#"{"weight_map": {"\#(name)": "../a"}}"#.utf8).write(
            to: folder / "model.safetensors.index.json")
        let error = #expect(throws: LoaderError.self) { try WeightFiles(in: folder.url.path) }
        let text = try #require(error).description
        #expect(text.contains("weight_map.\"www") && text.contains("\"../a\"") && text.utf8.count < 1_000)
    }
}
