import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

let modelCases = [
    "tf_albert_seqcls", "tf_albert_groups_seqcls", "tf_bert_seqcls", "tf_bert_cased_seqcls",
    "tf_bert_seqcls_sharded",
]

func modelFolder(_ name: String) throws -> ModelFolder {
    try ModelFolder(at: Repository.fixture("models/\(name)/model").path)
}

@Suite("Weights by name and shape")
struct CheckpointTests {
    @Test("What a configuration calls for is all that a real folder holds", arguments: modelCases)
    func everyTensor(name: String) throws {
        let folder = try modelFolder(name)
        let checkpoint = try folder.checkpoint()
        #expect(checkpoint.unread.count == folder.weights.tensors.count)
        for expected in folder.configuration.expectedTensors {
            let tensor = try checkpoint.tensor(expected.name, shape: expected.shape)
            #expect(tensor.shape == expected.shape)
        }
        #expect(checkpoint.unread == [])
    }

    @Test("Steps, paths and both spellings of a table lead to the same weight")
    func spellings() throws {
        let checkpoint = try modelFolder("tf_bert_seqcls").checkpoint()
        let table = try checkpoint.matrix("bert/embeddings/word_embeddings/weight", 547, 64)
        let embeddings = checkpoint["bert"]["embeddings"]
        #expect(embeddings.contains("word_embeddings/embeddings"))
        #expect(!embeddings.contains("word_embeddings/kernel"))
        #expect(try embeddings.matrix("word_embeddings/embeddings", 547, 64).elements == table.elements)
        let query = checkpoint["bert/encoder/layer_._1"]["attention/self"]
        #expect(try query.vector("query/bias", 64).count == 64)
    }

    @Test("A missing weight is named in full, with the nearest that are there")
    func missing() throws {
        let layer = try modelFolder("tf_bert_seqcls").checkpoint()["bert"]["encoder"]["layer_._1"]
        let error = #expect(throws: LoaderError.self) {
            try layer.matrix("attention/self/quary/kernel", 64, 64)
        }
        let text = try #require(error).description
        #expect(text.contains("tf_model.h5: bert/encoder/layer_._1/attention/self/quary/kernel: expected"))
        #expect(text.contains("The nearest names are bert/encoder/layer_._1/attention/self/query/kernel"))
    }

    @Test("A wrong shape is refused with both shapes")
    func shape() throws {
        let checkpoint = try modelFolder("tf_bert_seqcls").checkpoint()
        let error = #expect(throws: LoaderError.self) { try checkpoint.matrix("classifier/kernel", 4, 64) }
        #expect(error?.description.contains("expected shape [4, 64], found shape [64, 4]") == true)
    }

    @Test(
        "NaN and infinite weights are refused with their place",
        arguments: [
            ("not_a_number", [4], "nan at element 2"), ("infinite", [5_001], "-inf at element 5000"),
            ("overflowing", [2], "inf at element 0"),
        ])
    func nonFinite(name: String, shape: [Int], found: String) throws {
        let checkpoint = try Checkpoint(WeightFiles(paths: [Repository.fixture("hdf5/oddities.h5").path]))
        let error = #expect(throws: LoaderError.self) { try checkpoint.tensor(name, shape: shape) }
        #expect(
            error?.description.contains("oddities.h5: \(name): expected finite weights, found \(found)")
                == true)
    }

    @Test(
        "Names lose layer group and model scope, whatever the attributes say",
        arguments: ["names_variable.h5", "names_fixed_split.h5", "names_absent.h5"])
    func names(fixture: String) throws {
        let weights = try WeightFiles(paths: [Repository.fixture("hdf5/\(fixture)").path])
        let layers = (0..<12).map { "bert/encoder/layer_._\($0)/output/dense/bias" }
        let others = ["bert/embeddings/word_embeddings/weight", "mlm___cls/predictions/bias"]
        #expect(Set(weights.tensors.keys) == Set(layers + others))
        #expect(weights.stored.count == 15)
        #expect(weights.parameterCount == 12 * 3 + 5 * 2 + 5)
        // A head's copy comes first in the file and is passed over.
        let table = try #require(weights.tensors["bert/embeddings/word_embeddings/weight"])
        #expect(table.stored.name.hasPrefix("/bert/"))
    }

    @Test(
        "Rows read apart are the rows of the whole, however the file keeps them",
        arguments: ["types.h5", "layouts.h5", "new_format.h5"])
    func rows(fixture: String) throws {
        let weights = try WeightFiles(paths: [Repository.fixture("hdf5/\(fixture)").path])
        let checkpoint = try Checkpoint(weights)
        for name in weights.tensors.keys.sorted() {
            let whole = try checkpoint.matrix(name, 4, 6).elements
            let rows = try checkpoint.rows(name, 4, 6)
            for range in [0..<4, 1..<3, 3..<4, 2..<2] {
                var read = [Float](repeating: .nan, count: range.count * 6)
                try read.withUnsafeMutableBufferPointer { try rows.read(range, into: $0) }
                #expect(read == Array(whole[range.lowerBound * 6..<range.upperBound * 6]), "\(name) \(range)")
            }
        }
    }

    @Test("A row that is not finite is refused with its place in the whole weight")
    func rowNotFinite() throws {
        let checkpoint = Checkpoint([
            "kernel": Tensor(shape: [9, 2], elements: (0..<18).map { $0 == 13 ? .infinity : Float($0) })
        ])
        let rows = try checkpoint.rows("kernel", 9, 2)
        var read = [Float](repeating: 0, count: 4)
        try read.withUnsafeMutableBufferPointer { try rows.read(4..<6, into: $0) }
        #expect(read == [8, 9, 10, 11])
        let error = #expect(throws: LoaderError.self) {
            try read.withUnsafeMutableBufferPointer { try rows.read(6..<8, into: $0) }
        }
        #expect(
            error?.description.contains("kernel: expected finite weights, found inf at element 13") == true)
    }

    @Test("The nearest of many names come nearest first")
    func nearest() {
        let names = ["query/kernel", "query/bias", "key/kernel", "value/kernel", "unrelated"]
        #expect(NearestNames.of("quary/kernal", among: names) == ["query/kernel"])
        #expect(NearestNames.of("qey/kernel", among: names) == ["key/kernel", "query/kernel"])
        #expect(NearestNames.of("", among: names) == [])
    }
}
