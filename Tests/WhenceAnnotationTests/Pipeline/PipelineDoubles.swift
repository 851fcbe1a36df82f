import Synchronization
import WhenceAnnotation
import WhenceInference

/// Rows that are made when they are asked for.
struct MadeRows: RowSource {
    let name = "made"
    var progress: Double? { nil }
    let count: Int
    /// What a row holds.
    let content: @Sendable (Int) -> Result<InputRow.Content, RowProblem>
    /// How many were read.
    private(set) var read = 0
    /// Told of every row that is read.
    var onRead: (Int) -> Void = { _ in }
    /// The row at which the data set cannot be read on.
    var brokenAt: Int?

    init(
        _ count: Int,
        content: @escaping @Sendable (Int) -> Result<InputRow.Content, RowProblem> = {
            .success(.text("\($0)"))
        }
    ) {
        self.count = count
        self.content = content
    }

    mutating func next() throws(AnnotationError) -> InputRow? {
        if read == brokenAt { throw .unreadable(path: name, reason: "broken") }
        guard read < count else { return nil }
        defer { read += 1 }
        onRead(read)
        return InputRow(
            index: read, place: InputRow.Place(file: name, line: read + 1), kept: [], content: content(read))
    }
}

/// Says of every text how long it is, as a problem, after having slept as the row asks.
final class CountingAnnotator: RowAnnotator {
    let groupLimit: GroupLimit
    /// What is done before a row is answered.
    private let work: @Sendable (String) async throws -> Void
    /// The groups in the order in which they were begun.
    let groups = Mutex<[[String]]>([])

    init(
        _ limit: GroupLimit = GroupLimit(rows: 4, size: 1_000),
        work: @escaping @Sendable (String) async throws -> Void = { _ in }
    ) {
        groupLimit = limit
        self.work = work
    }

    func size(of content: InputRow.Content) -> Int {
        if case .text(let text) = content { text.utf8.count } else { 0 }
    }

    func annotate(_ contents: [InputRow.Content], in workspace: Workspace) async throws -> [RowAnswer] {
        let texts = contents.map { if case .text(let text) = $0 { text } else { "" } }
        groups.withLock { $0.append(texts) }
        var answers: [RowAnswer] = []
        for text in texts {
            try await work(text)
            answers.append(
                RowAnswer(.failure(RowProblem(.model, "\(text): \(text.utf8.count)")), milliseconds: 1))
        }
        return answers
    }
}

extension AnnotatedRow {
    /// What was said of it.
    var reason: String? {
        if case .failure(let problem) = outcome { problem.reason } else { nil }
    }
}
