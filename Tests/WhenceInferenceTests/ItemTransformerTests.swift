import Foundation
import Testing
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@Suite("Recommenders in Whence's own layout")
struct ItemTransformerTests {
    private static func folder(_ name: String) throws -> ModelFolder {
        try ModelFolder(at: Repository.fixture("recommendation/models/\(name)").path)
    }

    private static func model(
        _ name: String, _ change: (inout ModelConfiguration) -> Void = { _ in }
    ) throws -> Transformer {
        let folder = try folder(name)
        var configuration = folder.configuration
        change(&configuration)
        return try Transformer(configuration: configuration, checkpoint: folder.checkpoint())
    }

    @Test("A model with other parts than config.json says is refused, not run without them")
    func otherParts() throws {
        let cases: [(name: String, text: String, change: (inout ModelConfiguration) -> Void)] = [
            (
                "sasrec_pytorch_2024",
                "recommender/final_norm/beta: expected no weights but those of config.json",
                { $0.recommender?.hasFinalNorm = false }
            ),
            ("recbole_sasrec", "found this one and 15 more", { $0.layerCount = 1 }),
            ("recbole_sasrec", "recommender/final_norm/gamma", { $0.recommender?.hasFinalNorm = true }),
            (
                "recbole_sasrec", "expected shape [7, 8], found shape [6, 8]",
                { $0.recommender?.positionOffset = 1 }
            ),
            ("recbole_bert4rec", "recommender/output/bias", { $0.recommender?.hasOutputBias = false }),
            ("recbole_bert4rec", "recommender/output/kernel", { $0.recommender?.outputTable = .own }),
            ("bert4rec_vae", "recommender/output/kernel", { $0.recommender?.outputTable = .tied }),
            ("bert4rec_vae", "expected shape [27, 8], found shape [26, 8]", { $0.vocabularySize = 27 }),
            ("keras_rs_sasrec", "recommender/position_embedding", { $0.recommender?.positionOffset = nil }),
        ]
        for (name, text, change) in cases {
            let error = #expect(throws: LoaderError.self) { try Self.model(name, change) }
            #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        }
    }

    @Test("A causal model's attention is a triangle; items behind a position do not change its scores")
    func causality() throws {
        let model = try Self.model("recbole_sasrec")
        let trace = try model.trace([3, 1, 4, 2, 5])
        #expect(model.configuration.isCausal)
        let attention = trace.attention
        for head in 0..<2 {
            for row in 0..<5 {
                let weights = (0..<5).map { attention.elements[(head * 5 + row) * 5 + $0] }
                #expect(weights[(row + 1)...].allSatisfy { $0 == 0 })
                #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
            }
        }
        let (long, short) = (
            try model.logits([[3, 1, 4, 2]], at: [[1]]), try model.logits([[3, 1]], at: [[1]])
        )
        #expect(disagreement(of: long[0], with: short[0], within: 1e-5) == nil)
    }

    @Test(
        "Logits alone are those of a trace, for every style of block",
        arguments: [
            "sasrec_pytorch_2020", "sasrec_pytorch_2024", "sasrec_pytorch_post_norm",
            "sasrec_pytorch_pre_norm", "bert4rec_vae",
        ])
    func logitsAlone(name: String) throws {
        let model = try Self.model(name)
        // Padding among them, and asked of.
        let inputs = [[0, 0, 3, 0, 7, 2], [0, 1, 2, 3, 4, 5]]
        let positions = [[5, 0, 2], [3]]
        let traces = try model.traces(inputs, logitsAt: positions)
        #expect(try model.logits(inputs, at: positions) == traces.map(\.logits.elements))
    }

    @Test("Weights of 8 bits change scores a little")
    func integers() throws {
        for name in ["sasrec_pytorch_2020", "bert4rec_vae"] {
            let folder = try Self.folder(name)
            let inputs = [[1, 2, 3, 4, 5, 6]]
            let exact = try Transformer(folder).logits(inputs, at: [[5]])[0]
            let rounded = try Transformer(folder, precision: .int8).logits(inputs, at: [[5]])[0]
            #expect(exact != rounded)
            #expect(disagreement(of: rounded, with: exact, within: 0.5) == nil)
        }
    }
}
