import Testing
import WhenceTensor

@testable import WhenceLoader

@Suite("Weights of every family")
struct FamilyWeightTests {
    /// Folders, and how many weights in each no head of Whence reads: poolers, and heads of pre-training.
    static let folders: [(name: String, family: ModelFamily, unusedCount: Int)] = [
        ("family_bert_pretraining", .bert, 4), ("family_camembert_model", .camembert, 2),
        ("family_debertav2_convolution", .debertaV2, 0), ("family_debertav2_mlm", .debertaV2, 0),
        ("family_debertav2_separate", .debertaV2, 0), ("family_debertav3", .debertaV2, 0),
        ("family_distilbert_deep", .distilBert, 0), ("family_distilbert_mlm", .distilBert, 0),
        ("family_electra", .electra, 0), ("family_electra_mlm", .electra, 0), ("family_gpt2", .gpt2, 0),
        ("family_gpt2_classifier", .gpt2, 0), ("family_roberta", .roberta, 0),
        ("family_roberta_mlm", .roberta, 0), ("family_xlmr", .xlmRoberta, 0),
    ]

    @Test("What a configuration calls for is all that a real folder holds", arguments: folders)
    func everyTensor(name: String, family: ModelFamily, unusedCount: Int) throws {
        let folder = try modelFolder(name)
        #expect(folder.configuration.family == family)
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

    @Test("GPT-2's word embedding under the name that releases of 2020 gave it")
    func oldName() throws {
        let folder = try modelFolder("family_gpt2")
        let table = try folder.checkpoint().matrix("transformer/wte/embeddings", 40, 16)
        let checkpoint = Checkpoint(["transformer/wte/weight": table])
        #expect(try checkpoint.matrix("transformer/wte/embeddings", 40, 16).elements == table.elements)
    }

    @Test("A family whose weights stand alone is told from their names, RoBERTa's for all its relatives")
    func fileAlone() throws {
        for (name, family) in [
            ("family_camembert_model", ModelFamily.roberta), ("family_gpt2_model", .gpt2),
            ("family_debertav2_absolute", .debertaV2), ("family_distilbert_mlm", .distilBert),
        ] {
            let path = try #require(modelFolder(name).weights.paths.first)
            #expect(try Inspection(of: path).family == family)
        }
    }
}
