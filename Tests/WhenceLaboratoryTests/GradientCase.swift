import Foundation
import Testing
import WhenceLaboratory
import WhenceTestSupport

/// One case of `gradients.json`: what the paper's own code computed.
struct GradientCase: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var vocabulary: Int
    var heads: [Int]
    var tokens: [[Int]]
    var labels: Data
    var parameters: Data
    var loss: Double
    var gradient: Data
    var bayes: Data
    var graph: Graph

    var testDescription: String { name }

    /// The code's two ways to write a graph.
    enum Graph: Decodable {
        case tree([Int])
        case lists([[Int]])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let tree = try? container.decode([Int].self) {
                self = .tree(tree)
            } else {
                self = .lists(try container.decode([[Int]].self))
            }
        }
    }

    static func all() throws -> [GradientCase] {
        let file = Repository.fixture("laboratory/gradients.json")
        return try JSONDecoder().decode([GradientCase].self, from: Data(contentsOf: file))
    }

    static func floats(_ data: Data) -> [Float] {
        stride(from: 0, to: data.count, by: 4).map { start in
            let bits = (0..<4).reduce(UInt32(0)) {
                $0 | UInt32(data[data.startIndex + start + $1]) << (8 * $1)
            }
            return Float(bitPattern: bits)
        }
    }

    func rows(_ data: Data) -> [[Float]] {
        let numbers = Self.floats(data)
        return stride(from: 0, to: numbers.count, by: vocabulary).map {
            Array(numbers[$0..<$0 + vocabulary])
        }
    }

    func transformer() throws -> DisentangledTransformer {
        let shape = try DisentangledShape(vocabulary: vocabulary, length: tokens[0].count, heads: heads)
        return try DisentangledTransformer(shape, parameters: Self.floats(parameters))
    }

    func batch() throws -> TokenBatch {
        try TokenBatch(sequences: tokens, labels: rows(labels), vocabulary: vocabulary)
    }

    func task() throws -> InContextTask {
        let graph =
            switch graph {
            case .tree(let parents): try LatentGraph.tree(parents.map { $0 < 0 ? nil : $0 })
            case .lists(let parents): try LatentGraph(parents: parents)
            }
        return try InContextTask(vocabulary: vocabulary, graph: graph, kernels: .dirichlet(alpha: 0.3))
    }
}
