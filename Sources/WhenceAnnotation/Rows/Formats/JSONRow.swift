internal import WhenceRendering

/// The members of a JSON object in one line, each name once.
struct JSONRow {
    /// More than any row has: the memory holds several places for each.
    private static let memberLimit = 1 << 16

    private let bytes: UnsafeBufferPointer<UInt8>
    private var members: [(name: String, value: JSONScanner.Value)] = []

    /// Reads a line.
    ///
    /// A name that is there twice keeps its first place and has its last value.
    ///
    /// - Parameter scratch: memory for the scanner, to be given again for the next line.
    /// - Throws: `RowProblem` if the line is not UTF-8, is empty, or is no JSON object.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ scratch: inout [JSONScanner.Member]) throws(RowProblem) {
        self.bytes = bytes
        if let offset = UTF8Check.firstInvalid(bytes) { throw .notUTF8(bytes, at: offset) }
        var scanner = JSONScanner(bytes)
        guard let kind = scanner.peekKind() else {
            guard scanner.place < bytes.count else { throw RowProblem(.empty, "the line is empty.") }
            throw Self.malformed(.init(offset: scanner.place, expected: "{"))
        }
        guard kind == .object else {
            // What starts as a value is perhaps none.
            do throws(JSONScanner.Fault) { try scanner.single() } catch { throw Self.malformed(error) }
            throw RowProblem(.malformed, "the line is \(Self.name(kind)), not a JSON object.")
        }
        do throws(JSONScanner.Fault) {
            try scanner.members(into: &scratch, limit: Self.memberLimit)
        } catch { throw Self.malformed(error) }
        members.reserveCapacity(scratch.count)
        var places = scratch.count > 16 ? NamePlaces() : nil
        for member in scratch {
            let name = text(member.name)
            let known = places == nil ? place(of: name) : places?.place(of: name, next: members.count)
            if let place = known {
                members[place].value = member.value
            } else {
                members.append((name, member.value))
            }
        }
    }

    /// The names in order.
    var names: [String] { members.map(\.name) }

    /// The first of some names that the object has.
    func first(of names: [String]) -> String? { names.first { place(of: $0) != nil } }

    /// The value of a name.
    func value(of name: String) -> JSONScanner.Value? { place(of: name).map { members[$0].value } }

    /// The members but one, as they are spelt.
    func fields(without name: String?) -> [JSONField] {
        let left = name.flatMap(place)
        var fields: [JSONField] = []
        fields.reserveCapacity(members.count)
        for (index, member) in members.enumerated() where index != left {
            fields.append(JSONField(name: member.name, json: spelling(member.value)))
        }
        return fields
    }

    /// What is asked, from the field's value.
    func content(
        _ value: JSONScanner.Value, question: RowQuestion, field: String
    ) throws(RowProblem) -> InputRow.Content {
        let user = question.hasUser ? self.value(of: "user").flatMap(identifier) : nil
        switch (question, value.kind) {
        case (_, .string): return try question.content(of: text(value), user: user)
        case (.history, .array): return .history(try history(value, field: field), user: user)
        case (.text, _): throw wrongType(value, field, expected: "a text")
        case (.history, _):
            throw wrongType(value, field, expected: "a list of ids, or titles with ; between them")
        }
    }

    private func history(
        _ value: JSONScanner.Value, field: String
    ) throws(RowProblem) -> [HistoryReference] {
        var scanner = JSONScanner(bytes, in: value.range)
        // The array has been read before, so that it cannot fail but for its length.
        let elements: [JSONScanner.Value]
        do throws(JSONScanner.Fault) { elements = try scanner.elements(limit: 1 << 20) } catch {
            throw Self.malformed(error)
        }
        guard !elements.isEmpty else { throw RowProblem(.empty, "the history has no items.") }
        var history: [HistoryReference] = []
        history.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            guard let reference = reference(element) else {
                throw wrongType(
                    element, "\(field)[\(index)]", expected: "an id, {\"item\": id} or {\"title\": text}")
            }
            history.append(reference)
        }
        return history
    }

    private func reference(_ value: JSONScanner.Value) -> HistoryReference? {
        if let id = identifier(value) { return .id(id) }
        guard value.kind == .object else { return nil }
        var scanner = JSONScanner(bytes, in: value.range)
        var members: [JSONScanner.Member] = []
        guard (try? scanner.members(into: &members, limit: Self.memberLimit)) != nil else { return nil }
        for member in members.reversed() {
            switch (text(member.name), member.value.kind) {
            case ("item", _): return identifier(member.value).map(HistoryReference.id)
            case ("title", .string): return .title(text(member.value))
            default: continue
            }
        }
        return nil
    }

    /// A text that is not empty, or a whole number as it is spelt.
    private func identifier(_ value: JSONScanner.Value) -> String? {
        switch value.kind {
        case .string:
            let text = text(value)
            return text.isEmpty ? nil : text
        case .number(isWhole: true): return spelling(value)
        default: return nil
        }
    }

    private func place(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.count == name.utf8.count && $0.name.utf8.elementsEqual(name.utf8) }
    }

    private func text(_ value: JSONScanner.Value) -> String {
        guard case .string(let hasEscapes) = value.kind else { return spelling(value) }
        let content = value.range.lowerBound + 1..<value.range.upperBound - 1
        return JSONString.decoded(UnsafeBufferPointer(rebasing: bytes[content]), hasEscapes: hasEscapes)
    }

    /// A value as it is written, but for carriage returns between its parts, which some readers take for line breaks.
    private func spelling(_ value: JSONScanner.Value) -> String {
        let spelt = UnsafeBufferPointer(rebasing: bytes[value.range])
        if value.kind == .object || value.kind == .array, spelt.contains(0x0D) {
            return String(decoding: spelt.map { $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
        }
        return String(decoding: spelt, as: UTF8.self)
    }

    private func wrongType(_ value: JSONScanner.Value, _ place: String, expected: String) -> RowProblem {
        RowProblem(
            .wrongType, "the field \u{201C}\(place)\u{201D} is \(Self.name(value.kind)), not \(expected).")
    }

    private static func malformed(_ fault: JSONScanner.Fault) -> RowProblem {
        RowProblem(
            .malformed, "the line is not valid JSON: expected \(fault.expected) at offset \(fault.offset).")
    }

    private static func name(_ kind: JSONScanner.Kind) -> String {
        switch kind {
        case .object: "an object"
        case .array: "a list"
        case .boolean: "true or false"
        case .null: "null"
        case .number(let isWhole): isWhole ? "a number" : "a number that is not whole"
        case .string: "a text"
        }
    }
}

/// Where names stand, for objects with so many that looking through them would take long.
private struct NamePlaces {
    /// By bytes, because texts are equal that are not spelt alike.
    private var places: [[UInt8]: Int] = [:]

    /// The place of a name that was there before; otherwise it is entered as the next.
    mutating func place(of name: String, next: Int) -> Int? {
        let key = Array(name.utf8)
        if let place = places[key] { return place }
        places[key] = next
        return nil
    }
}
