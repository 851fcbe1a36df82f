/// Reads the fields of one message in Protocol Buffers wire format, in the order of the bytes.
///
/// Nothing is copied: lengths are checked against the bytes that are there, so a hostile length ends the walk
/// instead of asking for memory.
///
/// - Note: Protocol Buffers, *Encoding*, https://protobuf.dev/programming-guides/encoding/.
struct ProtocolBuffer {
    /// A field's value as the wire has it.
    enum Value {
        /// Wire type 0.
        case number(UInt64)
        /// Wire type 1: the bits of a value of 64.
        case fixed64(UInt64)
        /// Wire type 5: the bits of a value of 32.
        case fixed32(UInt32)
        /// Wire type 2: a string, bytes, or a message of its own.
        case bytes(ArraySlice<UInt8>)
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next field; `nil` at the end of the message.
    ///
    /// - Throws: `Malformed` where the bytes are no message.
    mutating func next() throws(Malformed) -> (field: UInt64, value: Value)? {
        guard !rest.isEmpty else { return nil }
        let key = try number()
        // Readers drop what does not fit into 32 bits, each in its own way; what they might see is not guessed.
        guard key >> 3 != 0, key <= UInt32.max else { throw Malformed() }
        switch key & 7 {
        case 0: return (key >> 3, .number(try number()))
        case 1: return (key >> 3, .fixed64(try fixed(8)))
        case 2: return (key >> 3, .bytes(try bytes(try number())))
        case 5: return (key >> 3, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
        // Groups (3, 4) were given up before SentencePiece was written.
        default: throw Malformed()
        }
    }

    /// What is thrown where the bytes are no message.
    struct Malformed: Error {}

    private mutating func number() throws(Malformed) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw Malformed()
    }

    private mutating func fixed(_ width: Int) throws(Malformed) -> UInt64 {
        try bytes(UInt64(width)).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func bytes(_ count: UInt64) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= UInt64(rest.count) else { throw Malformed() }
        let taken = rest.prefix(Int(count))
        rest = rest.dropFirst(Int(count))
        return taken
    }
}
