import Foundation
import Testing
import WhenceDiscovery
import WhenceLaboratory
import WhenceTestSupport

@Suite("In-context tasks")
struct TaskTests {
    @Test("The paper's graphs are the paper's")
    func graphs() throws {
        #expect(try LatentGraph.chain(length: 5).parents == [[], [0], [1], [2], [], [4]])
        #expect(try LatentGraph.pairs(length: 6).parents == [[], [0], [], [2], [], [], [5]])
        #expect(
            try LatentGraph.twoParents(length: 6).parents
                == [[], [], [0, 1], [1, 2], [1, 3], [2, 4], [2, 5]])
        #expect(
            try LatentGraph.interleavedChains(lag: 2, length: 5).parents == [[], [], [0], [1], [2], [3]])
    }

    @Test("Random trees have the share of roots that was asked for")
    func randomTrees() throws {
        var generator = SplitMix64(seed: 1)
        var roots = 0
        for _ in 0..<200 {
            let tree = try LatentGraph.randomTree(length: 20, rootProbability: 0.5, using: &generator)
            roots += tree.roots.count
        }
        // The first position is always one; the other 18 with probability 1/2: 10 a tree, deviation 2.1.
        #expect(abs(Double(roots) / 200 - 10) < 0.6)
    }

    @Test(
        "Graph files are read",
        arguments: [
            ("[null, 0, -1, 1]", [[], [0], [], [1], [], [4]]), ("[[], [0], [0, 1]]", [[], [0], [0, 1]]),
            (#"{"nodes": 3, "edges": [[1, 2], [0, 2], [0, 1]]}"#, [[], [0], [0, 1]]),
        ])
    func graphFiles(text: String, parents: [[Int]]) throws {
        #expect(try LatentGraph(json: Data(text.utf8), path: "graph.json").parents == parents)
    }

    @Test(
        "Bad graphs are refused in clear sentences",
        arguments: [
            (
                "[null, 1]",
                "graph.json: position 1 cannot be a parent of position 1: a parent comes before its child"
            ),
            ("[[], [2], [0]]", "position 2 cannot be a parent of position 1"),
            ("[[], [0], [1, 1]]", "position 1 is named twice"),
            (#"{"nodes": 3, "edges": [[0, 1], [1, 2], [2, 1]]}"#, "cycle runs through position"),
            ("[1, 0, null]", "graph.json: the latent graph is not acyclic"),
            ("[[], [2], [3], [1]]", "cycle runs through position"),
            (
                #"{"nodes": 4, "edges": [[0, 1], [1, 2]]}"#,
                "position, 3, is the one to be predicted, and has no parent"
            ),
            ("[[], [0], []]", "has no parent"), ("{\n \"nodes\": 3,,\n}", "no JSON from line 2"),
            ("", "graph.json: the file is no JSON"),
            (#"{"nodes": 3, "edges": [[0, 3]]}"#, "does not join two of 3 nodes"),
            (#"{"nodes": 99999999999, "edges": []}"#, "too few or too many"), ("[]", "out of range"),
            (#"{"node": 1}"#, "none of the forms"), ("[", "the file is no JSON"), ("[-2]", "position -2"),
        ])
    func badGraphs(text: String, sentence: String) throws {
        let error = #expect(throws: LaboratoryError.self) {
            try LatentGraph(json: Data(text.utf8), path: "graph.json")
        }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    @Test("Bad settings are refused in clear sentences")
    func badSettings() throws {
        let chain = try LatentGraph.chain(length: 5)
        let parents = try LatentGraph.twoParents(length: 5)
        func refuses(_ sentence: String, _ body: () throws -> Void) {
            let error = #expect(throws: LaboratoryError.self, performing: body)
            #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
        }
        refuses("the vocabulary: 1 is out of range") { _ = try InContextTask(vocabulary: 1, graph: chain) }
        for alpha in [-0.1, 0, .nan, .infinity] {
            refuses("alpha") {
                _ = try InContextTask(vocabulary: 3, graph: chain, kernels: .dirichlet(alpha: alpha))
            }
        }
        refuses("no position of the graph has a single parent") {
            _ = try InContextTask(vocabulary: 3, graph: parents, roots: .stationary)
        }
        refuses("add up to 1") {
            _ = try InContextTask(vocabulary: 2, graph: chain, kernels: .fixed([[0.5, 0.6], [1, 0]]))
        }
        refuses("hidden position") { _ = try InContextTask(vocabulary: 3, graph: chain, hidden: [4]) }
        refuses("number of parents") {
            let wide = try LatentGraph(parents: (0..<8).map { Array(0..<$0) })
            _ = try InContextTask(vocabulary: 200, graph: wide)
        }
        refuses("length of a further graph") {
            _ = try InContextTask(vocabulary: 3, graphs: [chain, .chain(length: 6)])
        }
        refuses("learning rate") {
            _ = try TrainingSettings(
                task: InContextTask(vocabulary: 3, graph: chain), learningRate: -1)
        }
        refuses("heads of each layer") {
            _ = try DisentangledShape(vocabulary: 3, length: 5, heads: [60, 60, 60, 60])
        }
    }

    @Test("A batch is the same bytes at any number of threads, and begins with a shorter one")
    func reproducible() throws {
        let task = try InContextTask(vocabulary: 4, graph: .chain(length: 8))
        let key = BatchKey(seed: 7, batch: 3)
        let one = try task.sample(100, key: key, in: LaboratoryWorkspace(threadCount: 1)).complete
        let three = try task.sample(100, key: key, in: LaboratoryWorkspace(threadCount: 3)).complete
        let short = try task.sample(17, key: key, in: LaboratoryWorkspace(threadCount: 1)).complete
        #expect(one == three)
        #expect((0..<17).allSatisfy { one.tokens(of: $0) == short.tokens(of: $0) })
        let other = try task.sample(
            100, key: BatchKey(seed: 7, batch: 4), in: LaboratoryWorkspace(threadCount: 1)
        ).complete
        #expect(one != other)
    }

    @Test("Kernels have the moments of their Dirichlet law", arguments: [0.02, 0.1, 0.5, 1, 3.5])
    func dirichletMoments(alpha: Double) throws {
        let vocabulary = 4
        let task = try InContextTask(
            vocabulary: vocabulary, graph: .chain(length: 3), kernels: .dirichlet(alpha: alpha))
        let sample = try task.sample(
            4000, key: BatchKey(seed: 2), keepingKernels: true, in: LaboratoryWorkspace(threadCount: 1))
        let rows = (0..<4000).flatMap { sample.kernels(of: $0) }
        let count = Double(rows.count)
        let total = alpha * Double(vocabulary)
        let variance = (1.0 / 4) * (3.0 / 4) / (total + 1)
        for token in 0..<vocabulary {
            let values = rows.map { Double($0[token]) }
            let mean = values.reduce(0, +) / count
            let square = values.reduce(0) { $0 + ($1 - 0.25) * ($1 - 0.25) } / count
            // Five standard errors of the mean; of the square, whose fourth moment is below its maximum.
            #expect(abs(mean - 0.25) < 5 * (variance / count).squareRoot())
            #expect(abs(square - variance) < 5 * (variance / count).squareRoot())
        }
        #expect(rows.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-5 && $0.allSatisfy { $0 >= 0 } })
    }

    @Test("Tokens follow their kernels, and roots the stationary law")
    func transitions() throws {
        let rows = [[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.5, 0.25, 0.25]]
        let task = try InContextTask(
            vocabulary: 3, graph: .tree([nil, 0, 0, nil]), kernels: .fixed(rows))
        let sample = try task.sample(
            20_000, key: BatchKey(seed: 4), in: LaboratoryWorkspace(threadCount: 1)
        ).complete
        let stationary = MarkovKernel(rows: rows).stationary
        var counts = [[[Int]]](repeating: [[Int]](repeating: [0, 0, 0], count: 3), count: 3)
        var roots = [0, 0, 0]
        for sequence in 0..<sample.count {
            let tokens = sample.tokens(of: sequence)
            counts[0][tokens[0]][tokens[1]] += 1
            counts[1][tokens[0]][tokens[2]] += 1
            counts[2][0][tokens[4]] += 1
            roots[tokens[0]] += 1
            roots[tokens[3]] += 1
            let label = sample.label(of: sequence).map(Double.init)
            #expect(zip(label, rows[tokens[4]]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
        for token in 0..<3 {
            #expect(abs(Double(roots[token]) / 40_000 - stationary[token]) < 0.015)
            #expect(abs(Double(counts[2][0][token]) / 20_000 - 1.0 / 3) < 0.015, "the question is uniform")
            for child in 0..<2 {
                let total = Double(counts[child][token].reduce(0, +))
                for next in 0..<3 {
                    #expect(abs(Double(counts[child][token][next]) / total - rows[token][next]) < 0.03)
                }
            }
        }
    }

    @Test("The stationary law survives kernels whose states lie further apart than a float reaches")
    func extremeKernels() throws {
        let task = try InContextTask(
            vocabulary: 2, graph: .tree([nil, 0]), kernels: .dirichlet(alpha: 0.002))
        let sample = try task.sample(
            2000, key: BatchKey(seed: 1), keepingKernels: true, in: LaboratoryWorkspace(threadCount: 1))
        // Nearly every kernel has two absorbing states, one, or swaps; by symmetry both tokens are as likely.
        let ones = (0..<2000).reduce(0) { $0 + sample.complete.tokens(of: $1)[0] }
        #expect(abs(ones - 1000) < 120)
        #expect(
            (0..<2000).allSatisfy { number in
                sample.kernels(of: number).allSatisfy { $0.allSatisfy { $0.isFinite } }
            })
    }

    @Test("Predictions with the paper's quirk are those of its code", arguments: try GradientCase.all())
    func officialBayes(gradientCase: GradientCase) throws {
        let task = try gradientCase.task()
        for (sequence, expected) in zip(gradientCase.tokens, gradientCase.rows(gradientCase.bayes)) {
            let law = Predictor.officialBayes.law(of: task, after: sequence).map(Float.init)
            #expect(disagreement(of: law, with: expected, within: 1e-6) == nil)
        }
    }

    @Test("No predictor beats the Bayes predictor, and knowing one parent of two is worth less than both")
    func predictorOrder() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let chain = try InContextTask(vocabulary: 5, graph: .chain(length: 20))
        let sample = try chain.sample(2000, key: BatchKey(seed: 1), in: workspace)
        let bayes = try sample.loss(of: .bayes)
        #expect(try bayes < sample.loss(of: .officialBayes))
        #expect(try sample.loss(of: .officialBayes) < sample.loss(of: .unigram))
        #expect(try abs(sample.loss(of: .uniform) - log(5)) < 1e-5)
        let parents = try InContextTask(vocabulary: 3, graph: .twoParents(length: 20))
        let second = try parents.sample(1000, key: BatchKey(seed: 1), in: workspace)
        #expect(try second.loss(of: .bayes) < second.loss(of: .lastParent))
    }

    @Test("Bayes losses are those measured with the paper's sampler")
    func bayesLosses() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let key = BatchKey(seed: 11)
        let chain = try InContextTask(vocabulary: 10, graph: .chain(length: 20))
        let parents = try InContextTask(vocabulary: 5, graph: .twoParents(length: 32))
        // The loss of a sequence has a deviation of about 1; the tolerance is three standard errors.
        #expect(abs(try chain.sample(3000, key: key, in: workspace).loss(of: .bayes) - 1.760) < 0.05)
        #expect(abs(try parents.sample(3000, key: key, in: workspace).loss(of: .bayes) - 0.875) < 0.05)
    }

    @Test("With several graphs the Bayes predictor finds out which one it is")
    func severalGraphs() throws {
        let graphs = try [1, 2, 3].map { try LatentGraph.interleavedChains(lag: $0, length: 24) }
        let rows = [[0.9, 0.05, 0.05], [0.05, 0.05, 0.9], [0.05, 0.9, 0.05]]
        let task = try InContextTask(
            vocabulary: 3, graphs: graphs, kernels: .fixed(rows), roots: .uniform)
        let sample = try task.sample(600, key: BatchKey(seed: 3), in: LaboratoryWorkspace(threadCount: 1))
        #expect(Set(sample.graphNumbers) == [0, 1, 2])
        let entropy = -rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * log($1) } } / 3
        #expect(try abs(sample.loss(of: .bayes) - entropy) < 0.02)
        #expect(try sample.loss(of: .unigram) > entropy + 0.3)
    }

    @Test("Hidden positions are generated, but not shown")
    func hiddenPositions() throws {
        let graph = try LatentGraph(parents: [[], [0], [0], [1], [3]])
        let task = try InContextTask(vocabulary: 3, graph: graph, hidden: [0])
        let sample = try task.sample(40, key: BatchKey(seed: 3), in: LaboratoryWorkspace(threadCount: 1))
        #expect(sample.visible.length == 3)
        #expect(
            (0..<40).allSatisfy {
                sample.visible.tokens(of: $0) == Array(sample.complete.tokens(of: $0)[1...])
            })
    }
}
