/// The older kind of group: a tree of nodes with names in a heap.
///
/// - Note: HDF5 File Format Specification 3.0, §III.B *Group Symbol Table Nodes*, §III.D *Local Heaps*.
enum HDF5SymbolTable {
    /// Adds the links.
    ///
    /// - Parameter message: the symbol table message.
    static func append(
        to links: inout [HDF5Link], of message: HDF5Cursor, _ metadata: HDF5Metadata, limit: Int
    ) throws(LoaderError) {
        var fields = message
        let tree = try fields.place()
        let names = try heap(at: fields.place(), metadata)
        var found: [HDF5Link] = []
        try HDF5BTree1.visit(tree, .links, keyLength: metadata.format.lengthSize, metadata) {
            _, address throws(LoaderError) in
            try append(to: &found, ofNodeAt: address, names, metadata)
            guard found.count <= limit else {
                throw fields.damaged(expected: "at most \(limit) links", found: "more")
            }
        }
        links.append(contentsOf: found)
    }

    /// The bytes of the heap that holds the names.
    private static func heap(at address: Int, _ metadata: HDF5Metadata) throws(LoaderError) -> HDF5Cursor {
        let format = metadata.format
        var fields = try metadata.structure(
            at: address, count: 8 + 2 * format.lengthSize + format.offsetSize, "local heap")
        try fields.signature("HEAP")
        try fields.version(0...0)
        try fields.skip(3)
        let length = try fields.length()
        // Where its free space begins.
        try fields.skip(format.lengthSize)
        return try metadata.structure(at: fields.place(), count: length, "local heap's names")
    }

    private static func append(
        to links: inout [HDF5Link], ofNodeAt address: Int, _ names: HDF5Cursor, _ metadata: HDF5Metadata
    ) throws(LoaderError) {
        let format = metadata.format
        var head = try metadata.structure(at: address, count: 8, "symbol table node")
        try head.signature("SNOD")
        try head.version(1...1)
        try head.skip(1)
        let count = try head.number(2)
        var entries = try metadata.structure(
            at: address + 8, count: count * (2 * format.offsetSize + 24), "symbol table node")
        for _ in 0..<count {
            let offset = try entries.number(format.offsetSize)
            let target = try entries.address()
            let cached = try entries.number(4)
            try entries.skip(4)
            var cache = try entries.part(16)
            // 2 marks a soft link, whose header is that of nothing.
            let isSoft = cached == 2
            guard isSoft || target != nil else { continue }
            let (name, place) = try text(at: offset, names)
            try metadata.spend(name.count, at: place.position, "local heap's names")
            if let target, !isSoft {
                links.append(try HDF5Link(name: name, target: .object(target), in: place))
            } else {
                let (path, _) = try text(at: cache.number(4), names)
                try metadata.spend(path.count, at: place.position, "local heap's names")
                links.append(try HDF5Link(name: name, target: .path(HDF5Link.text(path)), in: place))
            }
        }
    }

    /// A text of the heap, and the place that it begins at.
    private static func text(
        at offset: Int, _ names: HDF5Cursor
    ) throws(LoaderError) -> (ArraySlice<UInt8>, HDF5Cursor) {
        var place = names
        try place.skip(offset)
        let text = place.remaining.prefix(HDF5Link.longestName + 1).prefix { $0 != 0 }
        guard text.count < place.count else {
            throw place.damaged(expected: "a name that ends in a NUL", found: "the end of the heap")
        }
        return (text, place)
    }
}
