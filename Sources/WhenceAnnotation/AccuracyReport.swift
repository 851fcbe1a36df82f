import Foundation
public import WhenceExplanation
internal import WhenceInference
internal import WhenceLoader

/// How often a classifier is right on labelled sentences.
public struct AccuracyReport: Sendable, Hashable, Codable {
    /// What the classifier does with the sentences of one label.
    public struct LabelReport: Sendable, Hashable, Codable {
        /// The label's name.
        public var label: String
        /// Sentences that truly have this label.
        public var support: Int
        /// Share of them that are predicted so; 0 without any.
        public var recall: Double
        /// Share of the sentences predicted so that truly are; 0 without any.
        public var precision: Double
    }

    /// Number of sentences.
    public var sentences: Int
    /// Sentences predicted right.
    public var correct: Int
    /// `correct / sentences`.
    public var accuracy: Double
    /// The 95 % Wilson interval of the accuracy: lower end, upper end.
    public var interval: [Double]
    /// Mean of `−ln p(true label)`, in nats.
    public var crossEntropy: Double
    /// One report a label, in index order.
    public var labels: [LabelReport]
    /// `[true label][predicted label]` counts.
    public var confusion: [[Int]]
    /// Sentences that were longer than the model takes, so that their end was not seen.
    public var cutSentences: Int

    /// Counts a classifier's predictions against the truth.
    ///
    /// - Parameters:
    ///   - sentences: the sentences and their true labels.
    ///   - classifier: the model; its predictions do not depend on how sentences are batched.
    ///   - threads: cores to use; `nil` for all.
    ///   - progress: called with the number of sentences done.
    /// - Throws: errors of the tokenizer and of the model; `AnnotationError`, naming the line, for a sentence without a
    ///   token; `CancellationError`.
    public init(
        _ sentences: LabelledSentences, classifier: SentimentClassifier, threads: Int? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws {
        let names = classifier.model.configuration.labels
        var confusion = Array(repeating: Array(repeating: 0, count: names.count), count: names.count)
        var crossEntropy = 0.0
        var cut = 0
        let workspace = try Workspace(threads: threads)
        let batch = 512
        for start in stride(from: 0, to: sentences.rows.count, by: batch) {
            try Task.checkCancellation()
            let rows = sentences.rows[start..<min(start + batch, sentences.rows.count)]
            let inputs = try rows.map { try classifier.read($0.text) }
            for (row, input) in zip(rows, inputs) where input.tokens.isEmpty {
                throw AnnotationError.line(
                    path: sentences.path, line: row.line,
                    reason: "the sentence has no token that the model reads.")
            }
            cut += inputs.count { $0.unseen != nil }
            for (row, prediction) in zip(rows, try classifier.predict(inputs, in: workspace)) {
                confusion[row.label][prediction.index] += 1
                crossEntropy -= Self.logProbability(of: row.label, prediction.logits)
            }
            progress(start + rows.count)
        }
        self.init(
            confusion: confusion, names: names, crossEntropy: crossEntropy / Double(sentences.rows.count),
            cutSentences: cut)
    }

    /// The report of a confusion matrix.
    init(confusion: [[Int]], names: [String], crossEntropy: Double, cutSentences: Int) {
        self.confusion = confusion
        self.crossEntropy = crossEntropy
        self.cutSentences = cutSentences
        sentences = confusion.reduce(0) { $0 + $1.reduce(0, +) }
        correct = names.indices.reduce(0) { $0 + confusion[$1][$1] }
        accuracy = Double(correct) / Double(sentences)
        interval = Self.wilsonInterval(successes: correct, trials: sentences)
        labels = names.indices.map { index in
            let support = confusion[index].reduce(0, +)
            let predicted = confusion.reduce(0) { $0 + $1[index] }
            let right = Double(confusion[index][index])
            return LabelReport(
                label: names[index], support: support, recall: support == 0 ? 0 : right / Double(support),
                precision: predicted == 0 ? 0 : right / Double(predicted))
        }
    }

    /// The Wilson score interval at 95 %: `(p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
    static func wilsonInterval(successes: Int, trials: Int) -> [Double] {
        let z = 1.959963984540054
        let n = Double(trials)
        let p = Double(successes) / n
        let centre = p + z * z / (2 * n)
        let margin = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return [(centre - margin) / scale, (centre + margin) / scale]
    }

    private static func logProbability(of label: Int, _ logits: [Double]) -> Double {
        let largest = logits.max() ?? 0
        let sum = logits.reduce(0) { $0 + exp($1 - largest) }
        return logits[label] - largest - log(sum)
    }
}
