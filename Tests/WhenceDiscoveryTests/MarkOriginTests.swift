import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Origins of marks")
struct MarkOriginTests {
    @Test("Exactly the marks that are no circles have an origin", arguments: 0..<30)
    func circles(seed: Int) throws {
        let sample = CorrelationSample.random(seed: UInt64(seed), nodes: 5...9)
        var options = DiscoveryOptions()
        options.selectionBias = true
        options.maximumConditioningSize = 3
        options.separatingSetRule = seed % 3 == 0 ? .maximumPValue : .firstFound
        for algorithm in [FCI(options: options), ICD(options: options)] as [any DiscoveryAlgorithm] {
            let result = try algorithm.run(sample.test())
            #expect(result.markOrigins.count == result.graph.edgeCount)
            for (edge, origins) in zip(result.graph.edges, result.markOrigins) {
                #expect((origins.atA == nil) == (edge.markAtA == .circle))
                #expect((origins.atB == nil) == (edge.markAtB == .circle))
            }
        }
    }

    @Test("Each rule signs its marks")
    func rules() throws {
        // 0 and 1 collide at 2, and so 2 causes 3.
        let result = try FCI().run(oracle("0>2 1>2 2>3"))
        #expect(edgeTexts(result.graph) == ["0 o-> 2", "1 o-> 2", "2 --> 3"])
        #expect(
            result.markOrigins == [
                EdgeOrigins(atA: nil, atB: .rule(.rule0)), EdgeOrigins(atA: nil, atB: .rule(.rule0)),
                EdgeOrigins(atA: .rule(.rule1), atB: .rule(.rule1)),
            ])
        var path = Orientation(
            graph: try graph(4, "0 o-> 1", "1 <-o 2", "1 --> 3", "2 o-o 3"),
            separators: {
                var table = SeparatorTable(nodeCount: 4)
                table.record(SeparatingSet(a: 0, b: 3, set: [1], pValue: 1))
                return table
            }())
        let hasChanged = path.applyRule4()
        #expect(hasChanged)
        #expect(path.origins[2, 3] == .rule(.rule4) && path.origins[2, 1] == .rule(.rule4))
        #expect(path.origins[1, 2] == nil, "the mark stood there before")
        let undirected = try ICD(
            options: {
                var options = DiscoveryOptions()
                options.selectionBias = true
                return options
            }()
        ).run(oracle("0>4 1>4 1>5 2>5 2>6 3>6 3>7 0>7", selection: [4, 5, 6, 7]))
        #expect(undirected.graph.edges.allSatisfy { $0.marks == "---" })
        #expect(undirected.markOrigins.allSatisfy { $0.atA == .rule(.rule5) && $0.atB == .rule(.rule5) })
    }

    @Test("Knowledge and a causal order sign theirs")
    func givenMarks() throws {
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(nodeCount: 2, required: [.init(1, 0)])
        let known = try ICD(options: options).run(oracle("1>0"))
        #expect(known.markOrigins == [EdgeOrigins(atA: .knowledge, atB: .knowledge)])
        let ordered = try OrderedICD(order: [1, 0]).run(oracle("1>0"))
        #expect(ordered.markOrigins == [EdgeOrigins(atA: .order, atB: nil)])
    }

    @Test("An origin is written as one word, and read back")
    func text() throws {
        let origins = OrientationRule.allCases.map { MarkOrigin.rule($0) } + [.knowledge, .order]
        for origin in origins {
            #expect(MarkOrigin(origin.description) == origin)
            let data = try JSONEncoder().encode([origin])
            #expect(String(decoding: data, as: UTF8.self) == "[\"\(origin)\"]")
            #expect(try JSONDecoder().decode([MarkOrigin].self, from: data) == [origin])
        }
        #expect(MarkOrigin("R11") == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([MarkOrigin].self, from: Data("[\"\"]".utf8))
        }
    }
}
