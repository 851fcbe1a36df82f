import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

private func stored(_ name: String, _ shape: [Int], file: String = "model.weights.h5") -> StoredTensor {
    StoredTensor(
        file: file, name: name, shape: shape, elementType: .float32, byteCount: 4 * shape.reduce(1, *))
}

@Suite("Names of PyTorch and Keras")
struct ForeignNamesTests {
    /// Folders, and how many weights in each no head of Whence reads: poolers.
    static let folders: [(name: String, family: ModelFamily, format: WeightFormat, unusedCount: Int)] = [
        ("keras_albert_kerasnlp07", .albert, .keras, 2), ("keras_albert_softmax", .albert, .keras, 0),
        ("keras_bert_float16", .bert, .keras, 0), ("keras_debertav3_bfloat16", .debertaV2, .keras, 0),
        ("keras_distilbert", .distilBert, .keras, 0), ("keras_roberta_mlm", .roberta, .keras, 0),
        ("keras_xlmr_sharded", .xlmRoberta, .keras, 0),
        ("safetensors_bert_mlm_bfloat16", .bert, .pyTorch, 0),
        ("safetensors_debertav2", .debertaV2, .pyTorch, 0),
        ("safetensors_electra_bare_sharded", .electra, .pyTorch, 0),
        ("safetensors_gpt2_float16", .gpt2, .pyTorch, 0),
    ]

    @Test("What a configuration calls for is all that a real folder holds", arguments: folders)
    func everyTensor(name: String, family: ModelFamily, format: WeightFormat, unusedCount: Int) throws {
        let folder = try modelFolder(name)
        #expect(folder.configuration.family == family)
        #expect(folder.weights.format == format)
        let checkpoint = try folder.checkpoint()
        for expected in folder.configuration.expectedTensors {
            #expect(try checkpoint.tensor(expected.name, shape: expected.shape).shape == expected.shape)
        }
        #expect(checkpoint.unread.count == unusedCount, "\(checkpoint.unread)")
        let inspection = Inspection(of: folder)
        #expect(inspection.missing == [])
        #expect(inspection.mismatched == [])
        #expect(inspection.unused == checkpoint.unread)
    }

    @Test("An error names a weight as the file does, and then by its key")
    func names() throws {
        let checkpoint = try modelFolder("safetensors_bert_mlm_bfloat16").checkpoint()
        let key = "bert/encoder/layer_._0/attention/self/query/kernel"
        let error = #expect(throws: LoaderError.self) { try checkpoint.matrix(key, 7, 5) }
        #expect(
            error?.description.contains("bert.encoder.layer.0.attention.self.query.weight (\(key))") == true,
            "\(error?.description ?? "no error")")
    }

    @Test(
        "Axes are reversed as the shapes say", arguments: [[3, 5], [70, 33], [2, 3, 4], [1, 1], [4], []])
    func reversed(shape: [Int]) throws {
        let tensor = Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map(Float.init))
        let weight = Weight(reversing: stored("w", shape))
        let result = try tensor.arranged(as: weight)
        #expect(result.shape == Array(shape.reversed()))
        for index in 0..<tensor.count {
            // The index along each axis, and the element where these are in the opposite order.
            var (rest, from) = (index, 0)
            for extent in shape {
                from = from * extent + rest % extent
                rest /= extent
            }
            #expect(result.elements[index] == tensor.elements[from], "element \(index)")
        }
    }

    @Test("Layers of one class are numbered, not in the file's order")
    func kerasNumbers() throws {
        var configuration = try modelFolder("keras_bert_float16").configuration
        configuration.layerCount = 12
        let tensors = [0, 1, 10, 11, 2].map { number in
            stored(
                "/layers/transformer_encoder\(number == 0 ? "" : "_\(number)")/_feedforward_output_dense/vars/1",
                [number + 1])
        }
        let weights = try KerasNames.weights(of: tensors, configuration)
        for number in [0, 1, 2, 10, 11] {
            #expect(weights["bert/encoder/layer_._\(number)/output/dense/bias"]?.shape == [number + 1])
        }
    }

    @Test(
        "A backbone's own file goes before the copy in the task's, whose head is not mistaken for the pooler")
    func kerasTask() throws {
        let configuration = try modelFolder("keras_bert_float16").configuration
        let task = "task.weights.h5"
        let tensors = [
            stored("/layers/bert_backbone/layers/dense/vars/0", [8, 8], file: task),
            stored("/layers/dense/vars/0", [8, 2], file: task),
            stored("/optimizer/vars/2", [8, 2], file: task),
            stored("/layers/dense/vars/0", [8, 8]),
        ]
        for order in [tensors, tensors.reversed()] {
            let weights = try KerasNames.weights(of: order, configuration)
            #expect(weights.keys.sorted() == ["bert/pooler/dense/kernel", "classifier/kernel"])
            #expect(weights["bert/pooler/dense/kernel"]?.stored.file == "model.weights.h5")
            #expect(weights["classifier/kernel"]?.shape == [8, 2])
        }
        // What releases of 2023 called the group of layers.
        let old = stored("/_layer_checkpoint_dependencies/dense/vars/1", [8])
        #expect(try KerasNames.weights(of: [old], configuration).keys.sorted() == ["bert/pooler/dense/bias"])
    }

    @Test("Another layer of a class that a backbone has once is not taken for it")
    func kerasSecondLayer() throws {
        let configuration = try modelFolder("keras_bert_float16").configuration
        let places = ["layer_normalization", "embedding", "position_embedding", "reversible_embedding"]
        for place in places {
            let tensors = [stored("/layers/\(place)_1/vars/0", [2]), stored("/layers/\(place)/vars/0", [1])]
            for order in [tensors, tensors.reversed()] {
                let weights = try KerasNames.weights(of: order, configuration)
                #expect(weights.count == 2, "\(place)")
                #expect(weights["\(place)_1/vars/0"]?.shape == [2])
            }
        }
        let error = #expect(throws: LoaderError.self) {
            try KerasNames.weights(
                of: [
                    stored("/layers/embedding/vars/0", [2]),
                    stored("/_layer_checkpoint_dependencies/embedding/vars/0", [2]),
                ], configuration)
        }
        #expect(error?.description.contains("found also \"/layers/embedding/vars/0\"") == true)
    }

    @Test("Two tensors that could be one of a recommender's are refused with the names of both")
    func recommenderTwins() throws {
        let path = Repository.fixture("recommendation/models/recbole_sasrec").path
        let folder = try ModelFolder(at: path)
        let error = #expect(throws: LoaderError.self) {
            try RecommenderNames.weights(
                of: folder.weights.stored + [stored("/zz/item_embedding/vars/0", [26, 8])],
                folder.configuration)
        }
        let text = error?.description ?? ""
        #expect(text.contains("\"/zz/item_embedding/vars/0\""), "\(text)")
        #expect(text.contains("\"recommender/item_embedding/embeddings\""), "\(text)")
        for name in ["item_embedding_1", "layer_normalization_7", "final_norm_1"] {
            let place = "/layers/\(name)/vars/0"
            let weights = try RecommenderNames.weights(
                of: folder.weights.stored + [stored(place, [8])], folder.configuration)
            #expect(weights[String(place.dropFirst())]?.shape == [8])
        }
    }

    @Test("A variable with and without its output's number, or in two parts, is refused with both names")
    func twins() throws {
        let names = ["/bert/m/bert/pooler/dense/bias", "/bert/m/bert/pooler/dense/bias:0"]
        let error = #expect(throws: LoaderError.self) {
            try WeightNames.weights(of: names.map { stored($0, [2]) })
        }
        #expect(
            names.allSatisfy { error?.description.contains("\"\($0)\"") == true },
            "\(String(describing: error))")
        let folder = try TemporaryFolder()
        let source = Repository.fixture("models/safetensors_gpt2_float16/model/model.safetensors")
        let copies = ["a.safetensors", "b.safetensors"].map { folder / $0 }
        for copy in copies { try FileManager.default.copyItem(at: source, to: copy) }
        let split = #expect(throws: LoaderError.self) { try WeightFiles(paths: copies.map(\.path)) }
        #expect(split?.description.contains(" in \(copies[0].path)") == true, "\(String(describing: split))")
    }

    @Test("Heads are an axis of attention's kernels that is merged")
    func kerasHeads() throws {
        let configuration = try modelFolder("keras_bert_float16").configuration
        let layer = "/layers/transformer_encoder/_self_attention_layer"
        let weights = try KerasNames.weights(
            of: [
                stored("\(layer)/_query_dense/vars/0", [8, 2, 4]),
                stored("\(layer)/key_dense/vars/1", [2, 4]),
                stored("\(layer)/output_dense/vars/0", [2, 4, 8]),
                stored("\(layer)/output_dense/vars/1", [8]),
            ], configuration)
        let attention = "bert/encoder/layer_._0/attention"
        #expect(weights["\(attention)/self/query/kernel"]?.shape == [8, 8])
        #expect(weights["\(attention)/self/key/bias"]?.shape == [8])
        #expect(weights["\(attention)/output/dense/kernel"]?.shape == [8, 8])
        #expect(weights["\(attention)/output/dense/bias"]?.shape == [8])
    }

    @Test("TensorFlow's files of 2021 have that axis too, and tables of distances keep theirs")
    func tensorFlowHeads() throws {
        let layer = "/bert/m/bert/encoder/layer_._0/attention"
        let weights = try WeightNames.weights(of: [
            stored("\(layer)/self/query/kernel:0", [8, 2, 4]), stored("\(layer)/self/query/bias:0", [2, 4]),
            stored("\(layer)/self/key/kernel:0", [8, 8]), stored("\(layer)/self/key/bias:0", [8]),
            stored("\(layer)/output/dense/kernel:0", [2, 4, 8]),
            stored("\(layer)/self/distance_embedding/weight:0", [15, 4]),
            stored("/deberta/m/deberta/encoder/conv/conv/kernel:0", [3, 8, 8]),
        ])
        #expect(
            weights.mapValues(\.shape) == [
                "bert/encoder/layer_._0/attention/self/query/kernel": [8, 8],
                "bert/encoder/layer_._0/attention/self/query/bias": [8],
                "bert/encoder/layer_._0/attention/self/key/kernel": [8, 8],
                "bert/encoder/layer_._0/attention/self/key/bias": [8],
                "bert/encoder/layer_._0/attention/output/dense/kernel": [8, 8],
                "bert/encoder/layer_._0/attention/self/distance_embedding/weight": [15, 4],
                "deberta/encoder/conv/conv/kernel": [3, 8, 8],
            ])
    }

    @Test("A decoder stands in for the word embedding, and its bias for the head's, where only it was saved")
    func decoderTwins() {
        let tensors = [
            stored("cls.predictions.decoder.weight", [9, 4]), stored("cls.predictions.decoder.bias", [9]),
            stored("bert.embeddings.LayerNorm.gamma", [4]), stored("bert.embeddings.position_ids", [1, 5]),
        ]
        let weights = PyTorchNames.weights(of: tensors, family: nil)
        #expect(
            weights.keys.sorted() == [
                "bert/embeddings/LayerNorm/gamma", "bert/embeddings/word_embeddings/weight",
                "mlm___cls/predictions/bias",
            ])
        #expect(weights["bert/embeddings/word_embeddings/weight"]?.shape == [9, 4])
        let both = PyTorchNames.weights(
            of: tensors + [stored("bert.embeddings.word_embeddings.weight", [8, 4])], family: .bert)
        #expect(both["bert/embeddings/word_embeddings/weight"]?.shape == [8, 4])
        #expect(both.count == 3)
    }

    @Test("A decoder that is not tied is a weight of its own; DeBERTa's own head has the other's names")
    func ownDecoder() {
        let weights = PyTorchNames.weights(
            of: [
                stored("lm_head.decoder.weight", [9, 4]), stored("lm_head.decoder.bias", [9]),
                stored("roberta.embeddings.word_embeddings.weight", [8, 4]),
                stored("roberta.encoder.layer.0.attention.self.distance_embedding.weight", [5, 2]),
            ], family: .roberta, outputTable: .own)
        #expect(
            weights.keys.sorted() == [
                "lm_head/bias", "lm_head/decoder/weight", "roberta/embeddings/word_embeddings/weight",
                "roberta/encoder/layer_._0/attention/self/distance_embedding/weight",
            ])
        #expect(weights["lm_head/decoder/weight"]?.shape == [9, 4])
        #expect(
            weights["roberta/encoder/layer_._0/attention/self/distance_embedding/weight"]?.shape == [5, 2])
        let deberta = PyTorchNames.weights(
            of: ["dense.weight", "LayerNorm.bias", "bias"].map {
                stored("lm_predictions.lm_head.\($0)", [4])
            },
            family: .debertaV2)
        #expect(
            deberta.keys.sorted() == [
                "cls/predictions/bias", "cls/predictions/transform/LayerNorm/beta",
                "cls/predictions/transform/dense/kernel",
            ])
    }

    @Test(
        "A folder whose weights lie in a wrapper's field is the folder without it",
        arguments: [
            ("safetensors_bert_mlm_bfloat16", "model."), ("safetensors_debertav2", "module."),
            ("safetensors_electra_untied", "model.module."),
            ("safetensors_gpt2_float16", "_orig_mod.module."),
        ])
    func wrapped(name: String, wrapper: String) throws {
        let folder = try TemporaryFolder()
        let source = Repository.fixture("models/\(name)/model")
        for file in try FileManager.default.contentsOfDirectory(atPath: source.path) {
            let bytes = try Data(contentsOf: source.appending(path: file))
            let isWeights = file.hasSuffix(".safetensors")
            try (isWeights ? try SafetensorsFixture.renaming(bytes) { wrapper + $0 } : bytes).write(
                to: folder / file)
        }
        let plain = try modelFolder(name)
        let wrapped = try ModelFolder(at: folder.url.path)
        let (own, found) = (try plain.checkpoint(), try wrapped.checkpoint())
        for expected in plain.configuration.expectedTensors {
            let weights = try [found, own].map {
                try $0.tensor(expected.name, shape: expected.shape).elements
            }
            #expect(weights[0] == weights[1], "\(expected.name)")
        }
        #expect(found.unread == own.unread)
        let inspection = Inspection(of: wrapped)
        #expect(inspection.missing == [] && inspection.mismatched == [])
        #expect(
            inspection.tensors.map(\.name).sorted() == plain.weights.stored.map { wrapper + $0.name }.sorted()
        )
    }

    @Test("What lies beside a wrapped model is not taken for its weights, nor is one of two wrapped models")
    func besideWrapped() {
        let head = stored("classifier.weight", [2, 4])
        let words = "embeddings.word_embeddings.weight"
        for family in [nil, .bert] as [ModelFamily?] {
            let lone = PyTorchNames.weights(
                of: [stored("model.bert.\(words)", [9, 4]), head], family: family)
            #expect(lone.keys.sorted() == ["bert/embeddings/word_embeddings/weight", "classifier.weight"])
            let two = PyTorchNames.weights(
                of: ["model", "module"].map { stored("\($0).bert.\(words)", [9, 4]) }, family: family)
            #expect(
                two.keys.sorted()
                    == ["model", "module"].map { "\($0)/bert/embeddings/word_embeddings/weight" })
            let both = PyTorchNames.weights(
                of: [stored("model.bert.\(words)", [9, 4]), stored("bert.\(words)", [8, 4]), head],
                family: family)
            #expect(both["bert/embeddings/word_embeddings/weight"]?.shape == [8, 4])
            #expect(both["classifier/kernel"]?.shape == [4, 2])
        }
        let bare = PyTorchNames.weights(of: [stored("model.\(words)", [9, 4])], family: .bert)
        #expect(bare.keys.sorted() == ["bert/embeddings/word_embeddings/weight"])
    }

    @Test("GPT-2 as the hub has it: no root, and triangles of ones that are no weights")
    func bareGpt2() {
        let weights = PyTorchNames.weights(
            of: [
                stored("h.0.attn.bias", [1, 1, 6, 6]), stored("h.0.attn.c_attn.bias", [12]),
                stored("h.0.attn.c_attn.weight", [4, 12]), stored("h.10.ln_1.weight", [4]),
                stored("wte.weight", [9, 4]), stored("ln_f.bias", [4]),
            ], family: .gpt2)
        #expect(
            weights.keys.sorted() == [
                "transformer/h_._0/attn/c_attn/bias", "transformer/h_._0/attn/c_attn/weight",
                "transformer/h_._10/ln_1/gamma", "transformer/ln_f/beta", "transformer/wte/weight",
            ])
        #expect(weights["transformer/h_._0/attn/c_attn/bias"]?.shape == [1, 12])
        #expect(weights["transformer/h_._0/attn/c_attn/weight"]?.shape == [4, 12])
    }
}
