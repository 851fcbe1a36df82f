import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Limits of a search")
struct DiscoveryLimitTests {
    private static let algorithms: [@Sendable (DiscoveryOptions) -> any DiscoveryAlgorithm] = [
        { FCI(options: $0) }, { ICD(options: $0) }, { PC(options: $0) }, { RFCI(options: $0) },
        { ReversedOrderedICD(options: $0) },
    ]

    private func hardCase() throws -> FisherZTest {
        let all = try GraphCase.all.get()
        return try #require(all.first { $0.id == "attention-1-5" }).test()
    }

    @Test("No test allowed leaves every edge, and says so", arguments: algorithms.indices)
    func noTests(algorithm: Int) throws {
        var options = DiscoveryOptions()
        options.limits.tests = 0
        let result = try Self.algorithms[algorithm](options).run(hardCase())
        #expect(result.status == .skeleton)
        #expect(result.stoppedBy == .tests)
        #expect(result.testCounts.reduce(0, +) == 0)
        #expect(result.graph == MixedGraph(completeOver: 9))
    }

    @Test(
        "A limit on tests is met exactly, with every edge of the whole search still there",
        arguments: algorithms.indices)
    func someTests(algorithm: Int) throws {
        let test = try hardCase()
        let whole = try Self.algorithms[algorithm](DiscoveryOptions()).run(test)
        let total = whole.testCounts.reduce(0, +)
        for limit in stride(from: 1, to: total, by: 17) {
            var options = DiscoveryOptions()
            options.limits.tests = limit
            let result = try Self.algorithms[algorithm](options).run(test)
            #expect(result.testCounts.reduce(0, +) == limit)
            #expect(result.status != .complete && result.stoppedBy == .tests)
            for edge in whole.graph.edges { #expect(result.graph.isAdjacent(edge.a, edge.b)) }
            #expect(result.separatingSets.count + result.graph.edgeCount == 36)
            if result.status == .skeleton {
                #expect(result.graph.edges.allSatisfy { $0.markAtA == .circle && $0.markAtB == .circle })
            }
        }
        var options = DiscoveryOptions()
        options.limits.tests = total
        #expect(try Self.algorithms[algorithm](options).run(test) == whole)
    }

    @Test(
        "A limit on the conditioning set leaves the size at which the search stopped",
        arguments: algorithms.indices)
    func conditioningSize(algorithm: Int) throws {
        let test = try hardCase()
        for size in 0...2 {
            var options = DiscoveryOptions()
            options.maximumConditioningSize = size
            let result = try Self.algorithms[algorithm](options).run(test)
            #expect(result.testCounts.count == size + 1)
            #expect(result.status == .anytime(r: size + 1))
            #expect(result.stoppedBy == .conditioningSize && result.sampleBound == nil)
        }
        var options = DiscoveryOptions()
        options.maximumConditioningSize = 7
        #expect(try Self.algorithms[algorithm](options).run(test).status == .complete)
    }

    @Test("Too few samples bound the conditioning set, which is reported", arguments: algorithms.indices)
    func samples(algorithm: Int) throws {
        // Nearly equal variables stay dependent given any other.
        let matrix = (0..<36).map { $0 % 7 == 0 ? 1.0 : 0.9999 }
        let test = try FisherZTest(correlation: matrix, nodeCount: 6, samples: 5, alpha: 0.9)
        let result = try Self.algorithms[algorithm](DiscoveryOptions()).run(test)
        #expect(result.sampleBound == 1)
        #expect(result.stoppedBy == .samples)
        #expect(result.status == .anytime(r: 2))
        #expect(result.testCounts.count == 2)
    }

    @Test("A limit on time ends a search of years", arguments: algorithms.indices)
    func time(algorithm: Int) throws {
        // Every pair of forty variables is dependent given every set.
        let n = 40
        let matrix = (0..<n * n).map { $0 % (n + 1) == 0 ? 1.0 : 0.9 }
        let test = try FisherZTest(correlation: matrix, nodeCount: n, samples: 10_000_000)
        var options = DiscoveryOptions()
        options.limits.time = .milliseconds(50)
        let clock = ContinuousClock()
        var result: DiscoveryResult?
        let elapsed = try clock.measure { result = try Self.algorithms[algorithm](options).run(test) }
        #expect(result?.stoppedBy == .time)
        #expect(result?.status != .complete)
        #expect(elapsed < .seconds(10))
    }

    @Test("A cancelled task ends its search with the graph so far", arguments: algorithms.indices)
    func cancellation(algorithm: Int) async throws {
        let test = try hardCase()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try Self.algorithms[algorithm](DiscoveryOptions()).run(test)
        }
        let result = try await task.value
        #expect(result.stoppedBy == .cancellation)
        #expect(result.status == .skeleton)
    }

    @Test("A negative limit is refused")
    func negativeLimits() throws {
        for limits in [
            DiscoveryLimits(time: .seconds(-1)), DiscoveryLimits(tests: -1),
            DiscoveryLimits(conditioningSize: -2),
        ] {
            var options = DiscoveryOptions()
            options.limits = limits
            #expect(throws: DiscoveryError.self) { try ICD(options: options).run(hardCase()) }
        }
    }

    @Test("Every question is asked once", arguments: algorithms.indices)
    func questionsAreDistinct(algorithm: Int) throws {
        for rule in SeparatingSetRule.allCases {
            var options = DiscoveryOptions()
            options.separatingSetRule = rule
            let recorder = RecordingTest(test: try hardCase())
            let result = try Self.algorithms[algorithm](options).run(recorder)
            #expect(recorder.repeated.isEmpty)
            #expect(recorder.count == result.testCounts.reduce(0, +))
        }
    }

    @Test("Many searches at once give what one gives", arguments: algorithms.indices)
    func concurrency(algorithm: Int) async throws {
        let test = try hardCase()
        let search = Self.algorithms[algorithm](DiscoveryOptions())
        let expected = try search.run(test)
        try await withThrowingTaskGroup(of: DiscoveryResult.self) { group in
            for _ in 0..<16 { group.addTask { try search.run(test) } }
            for try await result in group { #expect(result == expected) }
        }
    }

    @Test("Graphs of no, one and two nodes", arguments: algorithms.indices)
    func smallGraphs(algorithm: Int) throws {
        let search = Self.algorithms[algorithm](DiscoveryOptions())
        for n in 0...2 {
            let matrix = (0..<n * n).map { $0 % (n + 1) == 0 ? 1.0 : 0.9 }
            let result = try search.run(FisherZTest(correlation: matrix, nodeCount: n, samples: 100))
            #expect(result.graph.edgeCount == n / 2)
            #expect(result.status == .complete)
        }
    }
}

/// Writes down the questions that it passes on.
final class RecordingTest: IndependenceTest, @unchecked Sendable {
    // The lock guards both sets: that makes the class safe to share.
    private let lock = NSLock()
    private var asked: Set<[Int]> = []
    private var askedAgain: Set<[Int]> = []
    private let test: any IndependenceTest

    init(test: any IndependenceTest) { self.test = test }

    var nodeCount: Int { test.nodeCount }
    var maximumConditioningSize: Int? { test.maximumConditioningSize }
    var count: Int { lock.withLock { asked.count } }
    var repeated: Set<[Int]> { lock.withLock { askedAgain } }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let question = [min(i, j), max(i, j)] + set
        lock.withLock { if !asked.insert(question).inserted { askedAgain.insert(question) } }
        return test.evaluate(i, j, given: set)
    }
}

/// Ordered ICD with the last node first, whatever their number.
struct ReversedOrderedICD: DiscoveryAlgorithm {
    var options: DiscoveryOptions

    func run(_ test: some IndependenceTest, progress: DiscoveryProgressHandler?) throws -> DiscoveryResult {
        try OrderedICD(order: (0..<test.nodeCount).reversed(), options: options).run(test, progress: progress)
    }
}
