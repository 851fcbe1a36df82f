extension HDF5File {
    /// The text of an attribute that is one string of fixed length, of a group below the root.
    ///
    /// - Throws: `invalid` if the group or the attribute is not there, or is something else.
    func text(attribute name: String, ofGroup group: String) throws(LoaderError) -> String {
        let metadata = HDF5Metadata(file, format: format)
        let root = try HDF5ObjectHeader(at: HDF5Superblock(of: file).root, in: metadata)
        let links = try root.links(metadata, limit: 1_000) ?? []
        guard let link = links.first(where: { $0.name == group }), case .object(let target) = link.target
        else {
            throw format.damaged(quoted(group), expected: "a group of that name", found: "none")
        }
        let header = try HDF5ObjectHeader(at: target, in: metadata)
        for message in header.messages where message.kind == .attribute && !message.isShared {
            if let text = try Self.text(message.body, ofAttribute: name) { return text }
        }
        throw format.damaged(quoted(group), expected: "the attribute \(quoted(name))", found: "none")
    }

    /// The text that an attribute's message holds; `nil` for another attribute.
    ///
    /// - Note: HDF5 File Format Specification 3.0, §IV.A.2.m *The Attribute Message*.
    private static func text(_ body: HDF5Cursor, ofAttribute name: String) throws(LoaderError) -> String? {
        var fields = body
        let version = try fields.version(1...3)
        try fields.skip(1)
        let lengths = try (fields.number(2), fields.number(2), fields.number(2))
        if version == 3 { try fields.skip(1) }
        // Version 1 pads each part to 8 bytes.
        func part(_ length: Int) throws(LoaderError) -> HDF5Cursor {
            let part = try fields.part(length)
            if version == 1 { try fields.skip((8 - length % 8) % 8) }
            return part
        }
        guard try part(lengths.0).remaining.prefix(while: { $0 != 0 }).elementsEqual(name.utf8) else {
            return nil
        }
        let type = try HDF5Datatype(part(lengths.1))
        let space = try HDF5Dataspace(part(lengths.2))
        guard type.elementType == .string, space.shape.isEmpty, type.size == fields.count else {
            throw fields.damaged(expected: "one text of \(fields.count) bytes", found: "something else")
        }
        guard let text = String(validating: fields.remaining, as: UTF8.self) else {
            throw fields.damaged(expected: "UTF-8", found: "other bytes")
        }
        return text
    }
}
