internal import WhenceRendering

/// The fields that a record keeps of its row, put between the document's own in order of their names.
struct RecordFields {
    /// Fields with a name of the document's, in order of their names.
    private(set) var clashing: [JSONField] = []
    /// The others, as far as they are not written, in order of their names.
    private(set) var waiting: ArraySlice<JSONField> = []

    /// Sorts the fields of a row. Of several with one name the last counts, as readers of JSON have it; names are one
    /// where their bytes are, not where a person sees no difference.
    init(_ kept: [JSONField], besides ownNames: Set<String>) {
        guard !kept.isEmpty else { return }
        var fields: [JSONField] = []
        // The order of equal names is that of the row.
        let sorted = kept.enumerated().sorted { first, second in
            if first.element.hasName(of: second.element) { return first.offset < second.offset }
            return first.element.name.utf8.lexicographicallyPrecedes(second.element.name.utf8)
        }
        for (_, field) in sorted {
            if let last = fields.last, last.hasName(of: field) { fields.removeLast() }
            fields.append(field)
        }
        clashing = fields.filter { ownNames.contains($0.name) }
        waiting = fields.filter { !ownNames.contains($0.name) }[...]
    }

    /// Writes the fields that come before one of the document's, and the name of that one.
    mutating func open(_ name: StaticString, _ json: inout JSONBytes) {
        while let field = waiting.first, field.precedes(name) {
            json.field(field)
            waiting.removeFirst()
        }
        json.key(name)
    }

    /// Writes the fields that come after all of the document's.
    mutating func close(_ json: inout JSONBytes) {
        for field in waiting { json.field(field) }
        waiting = []
    }
}

extension JSONField {
    fileprivate func hasName(of other: JSONField) -> Bool { name.utf8.elementsEqual(other.name.utf8) }

    fileprivate func precedes(_ other: StaticString) -> Bool {
        other.withUTF8Buffer { name.utf8.lexicographicallyPrecedes($0) }
    }
}

extension JSONBytes {
    /// Writes a field as it was read.
    mutating func field(_ field: JSONField) {
        key(escaping: field.name)
        raw(field.json.utf8)
    }
}
