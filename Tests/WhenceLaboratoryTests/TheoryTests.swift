import Foundation
import Testing
import WhenceLaboratory
import WhenceTestSupport

@Suite("Theory, measured")
struct TheoryTests {
    @Test("The information of a joint law is that of its definition")
    func information() {
        #expect(chiSquaredInformation(joint: [[0.25, 0.25], [0.25, 0.25]]) == 0)
        #expect(abs(chiSquaredInformation(joint: [[0.5, 0], [0, 0.5]]) - 1) < 1e-12)
        // (0.4² + 0.1²) / 0.25 · 2 − 1
        #expect(abs(chiSquaredInformation(joint: [[0.4, 0.1], [0.1, 0.4]]) - 0.36) < 1e-12)
    }

    @Test("A kernel's reversal is a kernel, and information along its path that of the joint law")
    func kernels() {
        let kernel = MarkovKernel(rows: [[0.6, 0.3, 0.1], [0.2, 0.2, 0.6], [0.1, 0.8, 0.1]])
        #expect(kernel.backward.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
        let joint = kernel.path(up: 1, down: 2).enumerated().map { s, row in
            row.map { kernel.stationary[s] * $0 }
        }
        let columns = (0..<3).map { column in joint.reduce(0) { $0 + $1[column] } }
        #expect(zip(columns, kernel.stationary).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test("Positions of a tree are related through their nearest common ancestor")
    func paths() throws {
        let graph = try LatentGraph.tree([nil, 0, 0, 1, nil, 3])
        #expect(graph.path(from: 2, to: 5) == TreePath(up: 1, down: 3))
        #expect(graph.path(from: 1, to: 5) == TreePath(up: 0, down: 2))
        #expect(graph.path(from: 5, to: 5) == TreePath(up: 0, down: 0))
        #expect(graph.path(from: 0, to: 4) == nil)
    }

    @Test("Medians over kernels of a chain are those expected, lag by lag")
    func medians() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        for (vocabulary, expected) in [
            (3, [0.88, 0, 0.275, 0, 0.11]), (10, [2.98, -0.07, 0.24, 0.10, 0.18]),
        ] {
            let task = try InContextTask(vocabulary: vocabulary, graph: .chain(length: 7))
            let count = vocabulary == 3 ? 1500 : 300
            let report = try PathInformation.measure(task, kernelCount: count, in: workspace)
            for (lag, value) in zip(1..., expected) {
                let relation = try #require(
                    report.relations.first { $0.path == TreePath(up: 0, down: lag) })
                let tolerance = vocabulary == 3 ? 0.05 : 0.15
                #expect(abs(relation.gradient.median - value) < tolerance, "lag \(lag)")
            }
            #expect(report.violations == 0)
            #expect(report.boundViolations == 0)
            #expect(report.comparisons > 0)
        }
    }

    @Test("The sampled gradient at zero is that of the closed form, and points at the parents")
    func gradient() throws {
        let task = try InContextTask(vocabulary: 3, graph: .tree([nil, 0, nil, 1, 2, 2]))
        let report = try ZeroGradient.measure(
            task, kernelCount: 1000, sequenceCount: 8192, in: LaboratoryWorkspace(threadCount: 1))
        #expect(report.correlation > 0.9)
        #expect(report.closedFormShare == 1)
        #expect(report.sampledShare == 1)
        #expect(report.pairs.count == 2 + 3 + 4 + 5 + 6)
    }

    @Test("Tasks that the analysis is not about are refused")
    func refusals() throws {
        let task = try InContextTask(vocabulary: 3, graph: .twoParents(length: 6))
        #expect(throws: LaboratoryError.self) {
            try PathInformation.measure(task, in: LaboratoryWorkspace(threadCount: 1))
        }
    }
}
