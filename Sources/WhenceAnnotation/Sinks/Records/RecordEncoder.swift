internal import WhenceExplanation
public import WhenceRendering

/// Writes annotated rows as records: one line of JSON a row.
///
/// A record is the document `whence.explanation/1` of its row without the time that the row took, with `row` (the
/// row's index, its line, and in a folder its file) and with the row's other fields beside the document's own. A field
/// with a name of the document's goes into `row.fields`. A row that could not be annotated has `error` in place of the
/// model's answer. Names are in order of their bytes; the same rows give the same bytes in every run.
public struct RecordEncoder: Sendable {
    /// The names that a record keeps for itself.
    public static let ownNames: Set<String> = [
        "error", "explanations", "graphs", "input", "merged", "model", "prediction", "row", "schema",
        "settings",
        "status", "task",
    ]

    private let task: AnnotationTask
    private let detail: AnnotationDetail
    private var modelAndSettings: ModelAndSettings?

    /// Makes an encoder.
    ///
    /// - Parameters:
    ///   - task: what the rows are annotated with.
    ///   - detail: how much of each row is written.
    public init(task: AnnotationTask, detail: AnnotationDetail) {
        (self.task, self.detail) = (task, detail)
    }

    /// Adds the record of a row, with the line break at its end.
    ///
    /// - Throws: `AnnotationError.format` for settings that JSON cannot hold.
    /// - Complexity: O(length of the record).
    public mutating func append(_ row: AnnotatedRow, to json: inout JSONBytes) throws(AnnotationError) {
        let row = row.sound()
        do {
            switch row.outcome {
            case .sentiment(let explanation): try append(row.row, explanation, to: &json)
            case .recommendation(let explanation): try append(row.row, explanation, to: &json)
            case .failure(let problem): append(row.row, problem, to: &json)
            }
        } catch {
            throw .format(path: row.row.place.file, reason: "\(error).")
        }
        json.endLine()
    }

    private mutating func append(
        _ row: InputRow, _ explanation: some RecordedExplanation, to json: inout JSONBytes
    ) throws(RenderingError) {
        let shared = try shared(explanation.model, explanation.settings)
        try json.object { json throws(RenderingError) in
            var fields = RecordFields(row.kept, besides: Self.ownNames)
            if detail != .prediction {
                fields.open("explanations", &json)
                explanation.writeExplanations(&json)
                fields.open("graphs", &json)
                try json.graphs(detail == .graphs ? explanation.graphs : [])
            }
            fields.open("input", &json)
            explanation.writeInput(&json, detail: detail)
            fields.open("model", &json)
            json.raw(shared.model)
            fields.open("prediction", &json)
            explanation.writePrediction(&json)
            place(row, &fields, &json)
            fields.open("settings", &json)
            json.raw(shared.settings)
            if detail != .prediction {
                var status = explanation.status
                status.elapsedMilliseconds = nil
                fields.open("status", &json)
                json.status(status)
            }
            end(&fields, &json)
        }
    }

    private func append(_ row: InputRow, _ problem: RowProblem, to json: inout JSONBytes) {
        json.object { json in
            var fields = RecordFields(row.kept, besides: Self.ownNames)
            fields.open("error", &json)
            json.problem(problem)
            place(row, &fields, &json)
            end(&fields, &json)
        }
    }

    /// The fields `row` and `schema`.
    private func place(_ row: InputRow, _ fields: inout RecordFields, _ json: inout JSONBytes) {
        fields.open("row", &json)
        json.place(of: row, clashing: fields.clashing)
        fields.open("schema", &json)
        json.string(ExplanationSchema.name)
    }

    private func end(_ fields: inout RecordFields, _ json: inout JSONBytes) {
        fields.open("task", &json)
        json.string(task.documentName)
        fields.close(&json)
    }

    /// The model and the settings as JSON, which are the same for all rows of a run.
    private mutating func shared(
        _ model: ModelIdentity, _ settings: ExplanationSettings
    ) throws(RenderingError) -> ModelAndSettings {
        if let modelAndSettings, modelAndSettings.isOf(model, settings) { return modelAndSettings }
        let made = try ModelAndSettings(model, settings)
        modelAndSettings = made
        return made
    }
}

extension JSONBytes {
    /// Writes where a row stands, and its fields with names of the document's.
    mutating func place(of row: InputRow, clashing: [JSONField]) {
        object { json in
            if !clashing.isEmpty {
                json.key("fields")
                json.object { json in
                    for field in clashing { json.field(field) }
                }
            }
            if let member = row.place.member {
                json.key("file")
                json.string(member)
            }
            json.key("index")
            json.number(row.index)
            if let line = row.place.line {
                json.key("line")
                json.number(line)
            }
        }
    }

    /// Writes why a row could not be annotated.
    mutating func problem(_ problem: RowProblem) {
        object { json in
            json.key("kind")
            json.string(problem.kind.rawValue)
            json.key("reason")
            json.string(problem.reason)
        }
    }
}

/// The parts of records that do not change within a run.
private struct ModelAndSettings: Sendable {
    let model: [UInt8]
    let settings: [UInt8]
    private let source: (model: ModelIdentity, settings: ExplanationSettings)

    init(_ model: ModelIdentity, _ settings: ExplanationSettings) throws(RenderingError) {
        source = (model, settings)
        var json = JSONBytes()
        json.model(model)
        self.model = json.bytes
        json.removeAll()
        try json.settings(settings)
        self.settings = json.bytes
    }

    func isOf(_ model: ModelIdentity, _ settings: ExplanationSettings) -> Bool { source == (model, settings) }
}
