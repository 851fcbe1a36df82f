internal import GRDB
internal import WhenceDiscovery
internal import WhenceExplanation
internal import WhenceLoader
internal import WhenceRendering

/// Puts annotated rows into the tables of a database.
struct RowInsertion {
    private var inputs: TableInsertion
    private var errors: TableInsertion
    private var predictions: TableInsertion
    private var graphs: GraphInsertion
    /// `words` or `items`.
    private var parts: TableInsertion
    private var explanations: TableInsertion
    /// `explanation_words` or `explanation_items`.
    private var explanationParts: TableInsertion
    private let detail: AnnotationDetail
    /// The data set's name, as the run was begun with it.
    private let input: String
    private var json = JSONBytes()

    init(_ database: Database, task: AnnotationTask, detail: AnnotationDetail) throws {
        self.detail = detail
        input = try String.fetchOne(database, sql: "SELECT input FROM run") ?? ""
        inputs = try TableInsertion(into: "inputs", database)
        errors = try TableInsertion(into: "errors", database)
        predictions = try TableInsertion(into: "predictions", database)
        graphs = try GraphInsertion(database)
        parts = try TableInsertion(into: task == .sentiment ? "words" : "items", database)
        explanations = try TableInsertion(into: "explanations", database)
        explanationParts = try TableInsertion(
            into: task == .sentiment ? "explanation_words" : "explanation_items", database)
    }

    /// Inserts one row into every table that it has something for.
    mutating func insert(_ row: AnnotatedRow) throws {
        switch row.outcome {
        case .sentiment(let explanation): try insert(row.row, explanation)
        case .recommendation(let explanation): try insert(row.row, explanation)
        case .failure(let problem):
            try insertInput(row.row)
            try errors.add(row.row.index)
            try errors.add(problem.kind.rawValue)
            try errors.add(problem.reason)
            try errors.insert()
        }
    }

    // MARK: Inputs

    /// The row of a failure: what is known of its input is what was read.
    private mutating func insertInput(_ row: InputRow) throws {
        try beginInput(row)
        switch try? row.content.get() {
        case .text(let text):
            try inputs.add(text)
            try endInput(row, history: nil, user: nil)
        case .history(let history, let user):
            try inputs.add(String?.none)
            let json = jsonText { json in
                json.array(history) { json, reference in
                    json.object { json in
                        switch reference {
                        case .id(let id):
                            json.key("item")
                            json.string(id)
                        case .title(let title):
                            json.key("title")
                            json.string(title)
                        }
                    }
                }
            }
            try endInput(row, history: json, user: user)
        case nil:
            try inputs.add(String?.none)
            try endInput(row, history: nil, user: nil)
        }
    }

    private mutating func beginInput(_ row: InputRow) throws {
        try inputs.add(row.index)
        try inputs.add(row.place.member ?? input)
        try inputs.add(row.place.line)
    }

    private mutating func endInput(
        _ row: InputRow, unseenFrom: Int? = nil, history: [UInt8]?, firstSeen: Int? = nil, user: String?
    ) throws {
        try inputs.add(unseenFrom)
        if let history { try inputs.add(history) } else { try inputs.add(String?.none) }
        try inputs.add(firstSeen)
        try inputs.add(user)
        try inputs.add(
            jsonText { json in
                json.object { json in
                    var fields = RecordFields(row.kept, besides: [])
                    fields.close(&json)
                }
            })
        try inputs.insert()
    }

    /// A small piece of JSON.
    private mutating func jsonText(_ body: (inout JSONBytes) -> Void) -> [UInt8] {
        json.removeAll()
        body(&json)
        return json.bytes
    }

    // MARK: Classifiers

    private mutating func insert(_ row: InputRow, _ explanation: SentimentExplanation) throws {
        let (input, prediction) = (explanation.input, explanation.prediction)
        try beginInput(row)
        try inputs.add(input.text)
        try endInput(row, unseenFrom: input.unseenFrom, history: nil, user: nil)

        try predictions.add(row.index)
        try predictions.add(prediction.label)
        try predictions.add(prediction.index)
        try predictions.add(prediction.probability)
        try predictions.add(
            jsonText { json in
                json.object { json in
                    for (label, probability) in zip(prediction.labels, prediction.probabilities) {
                        json.key(escaping: label)
                        json.number(probability)
                    }
                }
            })
        try predictions.add(jsonText { $0.numbers(prediction.logits) })
        try predictions.insert()

        guard detail != .prediction else { return }
        for (index, word) in input.words.enumerated() {
            try parts.add(row.index)
            try parts.add(index)
            try parts.add(word.text)
            try parts.add(word.span.lowerBound)
            try parts.add(word.span.upperBound)
            try parts.insert()
        }
        for (place, found) in explanation.explanations.enumerated() {
            let words = found.words.map { input.words[$0].text }.joined(separator: ", ")
            try beginExplanation(
                row, rank: place + 1, size: found.size, distance: found.distance, words, found.nodes,
                found.heads)
            try explanations.add(found.outcome.label)
            try explanations.add(found.outcome.probability)
            try explanations.insert()
            try insertParts(found.words, row, rank: place + 1)
        }
        guard detail == .graphs else { return }
        var wordOfToken: [Int: Int] = [:]
        for (index, word) in input.words.enumerated() {
            for token in word.tokens { wordOfToken[token] = index }
        }
        try graphs.insert(explanation.graphs, row: row.index) { node in
            node.tokens.first.flatMap { wordOfToken[$0] }
        }
    }

    // MARK: Recommenders

    private mutating func insert(_ row: InputRow, _ explanation: RecommendationExplanation) throws {
        let (input, prediction) = (explanation.input, explanation.prediction)
        try beginInput(row)
        try inputs.add(String?.none)
        let history = jsonText { json in
            json.array(input.history) { json, item in
                json.object { json in
                    json.key("item")
                    json.string(item.item)
                    json.key("title")
                    json.string(item.title)
                }
            }
        }
        try endInput(row, history: history, firstSeen: input.unseenCount, user: input.user)

        try predictions.add(row.index)
        try predictions.add(prediction.best.item)
        try predictions.add(prediction.best.title)
        try predictions.add(prediction.best.score)
        try predictions.add(prediction.candidateCount)
        try predictions.add(
            jsonText { json in
                json.array(prediction.top) { json, item in
                    json.object { json in
                        json.key("item")
                        json.string(item.item)
                        json.key("rank")
                        json.number(item.rank)
                        json.key("score")
                        json.number(item.score)
                        json.key("title")
                        json.string(item.title)
                    }
                }
            })
        try predictions.insert()

        guard detail != .prediction else { return }
        for item in input.history {
            try parts.add(row.index)
            try parts.add(item.index)
            try parts.add(item.item)
            try parts.add(item.title)
            try parts.add(item.index >= input.unseenCount ? 1 : 0)
            try parts.insert()
        }
        for (place, found) in explanation.explanations.enumerated() {
            let titles = found.items.map { input.history[$0].title }.joined(separator: "; ")
            try beginExplanation(
                row, rank: place + 1, size: found.size, distance: found.distance, titles, found.nodes,
                found.heads)
            try explanations.add(found.replacement.item)
            try explanations.add(found.replacement.title)
            try explanations.add(found.replacement.rankBefore)
            try explanations.insert()
            try insertParts(found.items, row, rank: place + 1)
        }
        guard detail == .graphs else { return }
        let seen = input.history.count - input.unseenCount
        try graphs.insert(explanation.graphs, row: row.index) { node in
            // The node behind the items that were seen is the recommended one.
            node.index < seen ? node.index + input.unseenCount : nil
        }
    }

    // MARK: Explanations

    private mutating func beginExplanation(
        _ row: InputRow, rank: Int, size: Int, distance: Int?, _ parts: String, _ nodes: [Int],
        _ heads: [HeadLabel]
    ) throws {
        try explanations.add(row.index)
        try explanations.add(rank)
        try explanations.add(size)
        try explanations.add(distance)
        try explanations.add(parts)
        try explanations.add(jsonText { $0.numbers(nodes) })
        try explanations.add(
            jsonText { json in
                json.array(heads) { json, head in
                    switch head {
                    case .head(let number): json.number(number)
                    case .pooled: json.string("pooled")
                    }
                }
            })
    }

    private mutating func insertParts(_ indices: [Int], _ row: InputRow, rank: Int) throws {
        for index in Set(indices).sorted() {
            try explanationParts.add(row.index)
            try explanationParts.add(rank)
            try explanationParts.add(index)
            try explanationParts.insert()
        }
    }
}
