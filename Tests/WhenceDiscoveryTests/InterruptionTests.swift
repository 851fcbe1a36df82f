import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Ends of a run before its own")
struct InterruptionTests {
    static let algorithms: [@Sendable (DiscoveryOptions) -> any DiscoveryAlgorithm] = [
        { FCI(options: $0) }, { ICD(options: $0) }, { PC(options: $0) }, { RFCI(options: $0) },
        { ReversedOrderedICD(options: $0) },
    ]

    /// Eleven nodes of which every rule but those for selection has something to do.
    private func hardOracle() throws -> SeparationOracle {
        try oracle(
            "3>1 5>1 1>4 4>6 6>0 7>3 7>6 8>4 8>0 9>1 9>0 10>3 10>2", latents: [7, 8, 9, 10])
    }

    @Test("An orientation that ends anywhere has drawn marks of the whole one only")
    func orientation() throws {
        let truth = TrueGraph(try hardOracle())
        let whole = truth.partialAncestralGraph(selectionBias: true)
        var (steps, isCut, markCounts) = (0, true, Set<Int>())
        while isCut {
            var left = steps
            let interruption = Interruption(interval: 1) {
                left -= 1
                return left < 0 ? .time : nil
            }
            var orientation = truth.orientation(endedBy: interruption)
            orientation.orientArrowheads()
            orientation.orientTails(selectionBias: true)
            var marks = 0
            for edge in orientation.graph.edges {
                for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
                where mark != .circle {
                    marks += 1
                    #expect(whole.mark(at: near, from: far) == mark, "after \(steps) steps")
                }
            }
            markCounts.insert(marks)
            isCut = interruption.bound != nil
            if !isCut { #expect(orientation.graph == whole) }
            steps += 1
        }
        #expect(steps > 20 && markCounts.count > 3)
    }

    @Test("A run cancelled after any number of questions keeps sound marks", arguments: algorithms.indices)
    func cancellation(algorithm: Int) async throws {
        let oracle = try hardOracle()
        let truth = TrueGraph(oracle)
        let search = Self.algorithms[algorithm](DiscoveryOptions())
        let total = try search.run(oracle).testCounts.reduce(0, +)
        for question in stride(from: 1, to: total, by: max(1, total / 12)) {
            let test = CancellingTest(test: oracle, question: question)
            let result = try await Task { try search.run(test) }.value
            guard result.status != .complete else { continue }
            #expect(result.stoppedBy == .cancellation)
            #expect(result.testCounts.reduce(0, +) <= question + 64)
            #expect((result.status == .skeleton) == !result.isOriented)
            for edge in truth.maximalAncestralGraph.edges {
                #expect(result.graph.isAdjacent(edge.a, edge.b))
            }
            expectSound(result, oracle, search)
        }
    }

    @Test("A run stopped by any limit keeps sound marks", arguments: algorithms.indices)
    func limits(algorithm: Int) throws {
        for (edges, latents) in [
            ("3>1 5>1 1>4 4>6 6>0 7>3 7>6 8>4 8>0 9>1 9>0 10>3 10>2", [7, 8, 9, 10]),
            ("0>5 1>2 3>1 4>0 6>1 6>4 7>2 7>4 8>0 8>3 9>3 9>5", [6, 7, 8, 9]),
        ] {
            let oracle = try oracle(edges, latents: latents)
            let total = try Self.algorithms[algorithm](DiscoveryOptions()).run(oracle).testCounts
                .reduce(0, +)
            for limit in stride(from: 1, to: total, by: max(1, total / 60)) {
                var options = DiscoveryOptions()
                options.limits.tests = limit
                let search = Self.algorithms[algorithm](options)
                expectSound(try search.run(oracle), oracle, search)
            }
            for size in 0...3 {
                var options = DiscoveryOptions()
                options.maximumConditioningSize = size
                let search = Self.algorithms[algorithm](options)
                expectSound(try search.run(oracle), oracle, search)
            }
        }
    }

    /// An arrowhead belongs to no ancestor of the other end, a tail to one.
    private func expectSound(
        _ result: DiscoveryResult, _ oracle: SeparationOracle, _ search: any DiscoveryAlgorithm
    ) {
        // The reversed order is no causal one, and PC's marks hold without latent variables only.
        guard search is FCI || search is ICD || search is RFCI else { return }
        for edge in result.graph.edges {
            for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
            where mark != .circle {
                #expect(
                    oracle.observedAncestors(of: [far]).contains(near) == (mark == .tail),
                    "\(edge.a) \(edge.marks) \(edge.b)")
            }
        }
    }

    @Test(
        "Three hundred nodes that all depend on each other stay within their time, and say where they stopped",
        arguments: algorithms.indices)
    func largeAndDense(algorithm: Int) throws {
        let n = 300
        let matrix = (0..<n * n).map { $0 % (n + 1) == 0 ? 1.0 : 0.9 }
        let test = try FisherZTest(correlation: matrix, nodeCount: n, samples: 10_000)
        var options = DiscoveryOptions()
        options.limits.time = .milliseconds(100)
        var result: DiscoveryResult?
        let elapsed = try ContinuousClock().measure {
            result = try Self.algorithms[algorithm](options).run(test)
        }
        #expect(result?.stoppedBy == .time)
        #expect(result?.stoppedIn != nil && result?.status != .complete)
        // The limit itself, and what a slow and busy machine needs to build the graph and the result.
        #expect(elapsed < .seconds(5))
    }

    @Test("An orientation cut off leaves the adjacencies final, and says so")
    func cutOrientation() throws {
        var options = DiscoveryOptions()
        options.limits.tests = 1_000_000
        let oracle = try hardOracle()
        let session = try TestSession(oracle, limits: options.limits)
        var state = SkeletonState(nodeCount: oracle.nodeCount)
        var search = AdjacencySearch(rule: .firstFound)
        let end = try search.run(&state, session)
        #expect(end == nil)
        let orientation = state.orientation(options, endedBy: session.orientationInterruption())
        let result = state.result(session, orientation, end: nil, orientationEnd: .time)
        #expect(result.status == .anytime(r: result.testCounts.count))
        #expect(result.stoppedBy == .time && result.stoppedIn == .orientation && !result.isOriented)
    }

    @Test("Progress is told ten times a second at most, and moves forward", arguments: algorithms.indices)
    func progress(algorithm: Int) throws {
        let reports = Reports()
        var options = DiscoveryOptions()
        options.limits.tests = 400
        let result = try Self.algorithms[algorithm](options)
            .run(SlowTest(nodeCount: 8)) { reports.append($0) }
        let all = reports.all
        #expect(!all.isEmpty)
        for (earlier, later) in zip(all, all.dropFirst()) {
            #expect(later.elapsed - earlier.elapsed >= .milliseconds(100))
            #expect(later.testCount >= earlier.testCount)
            #expect(later.edgeCount <= earlier.edgeCount)
        }
        #expect(all.allSatisfy { $0.testCount <= result.testCounts.reduce(0, +) })
        #expect(all.allSatisfy { $0.edgeCount <= 28 && $0.conditioningSize <= 6 })
    }

    @Test("Cancelling the task that waits for a search ends the search")
    func asynchronousCancellation() async throws {
        let waiting = Task { try await ICD().discover(SlowTest(nodeCount: 200)) }
        waiting.cancel()
        #expect(try await waiting.value.stoppedBy == .cancellation)
        let oracle = try hardOracle()
        #expect(try await ICD().discover(oracle) == ICD().run(oracle))
    }
}

/// Cancels the task that asks it its n-th question.
final class CancellingTest: IndependenceTest, @unchecked Sendable {
    // The lock guards the counter: that makes the class safe to share.
    private let lock = NSLock()
    private var left: Int
    private let test: any IndependenceTest

    init(test: any IndependenceTest, question: Int) { (self.test, left) = (test, question) }

    var nodeCount: Int { test.nodeCount }
    var maximumConditioningSize: Int? { nil }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let isLast = lock.withLock {
            left -= 1
            return left == 0
        }
        if isLast { withUnsafeCurrentTask { $0?.cancel() } }
        return test.evaluate(i, j, given: set)
    }
}

/// Takes a millisecond for an answer, which is always "dependent".
struct SlowTest: IndependenceTest {
    var nodeCount: Int
    var maximumConditioningSize: Int? { nil }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        Thread.sleep(forTimeInterval: 0.001)
        return IndependenceOutcome(pValue: 0, isIndependent: false)
    }
}

/// What a run told.
final class Reports: @unchecked Sendable {
    // The lock guards the array: that makes the class safe to share.
    private let lock = NSLock()
    private var reports: [DiscoveryProgress] = []

    func append(_ report: DiscoveryProgress) { lock.withLock { reports.append(report) } }
    var all: [DiscoveryProgress] { lock.withLock { reports } }
}
