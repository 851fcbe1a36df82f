/// Goes through JSON without building values: what it finds are places in the bytes, so that a value can be written
/// again exactly as it was spelt.
///
/// - Note: RFC 8259. Lone surrogates are refused, because no text has them, as are NaN and Infinity.
struct JSONScanner {
    /// What is wrong, and where.
    struct Fault: Error, Hashable {
        /// The offset in the bytes, counted from 0.
        var offset: Int
        /// What ought to be there.
        var expected: String
    }

    /// The kinds of values.
    enum Kind: Hashable {
        case object, array, boolean, null
        case number(isWhole: Bool)
        case string(hasEscapes: Bool)
    }

    /// A value's place.
    struct Value: Hashable {
        var kind: Kind
        var range: Range<Int>
    }

    /// A member of an object.
    struct Member: Hashable {
        var name: Value
        var value: Value
    }

    /// What is read.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The offset of the next byte.
    private(set) var place: Int
    private let end: Int
    /// What closes the objects and arrays that are open, the innermost last.
    private var closers: [UInt8] = []

    /// Deeper than this, readers of what is written here give up (Foundation's at 512).
    private static let deepest = 500

    /// Reads bytes which are UTF-8 for certain.
    init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil) {
        self.bytes = bytes
        place = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// The members of the object that the bytes are, as often as they are there.
    ///
    /// - Parameter limit: the most members.
    mutating func members(into members: inout [Member], limit: Int) throws(Fault) {
        members.removeAll(keepingCapacity: true)
        try pass(UInt8(ascii: "{"), "{")
        if !take(UInt8(ascii: "}")) {
            repeat {
                guard members.count < limit else { throw fault("at most \(limit) members") }
                let name = try name()
                members.append(Member(name: name, value: try value()))
            } while take(UInt8(ascii: ","))
            try pass(UInt8(ascii: "}"), "a comma or }")
        }
        try finish()
    }

    /// The elements of the array that the bytes are.
    ///
    /// - Parameter limit: the most elements.
    mutating func elements(limit: Int) throws(Fault) -> [Value] {
        var elements: [Value] = []
        try pass(UInt8(ascii: "["), "[")
        if !take(UInt8(ascii: "]")) {
            repeat {
                guard elements.count < limit else { throw fault("at most \(limit) elements") }
                elements.append(try value())
            } while take(UInt8(ascii: ","))
            try pass(UInt8(ascii: "]"), "a comma or ]")
        }
        try finish()
        return elements
    }

    /// The kind of the value that starts here, from its first byte; `nil` if none does.
    mutating func peekKind() -> Kind? {
        skipSpace()
        guard place < end else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string(hasEscapes: false)
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(isWhole: true)
        default: return nil
        }
    }

    /// Reads one value of any kind, behind which nothing follows.
    mutating func single() throws(Fault) {
        _ = try value()
        try finish()
    }

    private mutating func finish() throws(Fault) {
        skipSpace()
        guard place == end else { throw fault("nothing more") }
    }

    private mutating func name() throws(Fault) -> Value {
        skipSpace()
        guard place < end, bytes[place] == UInt8(ascii: "\"") else {
            throw fault("a name in quotation marks")
        }
        let name = try string()
        try pass(UInt8(ascii: ":"), "a colon")
        return name
    }

    private mutating func value() throws(Fault) -> Value {
        let kind = peekKind()
        let start = place
        switch kind {
        case .object, .array:
            try container()
            return Value(kind: kind ?? .null, range: start..<place)
        case .string: return try string()
        case .number: return try number()
        case .boolean:
            try word(bytes[place] == UInt8(ascii: "t") ? "true" : "false")
            return Value(kind: .boolean, range: start..<place)
        case .null:
            try word("null")
            return Value(kind: .null, range: start..<place)
        case nil: throw fault("a JSON value")
        }
    }

    /// Passes an object or array with everything in it; without recursion, so that no row ends the stack.
    private mutating func container() throws(Fault) {
        closers.removeAll(keepingCapacity: true)
        repeat {
            // A value is to start here.
            let kind = peekKind()
            if kind == .object || kind == .array {
                guard closers.count < Self.deepest else {
                    throw fault("at most \(Self.deepest) levels of nesting")
                }
                place += 1
                closers.append(kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                if let closer = closers.last, !take(closer) {
                    if kind == .object { _ = try name() }
                    continue
                }
                closers.removeLast()
            } else {
                _ = try value()
            }
            // A value ended here; what is around it goes on or ends as well.
            while let closer = closers.last {
                if take(UInt8(ascii: ",")) {
                    if closer == UInt8(ascii: "}") { _ = try name() }
                    break
                }
                try pass(closer, closer == UInt8(ascii: "}") ? "a comma or }" : "a comma or ]")
                closers.removeLast()
            }
        } while !closers.isEmpty
    }

    private mutating func string() throws(Fault) -> Value {
        let start = place
        var hasEscapes = false
        place += 1
        while place < end {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                return Value(kind: .string(hasEscapes: hasEscapes), range: start..<place)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            case 0..<0x20: throw fault("an escape in the place of a control character")
            default: place += 1
            }
        }
        throw fault("the end of the text that starts at offset \(start)")
    }

    private mutating func escape() throws(Fault) {
        let start = place
        guard place + 1 < end else { throw fault("an escape") }
        place += 2
        switch bytes[place - 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"): break
        default:
            place = start
            throw fault("an escape that JSON has")
        }
        let first = try hexadecimal()
        guard (0xD800..<0xE000).contains(first) else { return }
        guard first < 0xDC00, place + 1 < end, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else {
            place = start
            throw fault("both halves of a surrogate pair")
        }
        place += 2
        guard (0xDC00..<0xE000).contains(try hexadecimal()) else {
            place = start
            throw fault("both halves of a surrogate pair")
        }
    }

    private mutating func hexadecimal() throws(Fault) -> UInt32 {
        guard place + 4 <= end else { throw fault("four hexadecimal digits") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = JSONString.hexadecimalDigit(bytes[place]) else {
                throw fault("a hexadecimal digit")
            }
            value = value << 4 | digit
            place += 1
        }
        return value
    }

    private mutating func number() throws(Fault) -> Value {
        let start = place
        var isWhole = true
        if bytes[place] == UInt8(ascii: "-") { place += 1 }
        if place < end, bytes[place] == UInt8(ascii: "0") { place += 1 } else { try digits() }
        if place < end, bytes[place] == UInt8(ascii: ".") {
            isWhole = false
            place += 1
            try digits()
        }
        if place < end, bytes[place] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            place += 1
            if place < end, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") {
                place += 1
            }
            try digits()
        }
        return Value(kind: .number(isWhole: isWhole), range: start..<place)
    }

    private mutating func digits() throws(Fault) {
        let start = place
        while place < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
        guard place > start else { throw fault("a digit") }
    }

    private mutating func word(_ word: StaticString) throws(Fault) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard place + offset < end, bytes[place + offset] == word.utf8Start[offset] else {
                throw fault("a JSON value")
            }
        }
        place += word.utf8CodeUnitCount
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard place < end, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func pass(_ byte: UInt8, _ expected: String) throws(Fault) {
        guard take(byte) else { throw fault(expected) }
    }

    private mutating func skipSpace() {
        while place < end {
            switch bytes[place] {
            case 0x20, 0x09, 0x0A, 0x0D: place += 1
            default: return
            }
        }
    }

    private func fault(_ expected: String) -> Fault { Fault(offset: place, expected: expected) }
}
