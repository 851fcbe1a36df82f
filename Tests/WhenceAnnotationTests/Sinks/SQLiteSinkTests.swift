import Foundation
import Testing
import WhenceExplanation
import WhenceLoader
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Databases of annotated rows")
struct SQLiteSinkTests {
    private func database(
        _ count: Int, task: AnnotationTask = .sentiment, detail: AnnotationDetail = .graphs
    ) throws -> (run: OutputRun, content: DatabaseContent) {
        var run = try OutputRun(count, task: task)
        (run.writesRecords, run.writesDatabase) = (false, true)
        run.identity = try AnnotatedSamples.identity(task: task, detail: detail)
        try run.run(.new)
        return (run, try DatabaseContent(run.database))
    }

    @Test(
        "A database is one sound file with every row", arguments: AnnotationTask.allCases,
        AnnotationDetail.allCases)
    func sound(task: AnnotationTask, detail: AnnotationDetail) throws {
        let (run, content) = try database(40, task: task, detail: detail)
        #expect(try run.files() == ["out.db"])
        #expect(try content.faults() == [])
        #expect(try content.lines("SELECT task, detail, rows_done FROM run") == ["\(task)|\(detail)|40"])
        #expect(try content.lines("SELECT count(*) FROM inputs") == ["40"])
        #expect(try content.lines("SELECT count(*) FROM predictions") == ["34"])
        #expect(try content.lines("SELECT count(*) FROM errors") == ["6"])
        #expect(try content.lines("SELECT count(*) FROM explained WHERE row = 0") == ["1"])
        let parts = task == .sentiment ? "words" : "items"
        let expected = detail == .prediction ? "0" : "1"
        #expect(try content.lines("SELECT count(*) > 0 FROM \(parts)") == [expected])
        #expect(try content.lines("SELECT count(*) > 0 FROM explanations") == [expected])
        #expect(try content.lines("SELECT count(*) > 0 FROM edges") == [detail == .graphs ? "1" : "0"])
    }

    @Test("The tables of a classifier hold what the explanations hold")
    func sentiment() throws {
        let (_, content) = try database(24)
        for row in AnnotatedSamples.rows(0..<24) {
            let index = row.row.index
            guard case .sentiment(let explanation) = row.outcome else {
                #expect(
                    try content.lines("SELECT * FROM errors WHERE row = \(index)") == [
                        "\(index)|empty|The text has no words."
                    ])
                #expect(
                    try content.lines("SELECT text, fields FROM inputs WHERE row = \(index)") == [
                        "NULL|{\"id\":\"r\(index)\",\"stars\":\(index % 5)}"
                    ])
                continue
            }
            #expect(
                try content.lines("SELECT file, line, text, unseen_from FROM inputs WHERE row = \(index)")
                    == [
                        "reviews.jsonl|\(index + 1)|\(explanation.input.text)|NULL"
                    ])
            let prediction = explanation.prediction
            #expect(
                try content.lines("SELECT label, probability FROM predictions WHERE row = \(index)") == [
                    "\(prediction.label)|\(prediction.probability)"
                ])
            #expect(
                try content.lines(
                    "SELECT value FROM predictions, json_each(probabilities) WHERE row = \(index)")
                    == prediction.probabilities.map { "\($0)" })
            #expect(
                try content.lines("SELECT word, text, start, \"end\" FROM words WHERE row = \(index)")
                    == explanation.input.words.enumerated().map {
                        "\($0)|\($1.text)|\($1.span.lowerBound)|\($1.span.upperBound)"
                    })
            #expect(
                try content.lines(
                    "SELECT node, label, is_target, word FROM nodes WHERE row = \(index)")
                    == explanation.graphs[0].nodes.map {
                        "\($0.index)|\($0.label)|\($0.index == 0 ? 1 : 0)|\($0.index == 0 ? "NULL" : "\($0.index - 1)")"
                    })
            #expect(
                try content.lines("SELECT head, edge, p_value FROM edge_words WHERE row = \(index)")
                    == explanation.graphs.enumerated().flatMap { number, graph in
                        graph.edges.map { "\(number)|\(graph.text(of: $0))|\($0.pValue)" }
                    })
            #expect(
                try content.lines(
                    "SELECT rank, size, distance, words, heads, outcome_label FROM explanations WHERE row = \(index)"
                )
                    == explanation.explanations.enumerated().map { place, found in
                        let words = found.words.map { explanation.input.words[$0].text }.joined(
                            separator: ", ")
                        return "\(place + 1)|2|\(place == 0 ? "2" : "NULL")|\(words)|"
                            + "\(place == 0 ? "[0,3]" : "[]")|\(found.outcome.label)"
                    })
            #expect(
                try content.lines("SELECT rank, word FROM explanation_words WHERE row = \(index)")
                    == explanation.explanations.enumerated().flatMap { place, found in
                        found.words.map { "\(place + 1)|\($0)" }
                    })
        }
    }

    @Test("The tables of a recommender hold what the explanations hold")
    func recommendation() throws {
        let (_, content) = try database(12, task: .recommendation)
        #expect(
            try content.lines(
                """
                SELECT row, user, title, size, explanation, replacement_title, replacement_rank_before,
                  json_extract(fields, '$.id') FROM explained WHERE row < 3
                """) == [
                    "0|user 0|Alien (1979)|NULL|NULL|NULL|NULL|r0",
                    "1|NULL|Alien (1979)|1|Film 1|Brazil (1985)|2|r1",
                    "2|user 2|Alien (1979)|NULL|NULL|NULL|NULL|r2",
                ])
        #expect(
            try content.lines("SELECT place, item, title, seen FROM items WHERE row = 0") == [
                "0|1|Film 1|1", "1|2|Film 2|1", "2|3|Film 3|1",
            ])
        #expect(
            try content.lines("SELECT node, word, is_target FROM nodes WHERE row = 0") == [
                "0|0|0", "1|1|0", "2|2|0", "3|NULL|1",
            ])
        #expect(try content.lines("SELECT DISTINCT head FROM graphs") == ["pooled"])
        #expect(
            try content.lines("SELECT json_extract(history, '$[1].title') FROM inputs WHERE row = 0") == [
                "Film 2"
            ])
    }

    @Test("Questions that people ask are answered by indices")
    func plans() throws {
        let (_, content) = try database(24)
        let questions = [
            "SELECT * FROM explained WHERE label = 'negative' AND probability > 0.9": "predictions_by_label",
            "SELECT * FROM words WHERE text = 'not'": "words_by_text",
            "SELECT count(*) FROM explanations WHERE size = 1": "explanations_by_size",
            "SELECT words, count(*) FROM explanations GROUP BY words": "explanations_by_words",
            "SELECT edge FROM edge_words WHERE row = 7": "PRIMARY KEY (row=?)",
        ]
        for (question, index) in questions.sorted(by: { $0.key < $1.key }) {
            let plan = try content.lines("EXPLAIN QUERY PLAN " + question).joined(separator: "\n")
            #expect(plan.contains(index), "\(question): \(plan)")
        }
    }

    @Test("A run that is killed and resumed leaves the same database", arguments: [0, 1, 10, 33])
    func resumes(stop: Int) throws {
        let whole = try database(40).content.dump()
        var run = try OutputRun(40)
        (run.writesRecords, run.writesDatabase) = (false, true)
        try run.run(.new, until: stop)
        // What a kill leaves: rows behind the last checkpoint, in the write-ahead file or committed.
        let journal = try run.bytes("out.db.journal")
        if stop > 0 {
            try run.run(.resuming, until: stop + 7)
            try run.write(journal, "out.db.journal")
        }
        try run.run(.resuming)
        #expect(try run.files() == ["out.db"])
        #expect(try DatabaseContent(run.database).dump() == whole)
        #expect(try DatabaseContent(run.database).faults() == [])
        var undisturbed = try OutputRun(40)
        (undisturbed.writesRecords, undisturbed.writesDatabase) = (false, true)
        try undisturbed.run(.new)
        #expect(try run.bytes("out.db") == undisturbed.bytes("out.db"))
    }

    @Test("Records and a database go on from the same checkpoint")
    func both() throws {
        let expected = try database(40).content.dump()
        let alone = try OutputRun(40)
        try alone.run(.new)
        var run = try OutputRun(40)
        run.writesDatabase = true
        try run.run(.new, until: 25)
        #expect(
            try run.files().filter { !$0.contains("-") } == [
                "out.db.partial", "out.jsonl.journal", "out.jsonl.partial",
            ])
        // A kill after the database's commit and before the journal's: both go back to the checkpoint before.
        let lines = try run.bytes("out.jsonl.journal").split(separator: UInt8(ascii: "\n"))
        try run.write(
            Data(lines.dropLast().joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]),
            "out.jsonl.journal")
        try run.run(.resuming)
        #expect(try run.files() == ["out.db", "out.jsonl"])
        #expect(try run.bytes("out.jsonl") == alone.bytes("out.jsonl"))
        let dump = try DatabaseContent(run.database).dump()
        #expect(dump == expected)
        #expect(try run.run(.resuming) == nil)
    }

    @Test("Another database under the name is refused and left alone")
    func foreign() throws {
        var run = try OutputRun(12)
        (run.writesRecords, run.writesDatabase) = (false, true)
        try run.run(.new, until: 7)
        let partial = try run.bytes("out.db.partial")
        for foreign in [
            Data("no database, but long enough to be one".utf8), Data(repeating: 7, count: 8_192),
        ] {
            try run.write(foreign, "out.db.partial")
            let error = try #require(#expect(throws: AnnotationError.self) { try run.run(.resuming) })
            #expect("\(error)".contains("out.db.partial: it is no database, or damaged"))
            #expect(try run.bytes("out.db.partial") == foreign)
        }
        try FileManager.default.removeItem(atPath: run.database + ".partial")
        let error = try #require(#expect(throws: AnnotationError.self) { try run.run(.resuming) })
        #expect("\(error)".contains("the database is gone"))
        try run.write(partial, "out.db.partial")
        try run.run(.resuming)
        #expect(try DatabaseContent(run.database).lines("SELECT rows_done FROM run") == ["12"])
    }
}
