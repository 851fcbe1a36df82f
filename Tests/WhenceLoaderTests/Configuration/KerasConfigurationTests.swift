import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceLoader

private func configuration(_ backbone: String, task: String? = nil) throws -> ModelConfiguration {
    func json(_ text: String, _ name: String) throws -> JSONObject {
        try JSONObject(Array(text.utf8), path: name)
    }
    return try ModelConfiguration(
        keras: json(backbone, "config.json"), task: task.map { try json($0, "task.json") })
}

private func backbone(_ name: String, _ more: String = "") -> String {
    #"{"class_name": "\#(name)Backbone", "config": {"vocabulary_size": 40, "num_layers": 4, "num_heads": 2, "#
        + #""hidden_dim": 8, "intermediate_dim": 12, "max_sequence_length": 24\#(more)}}"#
}

private func task(_ name: String, _ options: String = "") -> String {
    #"{"class_name": "\#(name)", "config": {"name": "task"\#(options)}}"#
}

@Suite("Configurations of Keras presets")
struct KerasConfigurationTests {
    @Test("Constants of the library, which no file holds")
    func constants() throws {
        let bert = try configuration(
            backbone("Bert", #", "num_segments": 3"#),
            task: task("BertTextClassifier", #", "num_classes": 3"#))
        #expect(bert.activation == .geluNew)
        #expect(bert.layerNormEpsilon == 1e-12)
        #expect(bert.tokenTypeCount == 3)
        #expect(bert.labels == ["LABEL_0", "LABEL_1", "LABEL_2"])
        #expect(bert.headActivation == .tanh)
        let roberta = try configuration(
            backbone("XLMRoberta"),
            task: task("XLMRobertaClassifier", #", "num_classes": 2, "hidden_dim": 5, "activation": null"#))
        #expect(roberta.family == .xlmRoberta)
        #expect(roberta.paddingPosition == nil)
        #expect(roberta.maximumTokenCount == 24)
        #expect(roberta.tokenTypeCount == 0)
        #expect(roberta.layerNormEpsilon == 1e-5)
        #expect(roberta.pooledSize == 5)
        #expect(roberta.padTokenID == 1)
        #expect(roberta.outputActivation == .none)
        let deberta = try configuration(backbone("DebertaV3"), task: task("DebertaV3MaskedLM"))
        #expect(deberta.disentangledAttention?.positions?.bucketCount == 256)
        #expect(deberta.disentangledAttention?.positions?.maximumDistance == 24)
        // Distances beyond half of the buckets do not occur: the scale of the others is not asked for.
        #expect(deberta.disentangledAttention?.positions?.row(ofDistance: -23) == 233)
        #expect(deberta.head == .maskedLanguageModel)
        #expect(deberta.headLayerNormEpsilon == 1e-5)
        let albert = try configuration(
            backbone("Albert", #", "embedding_dim": 6, "num_groups": 2"#), task: task("AlbertMaskedLM"))
        #expect((albert.embeddingSize, albert.groupCount, albert.innerLayerCount) == (6, 2, 1))
        #expect(albert.headActivation == .geluNew)
        #expect(try configuration(backbone("DistilBert")).head == .encoder)
    }

    @Test(
        "What a task applies to its sums",
        arguments: [
            ("null", 3, OutputActivation.none, nil as OutputFunction?, 3),
            (#""softmax""#, 3, .softmax, nil, 3),
            (#""log_softmax""#, 3, .softmax, nil, 3), (#""sigmoid""#, 3, .sigmoid, nil, 3),
            (#""sigmoid""#, 1, .sigmoidOfSecond, nil, 1), (#""hard_silu""#, 2, .none, .hardSilu, 2),
            (#"{"class_name": "Softmax", "config": {"axis": -1}}"#, 2, .softmax, nil, 2),
        ])
    func output(
        name: String, classes: Int, activation: OutputActivation, function: OutputFunction?, logitCount: Int
    ) throws {
        let options = #", "activation": \#(name), "num_classes": \#(classes)"#
        let found = try configuration(backbone("Bert"), task: task("BertTextClassifier", options))
        #expect((found.outputActivation, found.outputFunction) == (activation, function))
        #expect(found.logitCount == logitCount)
        #expect(found.labels.count == max(classes, 2))
        let kernel = found.expectedTensors.first { $0.name == "classifier/kernel" }
        #expect(kernel?.shape.last == logitCount)
    }

    static let wrong: [(backbone: String, task: String?, reason: String)] = [
        (backbone("Gemma"), nil, "the Keras preset \"GemmaBackbone\" is not supported"),
        (backbone("Bert"), task("BertQuestionAnswerer"), "the Keras task \"BertQuestionAnswerer\""),
        (backbone("Bert"), task("AlbertTextClassifier"), "the Keras task \"AlbertTextClassifier\""),
        (
            backbone("Bert"), task("BertTextClassifier", #", "activation": "glu""#),
            "the activation \"glu\" of the task"
        ),
        (
            backbone("Bert"),
            task("BertTextClassifier", #", "activation": {"class_name": "LeakyReLU", "config": {}}"#),
            "the activation \"LeakyReLU\" of the task"
        ),
        (
            backbone("Bert"), task("BertTextClassifier", #", "num_classes": 0"#),
            "config.num_classes: expected a whole number from 1"
        ),
        (backbone("Albert"), nil, "config.embedding_dim: expected a whole number, found nothing"),
        (
            backbone("Albert", #", "embedding_dim": 6, "num_groups": 3"#), nil,
            "config.num_groups: expected a divisor of num_layers (4), found 3"
        ),
        (
            backbone("Albert", #", "embedding_dim": 6, "num_groups": 2, "num_inner_repetitions": 9999"#), nil,
            "config.num_inner_repetitions: expected at most 10000 layers"
        ),
        (backbone("DebertaV3", #", "bucket_size": 1"#), nil, "config.bucket_size: expected"),
        (
            #"{"class_name": "BertBackbone", "config": {"hidden_dim": 9, "num_heads": 2}}"#, nil,
            "config.num_heads: expected a divisor of hidden_dim (9), found 2"
        ),
    ]

    @Test("What cannot be read is named by file and field", arguments: wrong)
    func refused(backbone: String, task: String?, reason: String) {
        let error = #expect(throws: LoaderError.self) { try configuration(backbone, task: task) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }
}
