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
        try jsonText(of: try ExplanationDocument(self), layout: layout)
    }

    /// Reads what ``json(layout:)`` writes. Fields that are not known are ignored.
    ///
    /// - Parameter json: the document's UTF-8 bytes, such as `text.utf8`.
    /// - Throws: ``RenderingError`` for what is not JSON, another schema or task, a missing or impossible
    ///   field, or indices that point at nothing.
    public init(json: some Sequence<UInt8>) throws(RenderingError) {
        let bytes = Data(json)
        let head = try Self.decode(SchemaDocument.self, from: bytes)
        guard head.schema == ExplanationDocument.schemaName else {
            throw .unknownSchema(found: head.schema, expected: ExplanationDocument.schemaName)
        }
        guard head.task == "sentiment" else {
            throw .malformed(path: "task", problem: "expected \"sentiment\"")
        }
        let document = try Self.decode(ExplanationDocument.self, from: bytes)
        do {
            self = try document.value()
        } catch let error as RenderingError {
            throw error
        } catch {
            throw .malformed(path: "the document", problem: "\(error)")
        }
        try ConsistencyCheck.check(self)
    }

    private static func decode<Document: Decodable>(
        _ type: Document.Type, from bytes: Data
    ) throws(RenderingError) -> Document {
        try decodeJSON(type, from: bytes) { .malformed(path: $0, problem: $1) }
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
