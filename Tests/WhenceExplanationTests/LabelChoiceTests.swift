import Foundation
import Testing
import WhenceExplanation
import WhenceLoader
import WhenceTestSupport

@Suite("Classifiers that choose no label before others")
struct LabelChoiceTests {
    @Test("One label, and labels that are decided on one by one, are refused with the reason")
    func refused() async throws {
        let one = Repository.fixture("models/family_bert_relu_one_label/model")
        let folder = try TemporaryFolder()
        let each = folder / "model"
        try FileManager.default.copyItem(
            at: Repository.fixture("models/tf_bert_seqcls/model"), to: each)
        let file = each.appending(path: "config.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.firstIndex(of: "{"))
        let changed = #"{"problem_type": "multi_label_classification","# + text[text.index(after: start)...]
        try Data(changed.utf8).write(to: file)
        for (path, choice) in [(one.path, LabelChoice.amount), (each.path, .each)] {
            let model = try ModelFolder(at: path)
            await #expect(throws: ExplanationError.noSingleLabel(model: path, choice: choice)) {
                try await SentimentClassifier(model)
            }
        }
    }
}
