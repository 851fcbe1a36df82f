internal import Foundation

/// How a JSON document is laid out.
public enum JSONLayout: Sendable, Hashable {
    /// Indented; whatever fits in a line stays in one.
    case indented
    /// Everything in one line, as a row of a JSON Lines file.
    case oneLine
}

/// A document as JSON: sorted keys, slashes as they are, numbers in the fewest digits that read back exactly.
///
/// Control characters and bidirectional overrides are written as `\u` escapes, so that the document can be shown in a
/// terminal.
/// - Returns: the document, with a line break at its end.
/// - Throws: `RenderingError.notFinite` for an infinity or NaN.
public func jsonText(
    of document: some Encodable, layout: JSONLayout = .indented
) throws(RenderingError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes: Data
    do {
        bytes = try encoder.encode(document)
    } catch EncodingError.invalidValue(_, let context) {
        throw .notFinite(path: context.codingPath.documentPath)
    } catch {
        throw .malformed(path: "the document", problem: "\(error)")
    }
    let line = JSONText.escapingInvisibles(String(decoding: bytes, as: UTF8.self))
    switch layout {
    case .oneLine: return line + "\n"
    case .indented: return JSONText.indented(line) + "\n"
    }
}
