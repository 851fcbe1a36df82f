import Foundation
import Testing
import WhenceLaboratory

@Suite("Limits of the laboratory")
struct LimitTests {
    @Test("A sample that does not fit into memory is refused")
    func sample() throws {
        let task = try InContextTask(vocabulary: 256, graph: .chain(length: 20))
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let error = #expect(throws: LaboratoryError.self) {
            try task.sample(1 << 20, key: BatchKey(seed: 0), keepingKernels: true, in: workspace)
        }
        #expect(error?.description.contains("at most 8") == true, "\(error?.description ?? "")")
    }

    @Test("Work that needs too much memory ends in an error")
    func memory() throws {
        let shape = try DisentangledShape(vocabulary: 2, length: 1024, heads: [15])
        let batch = try TokenBatch(
            sequences: [[Int](repeating: 0, count: 1024)], labels: [[0.5, 0.5]], vocabulary: 2)
        let workspace = try LaboratoryWorkspace(threadCount: 8)
        let error = #expect(throws: LaboratoryError.self) {
            try DisentangledTransformer(shape).loss(on: batch, in: workspace)
        }
        guard case .memory = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("A standard transformer is held against its own number of parameters")
    func standard() throws {
        let task = try InContextTask(vocabulary: 256, graph: .chain(length: 2 + 1))
        func refusal(layers: Int, batch: Int) -> String {
            let error = #expect(throws: LaboratoryError.self) {
                try StandardTraining(task: task, layerCount: layers, batchSize: batch)
            }
            return error?.description ?? ""
        }
        // Of embeddings and output 259 · (259 + 256), and of each layer 4 · 259² + 2 · 259.
        #expect(refusal(layers: 16, batch: 100_000).contains("a transformer of 4434857 parameters"))
        #expect(refusal(layers: 17, batch: 1).contains("the number of layers: 17"))
        _ = try StandardTraining(task: task, layerCount: 16, batchSize: 64)
    }

    @Test("The Bayes predictor's loss ends with the task that asks for it")
    func cancellation() async throws {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        let sample = try task.sample(
            64, key: BatchKey(seed: 0), in: LaboratoryWorkspace(threadCount: 1))
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try sample.loss(of: .bayes)
        }
        await #expect(throws: CancellationError.self) { try await work.value }
    }

    @Test("A transformer or a matrix of wrong sizes is not decoded")
    func decoding() throws {
        let shape = try DisentangledShape(vocabulary: 2, length: 2, heads: [1])
        let whole = try JSONEncoder().encode(DisentangledTransformer(shape))
        #expect(try JSONDecoder().decode(DisentangledTransformer.self, from: whole).shape == shape)
        let text = String(decoding: whole, as: UTF8.self)
        for wrong in [text.replacing("[0,0,", with: "[0,")] {
            #expect(throws: LaboratoryError.self) {
                try JSONDecoder().decode(DisentangledTransformer.self, from: Data(wrong.utf8))
            }
        }
        for matrix in [
            #"{"rowCount":2,"columnCount":2,"elements":[1]}"#,
            #"{"rowCount":-1,"columnCount":-1,"elements":[1]}"#,
        ] {
            #expect(throws: LaboratoryError.self) {
                try JSONDecoder().decode(ParameterMatrix.self, from: Data(matrix.utf8))
            }
        }
        let standard = #"{"vocabulary":2,"length":2,"layerCount":1,"parameters":[1,2]}"#
        #expect(throws: LaboratoryError.self) {
            try JSONDecoder().decode(StandardTransformer.self, from: Data(standard.utf8))
        }
    }
}
