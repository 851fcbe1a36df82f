/// Why a line is no record.
struct RecordFault: Error {
    /// A clause.
    var reason: String
}

/// An object of a record, whose members are looked at where they stand.
struct RecordObject {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let names: Set<String>?
    private var values: [String: JSONScanner.Value] = [:]

    private static let memberLimit = 1 << 20

    /// Finds the members.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, of which the object is all or a part.
    ///   - names: the members that are looked at, as they are spelt; `nil` for all.
    ///   - scratch: memory for the scanner, to be given again for the next object.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil, names: Set<String>?,
        _ scratch: inout [JSONScanner.Member]
    ) throws(RecordFault) {
        (self.bytes, self.names) = (bytes, names)
        var scanner = JSONScanner(bytes, in: range)
        do throws(JSONScanner.Fault) {
            try scanner.members(into: &scratch, limit: Self.memberLimit)
        } catch {
            throw RecordFault(
                reason: "it is no JSON object: \(error.expected) is missing at byte \(error.offset + 1)")
        }
        for member in scratch {
            let name = String(decoding: bytes[member.name.range].dropFirst().dropLast(), as: UTF8.self)
            if names?.contains(name) ?? true { values[name] = member.value }
        }
    }

    /// How many members there are, of those that are looked at.
    var count: Int { values.count }

    subscript(name: String) -> JSONScanner.Value? { values[name] }

    /// The object that a member is, if it is one.
    func object(
        _ name: String, _ scratch: inout [JSONScanner.Member]
    ) throws(RecordFault) -> RecordObject? {
        guard let value = values[name], value.kind == .object else { return nil }
        return try RecordObject(bytes, in: value.range, names: names, &scratch)
    }

    /// The bytes of a member.
    func spelling(_ name: String) throws(RecordFault) -> [UInt8] {
        guard let value = values[name] else { throw RecordFault(reason: "it has no \"\(name)\"") }
        return Array(bytes[value.range])
    }

    /// Whether a member is spelt so.
    func holds(_ name: String, _ spelling: some Sequence<UInt8>) -> Bool {
        values[name].map { bytes[$0.range].elementsEqual(spelling) } ?? false
    }
}
