import Foundation
import Testing
import WhenceInference
import WhenceLoader
import WhenceTestSupport

@testable import WhenceExplanation

/// Settings that take every way through the flow.
private let settings: [(name: String, settings: ExplanationSettings)] = [
    ("the defaults", ExplanationSettings()),
    (
        "pooled heads, all sizes",
        .with {
            $0.heads = .pooled
            $0.allSizes = true
            $0.maximumSetSize = 2
        }
    ),
    (
        "exhaustive, FCI, two heads",
        .with {
            $0.heads = .only([3, 1])
            $0.algorithm = .fci
            $0.exhaustiveSetSize = 2
            $0.maximumSetSize = 2
        }
    ),
    (
        "what is left out, the context's covariance",
        .with {
            $0.replacement = .delete
            $0.estimator = .context
            $0.exhaustiveSetSize = 1
        }
    ),
    ("hardly any forward passes", .with { $0.maximumForwardPasses = 7 }),
    ("hardly any tests", .with { $0.maximumTests = 5 }),
]

extension ExplanationSettings {
    fileprivate static func with(_ change: (inout Self) -> Void) -> Self {
        var settings = Self()
        change(&settings)
        return settings
    }
}

@Suite("Explaining several inputs together")
struct GroupExplanationTests {
    /// Two words to more than one batch of the model takes, and two that cannot be explained.
    private static let texts = [
        "not bad", "A charming and often affecting journey.", "", "slow, but never dull .",
        String(repeating: "the film is good and the actors are not , but ", count: 3), "good", " \n",
        "a tedious , tedious film", "unwatchable!",
    ]

    @Test(
        "A text's explanation is that which it has alone",
        arguments: settings.indices, ["tf_albert_seqcls", "tf_bert_seqcls"])
    func sentiment(_ index: Int, _ model: String) async throws {
        let (name, settings) = settings[index]
        let classifier = try await SentimentClassifier(
            ModelFolder(at: Repository.fixture("models/\(model)/model").path))
        let explainer = try SentimentExplainer(classifier, settings: settings, threads: 1)
        let inputs = try Self.texts.map(classifier.read)
        let together = try await explainer.explainAll(inputs)
        #expect(together.count == inputs.count)
        var sets = 0
        for (text, result) in zip(Self.texts, together) {
            guard !text.allSatisfy(\.isWhitespace) else {
                #expect(throws: ExplanationError.noWords) { try result.get() }
                continue
            }
            let alone = try await SentimentExplainer(classifier, settings: settings).explain(text).untimed
            let explanation = try result.get()
            #expect(explanation.untimed == alone, "\(name): “\(text)”")
            #expect((explanation.status.elapsedMilliseconds ?? 0) > 0)
            sets += alone.status.forwardPasses - 1
        }
        #expect(sets >= 20, "\(name): sets were verified")
    }

    @Test(
        "A history's explanation is that which it has alone",
        arguments: settings.indices, ["bert4rec", "sasrec_pytorch_2020", "keras_sasrec_masked_in_front"])
    func recommendation(_ index: Int, _ model: String) async throws {
        var (name, settings) = settings[index]
        let recommender =
            model == "bert4rec" ? try await smallRecommender() : try await RecommenderCase(model).recommender
        if recommender.model.configuration.headCount < 4 { settings.heads = .each }
        let count = recommender.catalogue.items.count
        let histories = [3, 1, 0, 12, 2, 60, 5].map { length in
            (0..<length).map { ($0 * 5 + length) % (count - 1) }
        }
        let explainer = try RecommendationExplainer(recommender, settings: settings, threads: 1)
        let together = try await explainer.explainAll(histories.map { RecommendationQuestion($0, user: "u") })
        #expect(together.count == histories.count)
        for (history, result) in zip(histories, together) {
            guard !history.isEmpty else {
                #expect(throws: ExplanationError.emptyHistory) { try result.get() }
                continue
            }
            let alone: RecommendationExplanation
            do {
                alone = try await RecommendationExplainer(recommender, settings: settings)
                    .explain(history, user: "u").untimed
            } catch let error as ExplanationError {
                #expect(throws: error, "\(name): \(history)") { try result.get() }
                continue
            }
            #expect(try result.get().untimed == alone, "\(name): \(history)")
        }
        // On few of the graphs of random weights a path leads to the target.
        guard settings.exhaustiveSetSize > 0 else { return }
        let passes = together.reduce(0) { $0 + ((try? $1.get())?.status.forwardPasses ?? 0) }
        #expect(passes > 2 * histories.count, "\(name): sets were verified")
    }

    @Test("A prediction is that of the explanation, and holds no graph")
    func predictions() async throws {
        let classifier = try await SentimentClassifier(
            ModelFolder(at: Repository.fixture("models/tf_albert_seqcls/model").path))
        let explainer = try SentimentExplainer(classifier)
        let inputs = try Self.texts.filter { $0.contains { !$0.isWhitespace } }.map(classifier.read)
        let explanations = try await explainer.explainAll(inputs)
        for (prediction, explanation) in zip(try explainer.predictAll(inputs), explanations) {
            let (prediction, explanation) = (try prediction.get(), try explanation.get())
            #expect(prediction.prediction == explanation.prediction)
            #expect(prediction.input == explanation.input)
            #expect(prediction.graphs.isEmpty)
            #expect(prediction.status.forwardPasses == 1)
        }
        let recommender = try RecommendationExplainer(try await smallRecommender())
        let questions = [[3, 0, 5], [], [9, 40, 9]].map { RecommendationQuestion($0) }
        let recommendations = try await recommender.explainAll(questions)
        for (prediction, explanation) in zip(try recommender.predictAll(questions), recommendations) {
            guard let explanation = try? explanation.get() else {
                #expect(throws: ExplanationError.emptyHistory) { try prediction.get() }
                continue
            }
            #expect(try prediction.get().prediction == explanation.prediction)
            #expect(try prediction.get().input.query == explanation.input.query)
            #expect(try prediction.get().input.abduction.isEmpty)
        }
    }

    @Test("What one input does to the model is told of it alone")
    func faults() throws {
        var calls: [[Int]] = []
        let answers = try InputFault.answers(to: [[1, 2], [], [13, 3], [4]]) { asked in
            calls.append(asked)
            if asked.contains(13) { throw InferenceError.notFinite(place: "the head") }
            return asked.map { $0 * 10 }
        }
        #expect(try answers[0].get() == [10, 20])
        #expect(try answers[1].get() == [])
        #expect(throws: InferenceError.notFinite(place: "the head")) { try answers[2].get() }
        #expect(try answers[3].get() == [40])
        #expect(calls == [[1, 2, 13, 3, 4], [1, 2], [13, 3], [4]])
        #expect(throws: CancellationError.self) {
            try InputFault.answers(to: [[1], [2]]) { _ -> [Int] in throw CancellationError() }
        }
    }

    @Test("A head that the model does not have is refused before any text is read")
    func strangeHead() async throws {
        let classifier = try await SentimentClassifier(
            ModelFolder(at: Repository.fixture("models/tf_albert_seqcls/model").path))
        var settings = ExplanationSettings()
        let count = classifier.model.configuration.headCount
        settings.heads = .only([0, count])
        #expect(throws: ExplanationError.noSuchHead(count, headCount: count)) {
            try SentimentExplainer(classifier, settings: settings)
        }
    }
}

@Suite("The time spent on each of several inputs")
struct SharedClockTests {
    @Test("Work on one is charged to it, shared work by parts, and a limit is each one's own")
    func parts() async throws {
        var clock = SharedClock(count: 3, limit: 0.05)
        try await Task.sleep(for: .milliseconds(60))
        clock.charge(1)
        #expect(clock.milliseconds(1) >= 60)
        #expect(clock.milliseconds(0) == 0)
        #expect(clock.isOver(1))
        #expect(clock.remaining(1) == .zero)
        #expect(!clock.isOver(0))
        try await Task.sleep(for: .milliseconds(20))
        clock.charge([(0, 1), (2, 3)])
        #expect(clock.milliseconds(2) >= 15)
        #expect(abs(clock.milliseconds(2) - 3 * clock.milliseconds(0)) < 1e-6)
        #expect(SharedClock(count: 1, limit: nil).remaining(0) == nil)
    }
}

extension SentimentExplanation {
    /// Without the only thing that differs from run to run.
    fileprivate var untimed: Self {
        var copy = self
        copy.status.elapsedMilliseconds = 0
        return copy
    }
}

extension RecommendationExplanation {
    fileprivate var untimed: Self {
        var copy = self
        copy.status.elapsedMilliseconds = 0
        return copy
    }
}
