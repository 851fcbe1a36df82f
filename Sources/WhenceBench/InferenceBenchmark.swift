import Foundation
import WhenceInference
import WhenceLoader
import WhenceTensor

/// Forward passes that also return the deepest layer's attention, at several batch sizes and lengths.
enum InferenceBenchmark {
    private static let batches = [(1, 16), (1, 32), (1, 128), (16, 32), (8, 128)]

    /// One line of the table.
    private struct Row: Codable {
        var batch: Int
        var tokens: Int
        var milliseconds: Timing
        var operations: Double

        /// GFLOP/s of the median run.
        var speed: Double { operations / milliseconds.median * 1e-6 }
    }

    /// `inference [--model DIR] [--precision fp32|int8] [--runs N] [--threads N] [--logits] [--json]`.
    static func run(_ arguments: [String]) throws {
        let options = try Options(
            arguments, names: ["--model", "--precision", "--runs", "--threads"],
            flags: ["--json", "--logits"])
        let name = options.string("--precision") ?? Precision.float32.rawValue
        guard let precision = Precision(rawValue: name) else {
            throw UsageError(problem: "--precision takes fp32 or int8, not \(name).")
        }
        let model =
            if let path = options.string("--model") {
                try Transformer(ModelFolder(at: path), precision: precision)
            } else {
                try RandomModel.make(RandomModel.bertBase, seed: 1, precision: precision)
            }
        let workspace = try Workspace(threads: options.count("--threads"))
        let runs = try options.count("--runs") ?? 15
        let rows = try batches.map { batch, tokens in
            try measure(model, batch, tokens, runs: runs, logitsOnly: options.has("--logits"), workspace)
        }
        if options.has("--json") {
            print(String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
        } else {
            show(rows, limit: try productLimit(runs: runs, threads: options.count("--threads")))
        }
    }

    private static func measure(
        _ model: Transformer, _ batch: Int, _ tokens: Int, runs: Int, logitsOnly: Bool, _ workspace: Workspace
    ) throws -> Row {
        let inputs = RandomModel.inputs(
            batch, length: tokens, vocabularySize: model.configuration.vocabularySize)
        let timing = try Timing(runs: runs) {
            if logitsOnly {
                _ = try model.logits(inputs, in: workspace)
            } else {
                _ = try model.traces(inputs, upTo: .attention, in: workspace)
            }
        }
        return Row(
            batch: batch, tokens: tokens, milliseconds: timing,
            operations: operationCount(model.configuration, batch: batch, tokens: tokens))
    }

    /// Additions and multiplications of the encoder's products, attention included.
    private static func operationCount(_ configuration: ModelConfiguration, batch: Int, tokens: Int) -> Double
    {
        let (hidden, intermediate) = (
            Double(configuration.hiddenSize), Double(configuration.intermediateSize)
        )
        let rows = Double(batch * tokens)
        let dense = 2 * rows * (4 * hidden * hidden + 2 * hidden * intermediate)
        let attention = 4 * rows * Double(tokens) * hidden
        return Double(configuration.layerCount * configuration.innerLayerCount) * (dense + attention)
    }

    /// GFLOP/s of one large product and nothing else: what no transformer can exceed here.
    private static func productLimit(runs: Int, threads: Int?) throws -> Double {
        let (rows, depth, columns) = (1024, 768, 3072)
        let context = try ComputeContext(threadCount: threads)
        let weights = try PackedMatrix(
            Tensor(shape: [depth, columns], elements: Array(repeating: 0.5, count: depth * columns)))
        let (source, result) = (
            try FloatBuffer().matrix(rows, depth), try FloatBuffer().matrix(rows, columns)
        )
        let timing = try Timing(runs: runs) {
            try context.multiply(source, by: weights, into: result)
        }
        return 2 * Double(rows * depth * columns) / timing.median * 1e-6
    }

    private static func show(_ rows: [Row], limit: Double) {
        print("batch  tokens        ms  GFLOP/s  of one product")
        for row in rows {
            print(
                "\(row.batch)".right(5), "\(row.tokens)".right(7),
                row.milliseconds.median.text(digits: 2).right(9),
                row.speed.text(digits: 0).right(8),
                (row.speed / limit * 100).text(digits: 0).right(13) + " %")
        }
        print("One product of [1024, 768] and [768, 3072]: \(limit.text(digits: 0)) GFLOP/s.")
    }
}
