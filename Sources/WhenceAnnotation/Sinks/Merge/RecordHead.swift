internal import WhenceRendering

/// What a merge has to know of a record.
struct RecordHead {
    /// What all records have in common that hold an answer of the model.
    struct Answer: Equatable {
        /// The model as it is spelt.
        var model: [UInt8]
        /// The settings as they are spelt.
        var settings: [UInt8]
        /// How much is written of each row.
        var detail: AnnotationDetail
    }

    /// The number of the row.
    let row: Int
    /// The task, with its quotation marks.
    let task: [UInt8]
    /// `nil` for a row that could not be annotated.
    let answer: Answer?

    private static let names: Set<String> = [
        "error", "graphs", "index", "model", "row", "schema", "settings", "status", "task",
    ]

    /// Reads a line.
    ///
    /// - Parameter scratch: memory for the scanner, to be given again for the next line.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: inout [JSONScanner.Member]
    ) throws(RecordFault) {
        guard UTF8Check.firstInvalid(bytes) == nil else { throw RecordFault(reason: "it is not UTF-8") }
        try self.init(RecordObject(bytes, names: Self.names, &scratch), &scratch)
    }

    /// Reads a line whose members are known.
    init(_ object: RecordObject, _ scratch: inout [JSONScanner.Member]) throws(RecordFault) {
        guard object.holds("schema", "\"\(ExplanationSchema.name)\"".utf8) else {
            throw RecordFault(reason: "it is no record of the schema \(ExplanationSchema.name)")
        }
        task = try object.spelling("task")
        let hasError = object["error"] != nil
        if hasError {
            answer = nil
        } else {
            let detail: AnnotationDetail =
                object["status"] == nil
                ? .prediction : object.holds("graphs", "[]".utf8) ? .explanation : .graphs
            answer = Answer(
                model: try object.spelling("model"), settings: try object.spelling("settings"), detail: detail
            )
        }
        guard let place = try object.object("row", &scratch) else {
            throw RecordFault(reason: "it has no \"row\": it is no record of a data set")
        }
        guard let number = Int(String(decoding: try place.spelling("index"), as: UTF8.self)), number >= 0
        else {
            throw RecordFault(reason: "its \"row.index\" is no row number")
        }
        row = number
    }

    /// What is not as in another record, the start of a sentence that ends with where that one stands.
    func difference(from other: RecordHead) -> String? {
        if task != other.task { return "the task is another" }
        guard let answer, let theirs = other.answer else { return nil }
        if answer.model != theirs.model { return "the model is another" }
        if answer.settings != theirs.settings { return "the settings are others" }
        if answer.detail != theirs.detail { return "more or less is written of a row (--fields)" }
        return nil
    }
}
