internal import Foundation
public import WhenceExplanation

extension SentimentExplanation {
    /// The explanation as `whence.explanation/1`: sorted keys, slashes as they are, and numbers in the fewest
    /// digits that read back exactly.
    ///
    /// Control characters and bidirectional overrides of the text are written as `\u` escapes, so that the
    /// document can be shown in a terminal.
    /// - Returns: the document, with a line break at its end.
    /// - Throws: `RenderingError.notFinite` for an infinity or NaN, `RenderingError.inconsistent` for graphs of several
    ///   heads with edges that point at nothing or over different nodes.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: try SentimentDocument(self), layout: layout)
    }

    /// Reads what ``json(layout:)`` writes. Fields that are not known are ignored.
    ///
    /// - Parameter json: the document's UTF-8 bytes, such as `text.utf8`.
    /// - Throws: ``RenderingError`` for what is not JSON, another schema or task, a missing or impossible
    ///   field, or indices that point at nothing.
    public init(json: some Sequence<UInt8>) throws(RenderingError) {
        let document = try SentimentDocument.read(json, task: ExplanationSchema.sentiment)
        self = try RenderingError.malformed { try document.value() }
        try ConsistencyCheck.check(self)
    }
}

extension RecommendationExplanation {
    /// The explanation as `whence.explanation/1`, as a sentiment's is written.
    ///
    /// Everything is there that it takes to ask the model again without Whence: the tokens that were read, those after
    /// each replacement, and which items are left out of the ranking.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: try RecommendationDocument(self), layout: layout)
    }

    /// Reads what ``json(layout:)`` writes, as a sentiment's is read.
    public init(json: some Sequence<UInt8>) throws(RenderingError) {
        let document = try RecommendationDocument.read(json, task: ExplanationSchema.recommendation)
        self = try RenderingError.malformed { try document.value() }
        try ConsistencyCheck.check(self)
    }
}

extension ExplanationDocument {
    /// Reads a document of one task; another schema or task is named and not guessed at.
    fileprivate static func read(
        _ json: some Sequence<UInt8>, task: String
    ) throws(RenderingError) -> Self {
        let bytes = Data(json)
        let head = try decode(SchemaDocument.self, from: bytes)
        guard head.schema == ExplanationSchema.name else {
            throw .unknownSchema(found: head.schema, expected: ExplanationSchema.name)
        }
        guard head.task == task else {
            throw .malformed(path: "task", problem: "expected \"\(task)\"")
        }
        return try decode(Self.self, from: bytes)
    }

    private static func decode<Document: Decodable>(
        _ type: Document.Type, from bytes: Data
    ) throws(RenderingError) -> Document {
        try decodeJSON(type, from: bytes) { .malformed(path: $0, problem: $1) }
    }
}

extension RenderingError {
    /// The value of a document; an error of another kind becomes that of a malformed one.
    fileprivate static func malformed<Value>(
        _ value: () throws -> Value
    ) throws(RenderingError) -> Value {
        do {
            return try value()
        } catch let error as RenderingError {
            throw error
        } catch {
            throw .malformed(path: "the document", problem: "\(error)")
        }
    }
}

extension [any CodingKey] {
    /// The place in a document, such as `graphs[1].edges[0].a`.
    var documentPath: String {
        var path = ""
        for key in self {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return path.isEmpty ? "the document" : path
    }
}
