internal import Foundation

/// Decodes a JSON document.
///
/// - Parameter failure: makes the error from the place in the document and what is wrong there.
func decodeJSON<Document: Decodable>(
    _ type: Document.Type, from bytes: Data, failure: (_ path: String, _ problem: String) -> RenderingError
) throws(RenderingError) -> Document {
    do {
        return try JSONDecoder().decode(type, from: bytes)
    } catch let error as RenderingError {
        throw error
    } catch DecodingError.keyNotFound(let key, let context) {
        throw failure(context.codingPath.documentPath, "\"\(key.stringValue)\" is missing")
    } catch DecodingError.typeMismatch(let expected, let context) {
        throw failure(context.codingPath.documentPath, "expected \(expected)")
    } catch DecodingError.valueNotFound(let expected, let context) {
        throw failure(context.codingPath.documentPath, "expected \(expected), found null")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
        throw failure(context.codingPath.documentPath, context.debugDescription)
    } catch DecodingError.dataCorrupted {
        throw failure(place(ofFaultIn: bytes) ?? "the document", "expected valid JSON")
    } catch {
        throw failure("the document", "\(error)")
    }
}

/// The line in which a text stops to be JSON; `nil` when that is its end.
private func place(ofFaultIn bytes: Data) -> String? {
    do {
        _ = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed)
        return nil
    } catch {
        // The decoder keeps the place for itself; this one tells it in a sentence.
        let sentence = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
        guard let digits = sentence.firstMatch(of: #/character (\d+)/#)?.1, let offset = Int(digits) else {
            return nil
        }
        return "line \(bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1)"
    }
}
