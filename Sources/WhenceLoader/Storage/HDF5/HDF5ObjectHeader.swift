/// One message of an object header: a fact about the object.
struct HDF5Message {
    /// The kinds that matter for weights.
    enum Kind: Int {
        case dataspace = 0x01
        case linkInfo = 0x02
        case datatype = 0x03
        case oldFillValue = 0x04
        case fillValue = 0x05
        case link = 0x06
        case externalFiles = 0x07
        case layout = 0x08
        case filters = 0x0B
        case attribute = 0x0C
        case continuation = 0x10
        case symbolTable = 0x11
        case attributeInfo = 0x15
    }

    var kind: Kind
    /// Whether the body only says where the message is stored.
    var isShared: Bool
    var body: HDF5Cursor
}

/// The messages of an object, in the order of the file.
///
/// - Note: HDF5 File Format Specification 3.0, §IV.A.1 *Data Object Header Prefix*, §IV.A.2.q *Continuation*.
struct HDF5ObjectHeader {
    let messages: [HDF5Message]

    /// Reads the header at an address, with the blocks that continue it.
    ///
    /// - Throws: `invalid` for anything but a header, `unreadable`.
    init(at address: Int, in metadata: HDF5Metadata) throws(LoaderError) {
        var prefix = try metadata.structure(
            at: address, count: min(Prefix.longest, metadata.file.byteCount - address), "object header")
        let shape = try Prefix(&prefix)
        var found: [HDF5Message] = []
        var pending = [(address: address, length: shape.length, isFirst: true)]
        while let next = pending.popLast() {
            var block = try metadata.structure(at: next.address, count: next.length, "object header")
            if shape.version == 2 {
                try block.verifyChecksum()
                if !next.isFirst { try block.signature("OCHK") }
            }
            if next.isFirst { try block.skip(shape.firstMessage) }
            // Fewer bytes than a message takes may be left.
            while block.count >= shape.overhead {
                guard let message = try shape.message(&block) else { continue }
                guard message.kind == .continuation else {
                    found.append(message)
                    continue
                }
                var body = message.body
                pending.append((address: try body.place(), length: try body.length(), isFirst: false))
            }
        }
        messages = found
    }

    /// The body of the only message of a kind; `nil` if there is none.
    func body(_ kind: HDF5Message.Kind) throws(LoaderError) -> HDF5Cursor? {
        var found: HDF5Message?
        for message in messages where message.kind == kind {
            guard found == nil else { throw message.body.damaged(expected: "one \(kind)", found: "two") }
            found = message
        }
        guard let found else { return nil }
        guard !found.isShared else {
            throw found.body.damaged(expected: "a \(kind) of the object's own", found: "a shared one")
        }
        return found.body
    }

    func has(_ kind: HDF5Message.Kind) -> Bool {
        messages.contains { $0.kind == kind }
    }
}

/// What a header's first bytes say about the form of its blocks.
private struct Prefix {
    static let longest = 34

    var version: Int
    /// Bytes of the first block, from the header's start to its end.
    var length: Int
    /// Bytes before its first message.
    var firstMessage: Int
    /// Whether each message says when it was made.
    var hasCreationOrder = false

    init(_ fields: inout HDF5Cursor) throws(LoaderError) {
        let start = fields.position
        guard fields.remaining.starts(with: "OHDR".utf8) else {
            version = try fields.version(1...1)
            // A reserved byte, the count of messages, and that of links.
            try fields.skip(7)
            firstMessage = 16
            length = firstMessage + (try fields.number(4))
            return
        }
        try fields.skip(4)
        version = try fields.version(2...2)
        let flags = try fields.byte()
        hasCreationOrder = flags & 4 != 0
        // Four times, and the numbers of attributes at which their storage changes.
        try fields.skip((flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0))
        let count = try fields.number(1 << (flags & 3))
        firstMessage = fields.position - start
        let (sum, overflow) = count.addingReportingOverflow(firstMessage + 4)
        guard !overflow else { throw fields.damaged(expected: "a length in the file", found: "\(count)") }
        length = sum
    }

    /// Bytes of a message before its body.
    var overhead: Int { version == 1 ? 8 : hasCreationOrder ? 6 : 4 }

    /// The next message of a block; `nil` for one that says nothing of use.
    func message(_ block: inout HDF5Cursor) throws(LoaderError) -> HDF5Message? {
        let type = try block.number(version == 1 ? 2 : 1)
        let size = try block.number(2)
        let flags = try block.byte()
        try block.skip(version == 1 ? 3 : hasCreationOrder ? 2 : 0)
        let body = try block.part(size, of: "message of the object header")
        guard let kind = HDF5Message.Kind(rawValue: type) else {
            // Beyond the kinds that this format has, a writer may forbid to pass over one.
            guard type <= 0x18 || flags & 0x80 == 0 else {
                throw body.damaged(expected: "a known message", found: "number \(type), which must be known")
            }
            return nil
        }
        return HDF5Message(kind: kind, isShared: flags & 2 != 0, body: body)
    }
}
