internal import WhenceRendering

/// What a merge has to know of a record.
struct RecordHead {
    /// Why a line is no record.
    struct Fault: Error {
        /// A clause.
        var reason: String
    }

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

    /// Reads a line.
    ///
    /// - Parameter scratch: memory for the scanner, to be given again for the next line.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ scratch: inout [JSONScanner.Member]
    ) throws(Fault) {
        guard UTF8Check.firstInvalid(bytes) == nil else { throw Fault(reason: "it is not UTF-8") }
        let object = try Object(bytes, nil, &scratch)
        guard object.holds("schema", "\"\(ExplanationSchema.name)\"") else {
            throw Fault(reason: "it is no record of the schema \(ExplanationSchema.name)")
        }
        task = try object.spelling("task")
        let hasError = object["error"] != nil
        if hasError {
            answer = nil
        } else {
            let detail: AnnotationDetail =
                object["status"] == nil ? .prediction : object.holds("graphs", "[]") ? .explanation : .graphs
            answer = Answer(
                model: try object.spelling("model"), settings: try object.spelling("settings"), detail: detail
            )
        }
        guard let place = object["row"], place.kind == .object else {
            throw Fault(reason: "it has no \"row\": it is no record of a data set")
        }
        let rowObject = try Object(bytes, place.range, &scratch)
        guard let number = Int(String(decoding: try rowObject.spelling("index"), as: UTF8.self)), number >= 0
        else {
            throw Fault(reason: "its \"row.index\" is no row number")
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

    /// The members of an object that are looked at.
    private struct Object {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var values: [String: JSONScanner.Value] = [:]

        private static let memberLimit = 1 << 20
        private static let names: Set<String> = [
            "error", "graphs", "index", "model", "row", "schema", "settings", "status", "task",
        ]

        init(
            _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>?, _ scratch: inout [JSONScanner.Member]
        ) throws(Fault) {
            self.bytes = bytes
            var scanner = JSONScanner(bytes, in: range)
            do throws(JSONScanner.Fault) {
                try scanner.members(into: &scratch, limit: Self.memberLimit)
            } catch {
                throw Fault(
                    reason: "it is no JSON object: \(error.expected) is missing at byte \(error.offset + 1)")
            }
            for member in scratch {
                let name = String(decoding: bytes[member.name.range].dropFirst().dropLast(), as: UTF8.self)
                if Self.names.contains(name) { values[name] = member.value }
            }
        }

        subscript(name: String) -> JSONScanner.Value? { values[name] }

        /// The bytes of a member.
        func spelling(_ name: String) throws(Fault) -> [UInt8] {
            guard let value = values[name] else { throw Fault(reason: "it has no \"\(name)\"") }
            return Array(bytes[value.range])
        }

        /// Whether a member is spelt so.
        func holds(_ name: String, _ spelling: String) -> Bool {
            values[name].map { bytes[$0.range].elementsEqual(spelling.utf8) } ?? false
        }
    }
}
