import Foundation
import Testing
import WhenceDiscovery

@Suite("A slow test")
struct SlowTestTests {
    /// Everything depends on everything, and to say so takes a while.
    private struct SlowTest: IndependenceTest {
        let nodeCount = 30
        let maximumConditioningSize: Int? = nil

        func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
            Thread.sleep(forTimeInterval: 0.02)
            return IndependenceOutcome(pValue: 0, isIndependent: false)
        }
    }

    @Test("A limit on time ends the search within a few questions")
    func timeLimit() throws {
        var options = DiscoveryOptions()
        options.limits = DiscoveryLimits(time: .milliseconds(100))
        let result = try FCI(options: options).run(SlowTest())
        #expect(result.stoppedBy == .time && result.status == .skeleton)
        #expect(result.testCounts.reduce(0, +) <= 7, "\(result.testCounts)")
    }
}
