import Foundation
import Testing
import WhenceLoader
import WhenceTestSupport

@testable import WhenceExplanation

@Suite("What a model is told by")
struct ModelIdentityTests {
    @Test("Its digest where that was asked for, and otherwise the same without it")
    func evidence() async throws {
        let folder = try ModelFolder(at: Repository.fixture("models/tf_albert_seqcls/model").path)
        let full = try await SentimentClassifier(folder).identity
        #expect(try full.sha256 == folder.sha256())
        let brief = try await SentimentClassifier(folder, identifiedBy: .name).identity
        var expected = full
        expected.sha256 = nil
        #expect(brief == expected)
    }
}
