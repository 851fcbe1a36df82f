internal import Foundation
internal import WhenceExplanation
internal import WhenceRendering

/// A file of records, held against the rows of an input one after the other.
struct FinishedRecords {
    private let path: String
    private let identity: RunIdentity
    private let model: [UInt8]
    private var cursor: LineCursor
    private var members: [JSONScanner.Member] = []
    private var rows = 0

    init(_ path: String, _ identity: RunIdentity) throws(AnnotationError) {
        (self.path, self.identity) = (path, identity)
        cursor = LineCursor(try ByteStream(path: path), limit: RecordPart.byteLimit)
        var json = JSONBytes()
        json.model(identity.model)
        model = json.bytes
    }

    /// Whether a row of the input, the next one, could not be annotated.
    ///
    /// - Throws: `AnnotationError.anotherRun` if the next record is not about it; `.line` if it is none.
    mutating func hasFailure(for row: InputRow) throws(AnnotationError) -> Bool {
        guard case .line = try cursor.next() else {
            throw .otherLength(path, rows: rows, isShort: true)
        }
        rows += 1
        var members = members
        self.members = []
        defer { self.members = members }
        let result = cursor.withBytes { bytes in
            Result { () throws(RecordFault) in try compare(bytes, row, &members) }
        }
        switch result {
        case .success(.same(let isFailure)): return isFailure
        case .success(.other(let differences)): throw .anotherRun(path: path, differences: differences)
        case .success(.aboutAnother): throw .notAbout(row, path, at: "line \(cursor.line)")
        case .failure(let fault): throw .line(path: path, line: cursor.line, reason: fault.reason + ".")
        }
    }

    /// Refuses records behind the last row.
    mutating func demandEnd() throws(AnnotationError) {
        guard case .end = try cursor.next() else { throw .otherLength(path, rows: rows + 1, isShort: false) }
    }

    /// What a record is to a row.
    private enum Finding {
        case same(isFailure: Bool)
        case aboutAnother
        case other(differences: [String])
    }

    private func compare(
        _ bytes: UnsafeBufferPointer<UInt8>, _ row: InputRow, _ members: inout [JSONScanner.Member]
    ) throws(RecordFault) -> Finding {
        guard UTF8Check.firstInvalid(bytes) == nil else { throw RecordFault(reason: "it is not UTF-8") }
        let record = try RecordObject(bytes, names: nil, &members)
        let head = try RecordHead(record, &members)
        guard head.task.elementsEqual("\"\(identity.task.documentName)\"".utf8) else {
            return .other(differences: ["the task was another"])
        }
        if let answer = head.answer {
            let then = Self.identity(of: answer, identity)
            let differences = identity.differences(from: then)
            guard differences.isEmpty, answer.model == model else { return .other(differences: differences) }
        }
        let fields = RecordFields(row.kept, besides: RecordEncoder.ownNames)
        var json = JSONBytes()
        json.place(of: row, clashing: fields.clashing)
        guard record.holds("row", json.bytes), try holds(record, fields) else { return .aboutAnother }
        switch row.content {
        case .failure(let problem):
            json.removeAll()
            json.problem(problem)
            return record.holds("error", json.bytes) ? .same(isFailure: true) : .aboutAnother
        case .success(let content):
            guard head.answer != nil else { return .same(isFailure: true) }
            guard let input = try record.object("input", &members) else { return .aboutAnother }
            return try holds(input, content) ? .same(isFailure: false) : .aboutAnother
        }
    }

    /// The run that an answer is of, as far as it says so; all else as in this one.
    private static func identity(of answer: RecordHead.Answer, _ identity: RunIdentity) -> RunIdentity {
        var then = identity
        then.settings = String(decoding: answer.settings, as: UTF8.self)
        then.detail = answer.detail
        if let model = try? JSONSerialization.jsonObject(with: Data(answer.model)) as? [String: Any] {
            then.model = ModelIdentity(
                family: model["family"] as? String ?? "", name: model["name"] as? String ?? "",
                parameters: model["parameters"] as? Int ?? 0, sha256: model["sha256"] as? String ?? "",
                precision: model["precision"] as? String ?? "fp32")
        }
        return then
    }

    /// Whether a record has the fields of a row, and no others beside its own.
    private func holds(_ record: RecordObject, _ fields: RecordFields) throws(RecordFault) -> Bool {
        var count = RecordEncoder.ownNames.count { record[$0] != nil }
        for field in fields.waiting {
            var name = JSONBytes()
            name.string(field.name)
            let spelling = String(decoding: name.bytes.dropFirst().dropLast(), as: UTF8.self)
            guard record.holds(spelling, field.json.utf8) else { return false }
            count += 1
        }
        return count == record.count
    }

    /// Whether a record's input is what a row asks.
    private func holds(_ input: RecordObject, _ content: InputRow.Content) throws(RecordFault) -> Bool {
        switch content {
        case .text(let text):
            var json = JSONBytes()
            json.string(text)
            return input.holds("text", json.bytes)
        case .history(let references, _):
            let items = try Self.list(input, "history").compactMap {
                ($0 as? [String: Any])?["item"] as? String
            }
            let unknown = input["unknownItems"] == nil ? [] : try Self.list(input, "unknownItems")
            guard items.count + unknown.count == references.count else { return false }
            let left = Set(unknown.compactMap { $0 as? String })
            let asked = references.filter { reference in
                if case .id(let id) = reference { !left.contains(id) } else { true }
            }
            return zip(asked, items).allSatisfy { reference, item in
                if case .id(let id) = reference { id == item } else { true }
            }
        }
    }

    private static func list(_ object: RecordObject, _ name: String) throws(RecordFault) -> [Any] {
        let bytes = Data(try object.spelling(name))
        return (try? JSONSerialization.jsonObject(with: bytes) as? [Any]) ?? []
    }
}
