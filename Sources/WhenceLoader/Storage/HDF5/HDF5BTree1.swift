/// The older kind of tree, which finds the links of a group or the chunks of a dataset.
///
/// - Note: HDF5 File Format Specification 3.0, §III.A.1 *Version 1 B-trees*.
enum HDF5BTree1 {
    /// What a tree finds.
    enum Kind: Int {
        case links = 0
        case chunks = 1
    }

    /// Visits the entries of all leaves from the left to the right.
    ///
    /// - Parameters:
    ///   - keyLength: bytes of a key, of which one stands before each entry.
    ///   - visit: is given the key and the address behind it.
    /// - Throws: `invalid` for damage, also for a level that is not one below its parent's.
    static func visit(
        _ root: Int, _ kind: Kind, keyLength: Int, _ metadata: HDF5Metadata,
        _ visit: (HDF5Cursor, Int) throws(LoaderError) -> Void
    ) throws(LoaderError) {
        let format = metadata.format
        let headLength = 8 + 2 * format.offsetSize
        var pending: [(address: Int, level: Int?)] = [(root, nil)]
        while let next = pending.popLast() {
            var head = try metadata.structure(at: next.address, count: headLength, "tree node")
            try head.signature("TREE")
            let (found, level) = (try head.byte(), try head.byte())
            guard found == kind.rawValue, level == next.level ?? level else {
                throw head.damaged(
                    expected: "kind \(kind.rawValue)\(next.level.map { ", level \($0)" } ?? "")",
                    found: "kind \(found), level \(level)")
            }
            let count = try head.number(2)
            var entries = try metadata.structure(
                at: next.address + headLength, count: count * (keyLength + format.offsetSize), "tree node")
            var children: [(address: Int, level: Int?)] = []
            for _ in 0..<count {
                let key = try entries.part(keyLength)
                let address = try entries.place()
                if level == 0 {
                    try visit(key, address)
                } else {
                    children.append((address, level - 1))
                }
            }
            pending.append(contentsOf: children.reversed())
        }
    }
}
