internal import WhenceRendering

/// The rows in hand: read, but not delivered.
///
/// They leave in the order in which they came, whatever order they are annotated in.
struct RowWindow {
    /// A row that waits for the model.
    private struct Waiting {
        /// Counts the rows as they come.
        var serial: Int
        var size: Int
    }

    /// Rows that are worked on together.
    struct Group: Sendable {
        var serials: [Int] = []
        var contents: [InputRow.Content] = []
    }

    private let rowLimit: Int
    private let byteLimit: Int
    /// Among how many groups' worth of rows those of similar size are looked for.
    private static let reach = 2

    private var rows: [Int: InputRow] = [:]
    private var answers: [Int: RowAnswer] = [:]
    /// In the order in which they came.
    private var waiting: [Waiting] = []
    /// The serials of the next row to come, and of the next to leave.
    private var (end, start) = (0, 0)
    /// One more than the last row that was handed out or needs no annotating.
    private var settled = 0
    private var byteCount = 0

    /// - Parameters:
    ///   - rowLimit: most rows.
    ///   - byteLimit: bytes of their texts and fields after which no further row is taken in.
    init(rowLimit: Int, byteLimit: Int) {
        self.rowLimit = max(1, rowLimit)
        self.byteLimit = max(1, byteLimit)
    }

    var isEmpty: Bool { start == end }
    /// Whether another row may come in; always when there is none.
    var hasRoom: Bool { isEmpty || (end - start < rowLimit && byteCount < byteLimit) }

    /// Takes a row in.
    mutating func add(_ row: InputRow, size: (InputRow.Content) -> Int) {
        switch row.content {
        case .success(let content): waiting.append(Waiting(serial: end, size: size(content)))
        case .failure(let problem):
            answers[end] = RowAnswer(.failure(problem), milliseconds: 0)
            settled = end + 1
        }
        rows[end] = row
        byteCount += row.byteCount
        end += 1
    }

    /// The row that waits longest, with those whose size is nearest to its own.
    ///
    /// - Parameters:
    ///   - limit: how many rows.
    ///   - sharers: among how many workers the rows that wait are to be shared.
    mutating func nextGroup(_ limit: GroupLimit, sharers: Int) -> Group? {
        guard let first = waiting.first else { return nil }
        let most = min(limit.rows, (waiting.count + sharers - 1) / sharers)
        // Not from the whole window: what is begun far ahead would have to be waited for when the run is to stop.
        let near = waiting.prefix(Self.reach * limit.rows).sorted {
            (abs($0.size - first.size), $0.serial) < (abs($1.size - first.size), $1.serial)
        }
        var size = 0
        var chosen: [Int] = []
        for row in near.prefix(max(1, most)) {
            size += row.size
            guard chosen.isEmpty || size <= limit.size else { break }
            chosen.append(row.serial)
        }
        chosen.sort()
        let taken = Set(chosen)
        waiting.removeAll { taken.contains($0.serial) }
        settled = max(settled, chosen.last.map { $0 + 1 } ?? 0)
        var group = Group()
        for serial in chosen {
            guard case .success(let content) = rows[serial]?.content else { continue }
            group.serials.append(serial)
            group.contents.append(content)
        }
        return group
    }

    /// Takes in the answers to a group.
    mutating func finish(_ serials: [Int], _ answers: [RowAnswer]) {
        for (serial, answer) in zip(serials, answers) { self.answers[serial] = answer }
    }

    /// The next row that is done, if it is the next to leave.
    mutating func next() -> AnnotatedRow? {
        guard let answer = answers[start], let row = rows[start] else { return nil }
        answers[start] = nil
        rows[start] = nil
        byteCount -= row.byteCount
        start += 1
        return AnnotatedRow(row: row, outcome: answer.outcome, milliseconds: answer.milliseconds)
    }

    /// Drops the rows behind the last one that was begun: nobody has worked on them, and those in front can all leave.
    mutating func dropUntouched() {
        for serial in settled..<end {
            byteCount -= rows[serial]?.byteCount ?? 0
            rows[serial] = nil
            answers[serial] = nil
        }
        waiting.removeAll { $0.serial >= settled }
        end = settled
    }
}

extension InputRow {
    /// About how much memory the row takes.
    fileprivate var byteCount: Int {
        let asked =
            switch content {
            case .success(.text(let text)): text.utf8.count
            case .success(.history(let items, let user)):
                items.reduce(user?.utf8.count ?? 0) { $0 + $1.byteCount }
            case .failure(let problem): problem.reason.utf8.count
            }
        return kept.reduce(asked) { $0 + $1.name.utf8.count + $1.json.utf8.count }
    }
}

extension HistoryReference {
    fileprivate var byteCount: Int {
        switch self {
        case .id(let text), .title(let text): text.utf8.count + 16
        }
    }
}
