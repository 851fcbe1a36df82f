import Foundation
import WhenceTestSupport

/// Answers of reference libraries, frozen by `Tests/Fixtures/discovery/freeze.py`.
struct IndependenceReferences: Decodable {
    struct Tail: Decodable {
        var degrees: Int
        var statistic: Double
        var p: Double
    }

    struct Contingency: Decodable {
        struct Case: Decodable {
            var x: Int
            var y: Int
            var z: [Int]
            var g2: Double
            var chi2: Double
            var information: Double
        }

        var columns: [[Int]]
        var cases: [Case]
    }

    struct Neighbours: Decodable {
        struct Case: Decodable {
            var x: Int
            var y: Int
            var z: [Int]
            var k: Int
            var information: Double
            var partialCorrelation: Double
        }

        var columns: [[Double]]
        var cases: [Case]
    }

    var chiSquaredTail: [Tail]
    var contingency: Contingency
    var neighbours: Neighbours

    private enum CodingKeys: String, CodingKey {
        case chiSquaredTail = "chi_squared_tail"
        case contingency, neighbours
    }

    static func load() throws -> IndependenceReferences {
        try JSONDecoder().decode(
            IndependenceReferences.self,
            from: Data(contentsOf: Repository.fixture("discovery/independence.json")))
    }
}

/// Names `a`, `b`, … for so many variables.
func letters(_ count: Int) -> [String] { "abcdefghijklmnopqrstuvwxyz".prefix(count).map { "\($0)" } }
