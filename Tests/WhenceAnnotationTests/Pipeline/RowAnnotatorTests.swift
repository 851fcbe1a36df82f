import Foundation
import Testing
import WhenceAnnotation
import WhenceExplanation
import WhenceInference
import WhenceLoader
import WhenceTestSupport

@Suite("Annotating rows with a classifier")
struct SentimentAnnotatorTests {
    private static func classifier() async throws -> SentimentClassifier {
        // 40 positions.
        try await SentimentClassifier(ModelFolder(at: Repository.fixture("models/tf_bert_seqcls/model").path))
    }

    @Test("Each row gets its explanation or its problem, whatever stands beside it", arguments: [1, 3])
    func rows(_ threads: Int) async throws {
        let classifier = try await Self.classifier()
        let long = String(repeating: "a good film , ", count: 30)
        let texts = ["not bad", "", long, "A charming journey.", " \n ", "not bad"]
        var rows = MadeRows(texts.count) { .success(.text(texts[$0])) }
        let annotator = try SentimentAnnotator(classifier, detail: .graphs)
        var all: [AnnotatedRow] = []
        _ = try await AnnotationPipeline(annotator, threads: threads).run(&rows) { all.append($0) }
        let explainer = try SentimentExplainer(classifier)
        for (text, annotated) in zip(texts, all) {
            switch annotated.outcome {
            case .sentiment(var explanation):
                var alone = try await explainer.explain(text)
                #expect(annotated.milliseconds >= explanation.status.elapsedMilliseconds ?? .infinity)
                explanation.status.elapsedMilliseconds = 0
                alone.status.elapsedMilliseconds = 0
                #expect(explanation == alone)
            case .recommendation: Issue.record("the model is a classifier")
            case .failure(let problem):
                #expect(problem.kind == (text == long ? .tooLong : .empty))
                if text == long {
                    #expect(problem.reason.contains("reads 40 tokens"))
                    #expect(problem.reason.contains("--truncate"))
                }
            }
        }
        #expect(all.count { if case .sentiment = $0.outcome { true } else { false } } == 3)
    }

    @Test("Told to truncate, it reads the beginning; asked for predictions, it learns no graph")
    func truncation() async throws {
        let classifier = try await Self.classifier()
        let annotator = try SentimentAnnotator(classifier, detail: .prediction, truncates: true)
        let long = String(repeating: "a good film , ", count: 30)
        let answers = try await annotator.annotate([.text(long), .text("good")], in: Workspace(threads: 1))
        guard case .sentiment(let explanation) = answers[0].outcome else {
            Issue.record("\(answers[0].outcome)")
            return
        }
        #expect(explanation.input.unseenFrom != nil)
        #expect(explanation.graphs.isEmpty)
        #expect(explanation.status.forwardPasses == 1)
        #expect(answers[0].milliseconds > answers[1].milliseconds)
    }

    @Test("A history is no question for a classifier")
    func history() async throws {
        let annotator = try SentimentAnnotator(try await Self.classifier(), detail: .prediction)
        let answers = try await annotator.annotate(
            [.history([.id("1")], user: nil)], in: Workspace(threads: 1))
        guard case .failure(let problem) = answers[0].outcome else {
            Issue.record("no problem")
            return
        }
        #expect(problem.kind == .wrongType)
    }
}

@Suite("Annotating rows with a recommender")
struct RecommendationAnnotatorTests {
    private static func recommender() async throws -> Recommender {
        let folder = try RecommenderFolder()
        return try await Recommender(ModelFolder(at: folder.url.path))
    }

    @Test("Ids and titles are items; what leaves a doubt is a problem that names what is near")
    func rows() async throws {
        let recommender = try await Self.recommender()
        let annotator = try RecommendationAnnotator(recommender, detail: .graphs)
        let contents: [InputRow.Content] = [
            .history([.id("503"), .title("Star Wars (1977)")], user: "196"),
            .history([], user: nil),
            .history([.id("503"), .id("9999")], user: nil),
            .history([.title("Alein (1979)")], user: nil),
            .history([.title("qqqq zzzz")], user: nil),
            .text("not bad"),
        ]
        let answers = try await annotator.annotate(contents, in: Workspace(threads: 1))
        guard case .recommendation(let explanation) = answers[0].outcome else {
            Issue.record("\(answers[0].outcome)")
            return
        }
        #expect(explanation.input.history.map(\.item) == ["503", "500"])
        #expect(explanation.input.user == "196")
        #expect(explanation.graphs.count == 4)
        let problems = answers.dropFirst().compactMap { answer -> RowProblem? in
            if case .failure(let problem) = answer.outcome { problem } else { nil }
        }
        #expect(problems.map(\.kind) == [.empty, .unknownItem, .unknownItem, .unknownItem, .wrongType])
        #expect(problems[1].reason.contains("Item 2"))
        #expect(problems[2].reason.contains("Alien (1979)"))
        #expect(!problems[2].reason.contains("Alein"), "the row's text is not repeated")
    }

    @Test("Of a history that is longer than the window the last items are seen")
    func longHistory() async throws {
        let recommender = try await Self.recommender()
        let annotator = try RecommendationAnnotator(recommender, detail: .prediction)
        let history = (0..<60).map { HistoryReference.id(String(500 + $0)) }
        let answers = try await annotator.annotate(
            [.history(history, user: nil)], in: Workspace(threads: 1))
        guard case .recommendation(let explanation) = answers[0].outcome else {
            Issue.record("\(answers[0].outcome)")
            return
        }
        #expect(explanation.input.unseenCount == 21)
        #expect(annotator.size(of: .history(history, user: nil)) == 40)
    }
}
