import Foundation
import WhenceAnnotation
import WhenceExplanation
import WhenceLoader
import WhenceTensor

/// Annotating a whole data set, with the settings of `annotation.py`.
enum AnnotationBenchmark {
    /// What a run took.
    private struct Row: Codable {
        var rows = 0
        var flipped = 0
        var forwardPasses = 0
        var seconds = 0.0
        /// Of all threads together.
        var processorSeconds = 0.0
        /// The most memory that the process ever held.
        var peakMegabytes = 0.0
        var threads = 0
        /// What the model says of every row, in their order, as far as they are few.
        var labels: [Int] = []
    }

    /// Labels are told of data sets up to this size.
    private static let labelLimit = 1_000

    /// `annotation (--input TSV [--sample N | --limit N] | --generate N) [--model DIR] [--precision fp32|int8]
    /// [--threads N] [--detail prediction|explanation|graphs] [--max-set-size N] [--json]`; a sample is taken at equal
    /// distances, a limit is the first rows.
    static func run(_ arguments: [String]) async throws {
        let options = try Options(
            arguments,
            names: [
                "--input", "--generate", "--model", "--precision", "--sample", "--limit", "--threads",
                "--detail", "--max-set-size",
            ], flags: ["--json"])
        let precision = try choice(options, "--precision", Precision.float32)
        let detail = try choice(options, "--detail", AnnotationDetail.graphs)
        let classifier = try await SentimentClassifier(
            ModelFolder(at: options.string("--model") ?? "models/sentiment"), precision: precision)
        var settings = ExplanationSettings()
        settings.maximumSetSize = try options.count("--max-set-size") ?? 2
        let annotator = try SentimentAnnotator(classifier, settings: settings, detail: detail)
        let threads = try options.count("--threads") ?? ComputeContext.availableThreadCount
        let pipeline = AnnotationPipeline(annotator, threads: threads)
        var row: Row
        if let count = try options.count("--generate") {
            var rows = GeneratedRows(count: count)
            row = try await measure(pipeline, &rows)
        } else if let input = options.string("--input") {
            var sentences = try LabelledSentences(path: input, labels: ["0", "1"]).rows.map(\.text)
            if let count = try options.count("--sample") { sentences = sample(of: sentences, count: count) }
            var rows = GivenRows(
                name: input, texts: Array(sentences.prefix(try options.count("--limit") ?? .max)))
            row = try await measure(pipeline, &rows)
        } else {
            throw UsageError(problem: "Give --input TSV or --generate N.")
        }
        row.threads = threads
        if options.has("--json") {
            print(String(decoding: try JSONEncoder().encode(row), as: UTF8.self))
        } else {
            show(row)
        }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ options: Options, _ name: String, _ usual: Choice
    ) throws -> Choice where Choice.RawValue == String {
        guard let word = options.string(name) else { return usual }
        guard let choice = Choice(rawValue: word) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError(problem: "\(name) takes one of \(known), not \(word).")
        }
        return choice
    }

    /// Sentences at equal distances: those that `annotation.py` takes.
    private static func sample(of sentences: [String], count: Int) -> [String] {
        let step = max(1, sentences.count / count)
        return stride(from: step / 2, to: sentences.count, by: step).prefix(count).map { sentences[$0] }
    }

    private static func measure(
        _ pipeline: AnnotationPipeline, _ rows: inout some RowSource
    ) async throws -> Row {
        var row = Row()
        let (clock, start) = (ContinuousClock(), ContinuousClock().now)
        let processorStart = processorSeconds()
        _ = try await pipeline.run(&rows) { annotated in
            guard case .sentiment(let explanation) = annotated.outcome else {
                throw UsageError(problem: "\(annotated.row.place): \(annotated.outcome)")
            }
            row.rows += 1
            row.flipped += explanation.explanations.isEmpty ? 0 : 1
            row.forwardPasses += explanation.status.forwardPasses
            if row.labels.count < labelLimit { row.labels.append(explanation.prediction.index) }
        }
        row.seconds = start.duration(to: clock.now) / .seconds(1)
        row.processorSeconds = processorSeconds() - processorStart
        row.peakMegabytes = peakMegabytes()
        return row
    }

    private static func show(_ row: Row) {
        let rate = Double(row.rows) / row.seconds
        print(
            """
            \(row.rows) rows, \(row.flipped) flipped, \(row.forwardPasses) forward passes, \(row.threads) threads
            \(row.seconds.text(digits: 2)) s, \(rate.text(digits: 1)) rows/s, \
            \((row.processorSeconds / Double(row.rows) * 1e3).text(digits: 2)) ms of processor time a row, \
            \(row.peakMegabytes.text(digits: 0)) MB at most
            """)
    }

    private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    private static func peakMegabytes() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return Double(usage.ru_maxrss) / 1_000
    }
}

/// Texts of a file that is short enough to be held.
private struct GivenRows: RowSource {
    let name: String
    let texts: [String]
    private var read = 0

    init(name: String, texts: [String]) {
        self.name = name
        self.texts = texts
    }

    var progress: Double? { Double(read) / Double(texts.count) }

    mutating func next() throws(AnnotationError) -> InputRow? {
        guard read < texts.count else { return nil }
        defer { read += 1 }
        return InputRow(
            index: read, place: .init(file: name, line: read + 2), kept: [],
            content: .success(.text(texts[read])))
    }
}

/// Short sentences, as many as are asked for.
private struct GeneratedRows: RowSource {
    let name = "generated"
    let count: Int
    private var read = 0
    private var numbers = SplitMix64(state: 1)

    private static let words = [
        "a", "good", "bad", "film", "slow", "never", "dull", "the", "actors", "charming", "but", "journey",
    ]

    init(count: Int) { self.count = count }

    var progress: Double? { Double(read) / Double(count) }

    mutating func next() throws(AnnotationError) -> InputRow? {
        guard read < count else { return nil }
        defer { read += 1 }
        let words = (0..<3 + numbers.next() % 4).map { _ in
            Self.words[Int(numbers.next() % UInt64(Self.words.count))]
        }
        return InputRow(
            index: read, place: .init(file: name, line: read + 1), kept: [],
            content: .success(.text(words.joined(separator: " "))))
    }
}
