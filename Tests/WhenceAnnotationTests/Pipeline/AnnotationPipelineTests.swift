import Synchronization
import Testing
import WhenceAnnotation

@Suite("The pipeline of annotation")
struct AnnotationPipelineTests {
    /// Texts of many lengths, some of them slow, and rows that are problems.
    private static func rows(_ count: Int) -> MadeRows {
        MadeRows(count) { index in
            if index % 7 == 3 { return .failure(RowProblem(.malformed, "row \(index)")) }
            return .success(.text("\(index) " + String(repeating: "x", count: index * 37 % 101)))
        }
    }

    private static func delivered(
        _ pipeline: AnnotationPipeline, _ rows: MadeRows
    ) async throws -> [AnnotatedRow] {
        var (rows, all) = (rows, [AnnotatedRow]())
        #expect(try await pipeline.run(&rows) { all.append($0) } == .complete)
        return all
    }

    @Test(
        "Rows come out in the order in which they went in, each with its own answer",
        arguments: [1, 2, 5], [1, 3, 64])
    func order(_ threads: Int, _ rowLimit: Int) async throws {
        let annotator = CountingAnnotator { text in
            if text.hasPrefix("1") { try await Task.sleep(for: .milliseconds(1)) }
        }
        let pipeline = AnnotationPipeline(annotator, threads: threads, rowLimit: rowLimit)
        let rows = Self.rows(150)
        let all = try await Self.delivered(pipeline, rows)
        #expect(all.map(\.row.index) == Array(0..<150))
        for annotated in all {
            switch annotated.row.content {
            case .success(.text(let text)): #expect(annotated.reason == "\(text): \(text.utf8.count)")
            case .success(.history): Issue.record("there are no histories")
            case .failure(let problem): #expect(annotated.reason == problem.reason)
            }
        }
    }

    @Test("Rows of similar size are worked on together, within the limits of a group")
    func grouping() async throws {
        let annotator = CountingAnnotator(GroupLimit(rows: 4, size: 100))
        let lengths = [5, 90, 6, 40, 7, 80, 300, 8, 41, 9, 10]
        let rows = MadeRows(lengths.count) { .success(.text(String(repeating: "x", count: lengths[$0]))) }
        _ = try await Self.delivered(AnnotationPipeline(annotator, threads: 1, rowLimit: 64), rows)
        let groups = annotator.groups.withLock { $0 }.map { $0.map(\.utf8.count) }
        #expect(groups == [[5, 6, 7, 8], [90], [40, 41, 9, 10], [80], [300]])
    }

    @Test("However long a row takes, no more rows are read than may be in hand")
    func window() async throws {
        let read = Mutex(0)
        let highest = Mutex(0)
        let annotator = CountingAnnotator { text in
            guard text == "2" else { return }
            try await Task.sleep(for: .milliseconds(200))
            highest.withLock { $0 = read.withLock { $0 } }
        }
        var rows = MadeRows(500)
        rows.onRead = { index in read.withLock { $0 = index + 1 } }
        let all = try await Self.delivered(AnnotationPipeline(annotator, threads: 2, rowLimit: 20), rows)
        #expect(all.count == 500)
        #expect(highest.withLock { $0 } <= 20)
        #expect(highest.withLock { $0 } > 10, "other rows go on meanwhile")
    }

    @Test("Large rows are held by their bytes, and one that is larger than all may be is still annotated")
    func bytes() async throws {
        let annotator = CountingAnnotator()
        let delivered = Mutex(0)
        let most = Mutex(0)
        var rows = MadeRows(40) { .success(.text(String(repeating: "x", count: $0 == 20 ? 90_000 : 9_000))) }
        rows.onRead = { index in
            most.withLock { $0 = max($0, index + 1 - delivered.withLock { $0 }) }
        }
        let pipeline = AnnotationPipeline(annotator, threads: 2, rowLimit: 1_000, byteLimit: 30_000)
        _ = try await pipeline.run(&rows) { _ in delivered.withLock { $0 += 1 } }
        #expect(delivered.withLock { $0 } == 40)
        #expect(most.withLock { $0 } <= 4)
    }

    @Test("Asked to stop, it reads nothing more and delivers every row that was begun, without a gap")
    func stopping() async throws {
        let annotator = CountingAnnotator { _ in try await Task.sleep(for: .milliseconds(1)) }
        var rows = MadeRows(10_000) { .success(.text(String(repeating: "x", count: $0 * 7 % 13 + 1))) }
        var (all, readAtStop) = ([Int](), -1)
        let ending = try await AnnotationPipeline(annotator, threads: 3, rowLimit: 60).run(
            &rows, isStopping: { !all.isEmpty && all.count >= 40 }
        ) { row in
            all.append(row.row.index)
            if all.count == 40 { readAtStop = row.row.index }
        }
        #expect(ending == .stopped)
        #expect(readAtStop == 39)
        #expect(all == Array(0..<all.count))
        #expect(rows.read <= 39 + 60 + 60)
        #expect(all.count < 200)
        // What was begun was delivered: no work is lost.
        let begun = annotator.groups.withLock { $0.reduce(0) { $0 + $1.count } }
        #expect(begun == all.count)
    }

    @Test("Asked to stop before the first row, it delivers none; after the last, all are there")
    func stoppingAtTheEnds() async throws {
        let read = Mutex(0)
        var rows = MadeRows(10)
        rows.onRead = { index in read.withLock { $0 = index + 1 } }
        let pipeline = AnnotationPipeline(CountingAnnotator(), threads: 2)
        var count = 0
        let stopped = try await pipeline.run(&rows, isStopping: { true }, deliver: { _ in count += 1 })
        #expect(stopped == .stopped)
        #expect(count == 0)
        #expect(rows.read == 0)
        let complete = try await pipeline.run(
            &rows, isStopping: { read.withLock { $0 } == 10 }, deliver: { _ in count += 1 })
        #expect(complete == .complete)
        #expect(count == 10)
    }

    struct DiskFull: Error {}

    @Test("An error of whoever takes the rows ends the run at once")
    func deliveryFails() async throws {
        let annotator = CountingAnnotator()
        var rows = MadeRows(10_000)
        var count = 0
        await #expect(throws: DiskFull.self) {
            try await AnnotationPipeline(annotator, threads: 2, rowLimit: 50).run(&rows) { _ in
                count += 1
                if count == 30 { throw DiskFull() }
            }
        }
        #expect(count == 30)
        #expect(rows.read <= 120)
    }

    @Test("A data set that cannot be read on ends the run behind the rows before", arguments: [0, 1, 50])
    func brokenSource(_ place: Int) async throws {
        var rows = MadeRows(100)
        rows.brokenAt = place
        var delivered: [Int] = []
        let annotator = CountingAnnotator { _ in try await Task.sleep(for: .milliseconds(1)) }
        await #expect(throws: AnnotationError.unreadable(path: "made", reason: "broken")) {
            try await AnnotationPipeline(annotator, threads: 2).run(&rows) { delivered.append($0.row.index) }
        }
        #expect(delivered == Array(0..<place))
    }

    @Test("A fault of our own ends the run")
    func otherErrors() async throws {
        var others = MadeRows(100)
        let annotator = CountingAnnotator { if $0 == "42" { throw DiskFull() } }
        await #expect(throws: DiskFull.self) {
            try await AnnotationPipeline(annotator, threads: 2).run(&others) { _ in }
        }
    }

    @Test("A task that is cancelled ends with CancellationError")
    func cancellation() async throws {
        let task = Task {
            var rows = MadeRows(1_000_000)
            let annotator = CountingAnnotator { _ in try await Task.sleep(for: .milliseconds(5)) }
            _ = try await AnnotationPipeline(annotator, threads: 2).run(&rows) { _ in }
        }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("A data set without rows is complete")
    func noRows() async throws {
        #expect(try await Self.delivered(AnnotationPipeline(CountingAnnotator()), MadeRows(0)).isEmpty)
    }
}
