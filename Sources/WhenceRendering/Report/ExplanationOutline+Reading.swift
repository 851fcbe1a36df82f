internal import Foundation
internal import WhenceExplanation

extension AnnotatedLine {
    /// Reads a line of an annotated data set.
    ///
    /// - Parameters:
    ///   - json: the line's bytes.
    ///   - labelField: the row's own field that holds the true label.
    /// - Throws: `RenderingError.unknownSchema`; `.malformed` for what is not JSON, lacks what a report needs, or points
    ///   at nothing.
    public init(json: [UInt8], labelField: String? = nil) throws(RenderingError) {
        var reader = OutlineReader(labelField: labelField)
        do {
            try reader.read(json)
        } catch {
            // Of another schema nothing else is to be expected.
            if let schema = OutlineReader.schema(of: json), schema != ExplanationSchema.name {
                throw .unknownSchema(found: schema, expected: ExplanationSchema.name)
            }
            throw .malformed(path: error.path.isEmpty ? "the line" : error.path, problem: error.problem)
        }
        guard let schema = reader.schema else {
            throw .malformed(path: "schema", problem: "it is missing; expected \"\(ExplanationSchema.name)\"")
        }
        guard schema == ExplanationSchema.name else {
            throw .unknownSchema(found: schema, expected: ExplanationSchema.name)
        }
        do { self = try reader.line() } catch {
            throw .malformed(path: error.path, problem: error.problem)
        }
    }
}

extension ExplanationSource {
    /// Reads the model and the settings of a line.
    ///
    /// - Throws: ``RenderingError``.
    public init(json: [UInt8]) throws(RenderingError) {
        let document = try decodeJSON(SourceDocument.self, from: Data(json)) {
            .malformed(path: $0, problem: $1)
        }
        do {
            self.init(model: document.model.value(), settings: try document.settings.value())
        } catch {
            throw .malformed(path: "settings", problem: "\(error)")
        }
    }

    private struct SourceDocument: Decodable {
        var model: ModelDocument
        var settings: SettingsDocument
    }
}
