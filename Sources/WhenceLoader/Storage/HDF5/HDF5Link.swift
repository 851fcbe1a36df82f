/// A name in a group, and the object that it stands for.
struct HDF5Link {
    /// What a name stands for.
    enum Target {
        /// The object whose header lies there.
        case object(Int)
        /// Whatever a path of this file leads to, from the root or from the link's group.
        case path(String)
        /// Something in another file.
        case external(file: String)
    }

    var name: String
    var target: Target

    /// No model's weights have a name near that long.
    static let longestName = 4_096

    /// - Parameter bytes: the name's, which should be UTF-8.
    init(name bytes: ArraySlice<UInt8>, target: Target, in fields: HDF5Cursor) throws(LoaderError) {
        guard !bytes.isEmpty, bytes.count <= Self.longestName, !bytes.contains(0), !bytes.contains(0x2f)
        else {
            throw fields.damaged(
                expected: "a name of 1 to \(Self.longestName) bytes without NUL and slash",
                found: quoted(String(decoding: bytes.prefix(64), as: UTF8.self)))
        }
        name = String(decoding: bytes, as: UTF8.self)
        self.target = target
    }

    /// Reads a link message.
    ///
    /// - Returns: `nil` for a kind of link that a user of libhdf5 defined.
    /// - Note: HDF5 File Format Specification 3.0, §IV.A.2.g *The Link Message*.
    init?(_ message: HDF5Cursor) throws(LoaderError) {
        var fields = message
        try fields.version(1...1)
        let flags = try fields.byte()
        let type = flags & 8 != 0 ? try fields.byte() : 0
        // When it was made, and how its name is encoded.
        try fields.skip((flags & 4 != 0 ? 8 : 0) + (flags & 16 != 0 ? 1 : 0))
        let length = try fields.number(1 << (flags & 3))
        let name = try fields.bytes(length)
        let target: Target
        switch type {
        case 0: target = .object(try fields.place())
        case 1: target = .path(Self.text(try fields.bytes(fields.number(2))))
        case 64:
            var value = try fields.part(fields.number(2))
            // Its version and flags stand before the file's name and the path in it.
            try value.skip(1)
            target = .external(file: Self.text(value.remaining))
        default: return nil
        }
        try self.init(name: name, target: target, in: fields)
    }

    /// A text up to its NUL.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

extension HDF5ObjectHeader {
    var isGroup: Bool { has(.symbolTable) || has(.linkInfo) || has(.link) }

    /// The links of a group in the order of their names' bytes; `nil` if the object is no group.
    ///
    /// - Parameter limit: how many there may be.
    /// - Throws: `invalid` for damage and for two links of a name.
    func links(_ metadata: HDF5Metadata, limit: Int) throws(LoaderError) -> [HDF5Link]? {
        guard isGroup else { return nil }
        var links: [HDF5Link] = []
        if let table = try body(.symbolTable) {
            try HDF5SymbolTable.append(to: &links, of: table, metadata, limit: limit)
        }
        if let info = try body(.linkInfo) {
            try HDF5DenseLinks.append(to: &links, of: info, metadata, limit: limit)
        }
        for message in messages where message.kind == .link && !message.isShared {
            if let link = try HDF5Link(message.body) { links.append(link) }
        }
        guard links.count <= limit else {
            throw metadata.format.damaged(
                "group", expected: "at most \(limit) links", found: "\(links.count)")
        }
        links.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (link, next) in zip(links, links.dropFirst()) where link.name.utf8.elementsEqual(next.name.utf8) {
            throw metadata.format.damaged(
                "group", expected: "names that differ", found: "\(quoted(link.name)) twice")
        }
        return links
    }
}
