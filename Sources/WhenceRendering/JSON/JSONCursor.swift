internal import Foundation

/// A place in a JSON text that is read once, from front to back, without building values of what is not asked for.
///
/// For lines of which a tenth is needed and of which there are millions: `JSONDecoder` makes a value of every member.
/// What is skipped is checked for its brackets and strings only.
struct JSONCursor {
    /// What is wrong with the text.
    struct Fault: Error {
        /// The member, such as `graphs[1].target`; empty at the top.
        var path: String
        var problem: String
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Hands out the members of an object in their order; what `body` does not read is skipped.
    mutating func members(
        _ body: (_ name: String, inout JSONCursor) throws(Fault) -> Void
    ) throws(Fault) {
        guard try opens("{", closing: "}", "an object") else { return }
        repeat {
            guard next() == UInt8(ascii: "\"") else { throw expected("the name of a member") }
            let name = try string()
            guard take(":") else { throw expected("a colon") }
            try read(at: name) { cursor throws(Fault) in try body(name, &cursor) }
        } while try goesOn("}")
    }

    /// Hands out the elements of an array in their order; what `body` does not read is skipped.
    mutating func elements(_ body: (_ index: Int, inout JSONCursor) throws(Fault) -> Void) throws(Fault) {
        guard try opens("[", closing: "]", "an array") else { return }
        var index = 0
        repeat {
            let number = index
            try read(at: "[\(number)]") { cursor throws(Fault) in try body(number, &cursor) }
            index += 1
        } while try goesOn("]")
    }

    /// Reads a text.
    mutating func string() throws(Fault) -> String {
        guard next() == UInt8(ascii: "\"") else { throw expected("a text") }
        let start = position
        let isPlain = try skipString()
        if isPlain {
            // Straight from the buffer: the generic way costs ten times as much.
            let text = bytes.withUnsafeBufferPointer { bytes in
                String(
                    validating: UnsafeBufferPointer(rebasing: bytes[start + 1..<position - 1]), as: UTF8.self)
            }
            guard let text else { throw Fault(path: "", problem: "its text is not valid UTF-8") }
            return text
        }
        guard let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start..<position])) else {
            throw Fault(path: "", problem: "its text has an escape that JSON does not know, or is not UTF-8")
        }
        return text
    }

    /// Reads a whole number.
    mutating func integer() throws(Fault) -> Int {
        _ = next()
        let start = position
        passScalar()
        // As a file can claim any number, digits are few or left to the standard library.
        guard position - start <= 15 else {
            guard let number = Int(text(from: start)) else { throw expected("a whole number") }
            return number
        }
        let isNegative = position > start && bytes[start] == UInt8(ascii: "-")
        var number = 0
        for byte in bytes[(isNegative ? start + 1 : start)..<position] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                throw expected("a whole number")
            }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard position > (isNegative ? start + 1 : start) else { throw expected("a whole number") }
        return isNegative ? -number : number
    }

    /// Reads a whole number that counts, or an index: one that is not negative.
    mutating func count() throws(Fault) -> Int {
        let number = try integer()
        guard number >= 0 else { throw Fault(path: "", problem: "expected a number of 0 or more") }
        return number
    }

    /// Reads a number.
    mutating func number() throws(Fault) -> Double {
        guard let number = Double(scalar()), number.isFinite else { throw expected("a number") }
        return number
    }

    /// Reads texts, numbers, `true` and `false` as the text that a person would write; `nil` for `null`.
    mutating func label() throws(Fault) -> String? {
        switch next() {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw expected("a text or a number")
        default:
            let text = scalar()
            guard !text.isEmpty else { throw expected("a text or a number") }
            return text == "null" ? nil : text
        }
    }

    /// Passes `null`, if that comes next.
    mutating func isNull() -> Bool {
        guard next() == UInt8(ascii: "n") else { return false }
        let start = position
        if scalar() == "null" { return true }
        position = start
        return false
    }

    /// Passes whatever value comes next.
    mutating func skip() throws(Fault) {
        var depth = 0
        repeat {
            switch next() {
            case nil: throw Fault(path: "", problem: "the JSON ends before it is whole")
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard depth > 0 else { throw expected("a value") }
                depth -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw expected("a value") }
                position += 1
            default:
                let start = position
                passScalar()
                guard position > start else { throw expected("a value") }
            }
        } while depth > 0
    }

    /// Refuses anything but white space behind the value.
    mutating func end() throws(Fault) {
        guard next() == nil else { throw expected("the end of the line") }
    }

    /// Calls `body` for the value of a member or an element, which a fault then names.
    private mutating func read(
        at place: @autoclosure () -> String, _ body: (inout JSONCursor) throws(Fault) -> Void
    ) throws(Fault) {
        do {
            try reading(body)
        } catch {
            let rest = error.path.isEmpty || error.path.hasPrefix("[") ? error.path : "." + error.path
            throw Fault(path: place() + rest, problem: error.problem)
        }
    }

    /// Calls `body` at the start of a value, and passes the value if `body` did not.
    private mutating func reading(_ body: (inout JSONCursor) throws(Fault) -> Void) throws(Fault) {
        _ = next()
        let start = position
        try body(&self)
        if position == start { try skip() }
    }

    /// Passes an opening bracket; `false` if the closing one follows, which is passed too.
    private mutating func opens(
        _ bracket: Unicode.Scalar, closing: Unicode.Scalar, _ what: String
    ) throws(Fault) -> Bool {
        guard take(bracket) else { throw expected(what) }
        return !take(closing)
    }

    /// Passes a comma, or the closing bracket, behind which nothing goes on.
    private mutating func goesOn(_ closing: Unicode.Scalar) throws(Fault) -> Bool {
        if take(",") { return true }
        guard take(closing) else { throw expected("a comma or \(closing)") }
        return false
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// The next byte that is no white space.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// Passes a string; `true` if it stands there without escapes.
    @discardableResult
    private mutating func skipString() throws(Fault) -> Bool {
        var isPlain = true
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return isPlain
            case UInt8(ascii: "\\"):
                isPlain = false
                position += 2
            case 0..<0x20: throw Fault(path: "", problem: "a text holds a control character")
            default: position += 1
            }
        }
        throw Fault(path: "", problem: "the JSON ends inside a text")
    }

    /// The letters, digits and signs that come next: a number, `true`, `false` or `null`.
    private mutating func scalar() -> String {
        _ = next()
        let start = position
        passScalar()
        return text(from: start)
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    /// Passes letters, digits and signs.
    private mutating func passScalar() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                position += 1
            default: return
            }
        }
    }

    private func expected(_ what: String) -> Fault { Fault(path: "", problem: "expected \(what)") }
}
