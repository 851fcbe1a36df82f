import Foundation
import Testing
import WhenceExplanation
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Merging shards")
struct ShardMergeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { (folder / name).path }

    /// Writes some rows as one output, and gives its path.
    @discardableResult
    private func write(
        _ indices: some Sequence<Int>, to name: String, task: AnnotationTask = .sentiment,
        detail: AnnotationDetail = .graphs, shard: String? = nil, alpha: Double = 0.01,
        input: String = "reviews.jsonl", digest: String = "0badcafe"
    ) throws -> String {
        var identity = try AnnotatedSamples.identity(task: task, detail: detail, alpha: alpha)
        identity.shard = shard
        identity.input = InputIdentity(path: input, fileCount: 1, byteCount: 12, sha256: digest)
        let isDatabase = name.hasSuffix(".db")
        let plan = OutputPlan(
            records: isDatabase ? nil : path(name), database: isDatabase ? path(name) : nil, start: .new)
        guard case .ready(let output, _) = try AnnotationOutput<Tally>.open(plan, identity: identity) else {
            return path(name)
        }
        for row in AnnotatedSamples.rows(indices, task: task) {
            var row = row
            if case .sentiment(var explanation) = row.outcome {
                explanation.settings.alpha = alpha
                row.outcome = .sentiment(explanation)
            }
            try output.append(row)
        }
        try output.finish(Tally())
        return path(name)
    }

    /// The parts that `--shard` makes.
    private func shards(
        _ count: Int, of rows: Int, ending: String, task: AnnotationTask = .sentiment
    ) throws -> [String] {
        try (1...count).map { number in
            try write(
                (0..<rows).filter { $0 % count == number - 1 }, to: "part\(number)\(ending)", task: task,
                shard: "\(number)/\(count)")
        }
    }

    @Test("Merged records are those of the whole run", arguments: [1, 2, 3, 16], AnnotationTask.allCases)
    func records(count: Int, task: AnnotationTask) throws {
        let whole = try write(0..<40, to: "whole.jsonl", task: task)
        var parts = try shards(count, of: 40, ending: ".jsonl", task: task)
        parts.append(parts.removeFirst())
        let summary = try ShardMerge(parts: parts, output: path("merged.jsonl")).run()
        #expect(summary == .init(rows: 40, failures: 6))
        #expect(try Data(contentsOf: folder / "merged.jsonl") == Data(contentsOf: URL(filePath: whole)))
    }

    @Test("Parts need not be interleaved, and may be empty")
    func blocks() throws {
        let whole = try write(0..<40, to: "whole.jsonl")
        let parts = [
            try write(0..<0, to: "empty.jsonl"), try write(13..<40, to: "b.jsonl"),
            try write(0..<13, to: "a.jsonl"),
        ]
        #expect(try ShardMerge(parts: parts, output: path("merged.jsonl")).run().rows == 40)
        #expect(try Data(contentsOf: folder / "merged.jsonl") == Data(contentsOf: URL(filePath: whole)))
    }

    @Test(
        "A merged database has the content of the whole run's", arguments: [1, 3, 16], AnnotationTask.allCases
    )
    func databases(count: Int, task: AnnotationTask) throws {
        let whole = try write(0..<40, to: "whole.db", task: task)
        let parts = try shards(count, of: 40, ending: ".db", task: task)
        let summary = try ShardMerge(parts: parts.reversed(), output: path("merged.db")).run()
        #expect(summary == .init(rows: 40, failures: 6))
        let merged = try DatabaseContent(path("merged.db"))
        #expect(try merged.faults() == [])
        #expect(try merged.dump() == DatabaseContent(whole).dump())
    }

    /// The error of a merge, after which nothing new is there.
    private func failure(_ parts: [String], to output: String = "merged") throws -> String {
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        let error = #expect(throws: AnnotationError.self) {
            try ShardMerge(parts: parts, output: path(output)).run()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
        return "\(try #require(error))"
    }

    @Test("Where no part has a second row, it is said that the last one may be missing")
    func singleRows() throws {
        let parts = try shards(5, of: 5, ending: ".jsonl")
        let some = try ShardMerge(parts: Array(parts[..<4]), output: path("some.jsonl")).run()
        #expect(some == .init(rows: 4, failures: 1, mayLackEnd: true))
        // The first of two parts with a row each is no different from the only one.
        #expect(try ShardMerge(parts: [parts[0]], output: path("one.jsonl")).run().mayLackEnd)
        let two = try write(0..<2, to: "two.jsonl")
        #expect(try !ShardMerge(parts: [two], output: path("both.jsonl")).run().mayLackEnd)
        let more = try shards(5, of: 6, ending: "-of-6.jsonl")
        #expect(try !ShardMerge(parts: more, output: path("all.jsonl")).run().mayLackEnd)
        // Databases know.
        let databases = try shards(5, of: 5, ending: ".db")
        #expect(try failure(Array(databases[..<4])).contains("part 5/5 is not among the files"))
    }

    @Test("Parts of one input by several names are one whole; of two inputs they are not")
    func inputNames() throws {
        let parts = try ["reviews.jsonl", "./reviews.jsonl", "/data/reviews.jsonl"].enumerated().map {
            number, name in
            try write(
                (0..<12).filter { $0 % 3 == number }, to: "named\(number).db", shard: "\(number + 1)/3",
                input: name)
        }
        #expect(try ShardMerge(parts: parts, output: path("merged.db")).run().rows == 12)
        let other = try write([2, 5, 8, 11], to: "other.db", shard: "3/3", digest: "f00d")
        #expect(
            try failure([parts[0], parts[1], other], to: "other").contains("in the input sha256 of its run"))
    }

    @Test("The name of an output says what the parts have to be")
    func outputKinds() throws {
        let records = try shards(2, of: 6, ending: ".jsonl")
        let databases = try shards(2, of: 6, ending: ".db")
        #expect(
            try failure(records, to: "mm.db").contains("the name of a database, but the parts are records"))
        #expect(try failure(databases, to: "mm.jsonl").contains("the parts are databases"))
    }

    @Test("Gaps, doubles and strangers among records are refused with file and line")
    func wrongRecords() throws {
        let parts = try shards(3, of: 12, ending: ".jsonl")
        #expect(
            try failure([parts[0], parts[2]]).hasSuffix(
                """
                part3.jsonl, line 1: row 1 is in none of the files: behind \(parts[0]), line 1 comes row 2. \
                Is a part missing, or was one not finished?
                """))
        #expect(try failure(parts + [parts[1]]).hasSuffix("part2.jsonl: it is given twice."))
        try FileManager.default.copyItem(atPath: parts[1], toPath: path("copy.jsonl"))
        #expect(
            try failure(parts + [path("copy.jsonl")]).hasSuffix(
                "copy.jsonl, line 1: row 1 is there already, at \(parts[1]), line 1."))
        let other = try write([1, 4, 7, 10], to: "other.jsonl", alpha: 0.05)
        #expect(
            try failure([parts[0], other, parts[2]]).hasSuffix(
                "other.jsonl, line 1: the settings are others than at \(parts[0]), line 1."))
        let short = try write([1, 4, 7, 10], to: "short.jsonl", detail: .explanation)
        #expect(try failure([parts[0], short, parts[2]]).contains("more or less is written of a row"))
        let films = try write([1, 4, 7, 10], to: "films.jsonl", task: .recommendation)
        #expect(try failure([parts[0], films, parts[2]]).contains("the task is another than at"))
        for (text, problem) in [
            ("{\"a\":1}\n", "line 1: it is no record of the schema whence.explanation/1"),
            ("hello\n", "line 1: it is no JSON object"),
            (
                "{\"schema\":\"whence.explanation/1\",\"task\":\"sentiment\",\"error\":{}}\n",
                "it has no \"row\""
            ),
        ] {
            try Data(text.utf8).write(to: folder / "odd.jsonl")
            #expect(try failure([parts[0], path("odd.jsonl")]).contains(problem))
        }
        // A part that was cut off in the middle of a record.
        try Data(try Data(contentsOf: URL(filePath: parts[1])).dropLast(30)).write(to: folder / "cut.jsonl")
        #expect(
            try failure([parts[0], path("cut.jsonl"), parts[2]]).contains("cut.jsonl, line 4: it is no JSON"))
        try Data(try Data(contentsOf: URL(filePath: parts[1])) + Data(contentsOf: URL(filePath: parts[1])))
            .write(to: folder / "double.jsonl")
        #expect(
            try failure([parts[0], path("double.jsonl"), parts[2]]).contains(
                "line 5: row 1 comes behind row 10"))
        #expect(try failure([path("none.jsonl")]).contains("there is no such file"))
        #expect(try failure([try write(0..<0, to: "empty.jsonl")]).contains("there are no rows"))
    }

    @Test("Gaps, doubles and strangers among databases are refused")
    func wrongDatabases() throws {
        let parts = try shards(3, of: 12, ending: ".db")
        #expect(try failure([parts[0], parts[2]]).contains("part 2/3 is not among the files"))
        try FileManager.default.copyItem(atPath: parts[1], toPath: path("copy.db"))
        #expect(
            try failure(parts + [path("copy.db")]).contains("copy.db: row 1 is in a part before it already"))
        let other = try write([1, 4, 7, 10], to: "other.db", shard: "2/3", alpha: 0.05)
        #expect(
            try failure([parts[0], other, parts[2]]).contains(
                "other.db: it differs from \(parts[0]) in the settings of its run"))
        let holes = [try write([0, 1, 3], to: "x.db"), try write([4], to: "y.db")]
        #expect(try failure(holes).contains("row 2 is in none of the files"))
        let records = try write(0..<3, to: "r.jsonl")
        #expect(try failure([parts[0], records]).contains("it holds records"))
        try Data("SQLite format 3\u{0} and no more".utf8).write(to: folder / "odd.db")
        #expect(try failure([parts[0], path("odd.db")]).contains("odd.db: it cannot be read as a database"))
    }

    @Test("An output that exists is replaced only when that is asked for, and never a part")
    func replaces() throws {
        for ending in [".jsonl", ".db"] {
            let parts = try shards(2, of: 6, ending: ending)
            try Data("old".utf8).write(to: folder / ("merged" + ending))
            #expect(try failure(parts, to: "merged" + ending).contains("it exists already"))
            #expect(try Data(contentsOf: folder / ("merged" + ending)) == Data("old".utf8))
            #expect(try failure(parts, to: "part1" + ending).contains("it is one of the parts"))
            #expect(
                try ShardMerge(parts: parts, output: path("merged" + ending), replaces: true).run().rows == 6)
            #expect(try Data(contentsOf: folder / ("merged" + ending)).count > 100)
        }
    }
}
