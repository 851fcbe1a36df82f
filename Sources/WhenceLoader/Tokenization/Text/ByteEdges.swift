/// The edges of a trie, by the node that they leave and their byte.
///
/// A hash table with open addressing, because one is looked up for nearly every byte of a text. The multiplier is
/// drawn anew for each table, so that no file can be made whose edges fall into one place.
struct ByteEdges: Sendable {
    private struct Edge: Sendable {
        /// -1 where the table is empty.
        var node: Int32 = -1
        var child: Int32 = 0
        var byte: UInt8 = 0
    }

    private var edges: [Edge]
    private var count = 0
    private let multiplier = UInt64.random(in: .min ... .max) | 1

    /// An empty table with room for so many edges.
    init(capacity: Int) {
        var size = 16
        while size / 4 * 3 < capacity { size *= 2 }
        edges = Array(repeating: Edge(), count: size)
    }

    var isEmpty: Bool { count == 0 }

    /// The node that an edge leads to.
    func child(of node: Int32, _ byte: UInt8) -> Int32? {
        let edge = edges[place(of: node, byte)]
        return edge.node < 0 ? nil : edge.child
    }

    /// The node that an edge leads to, which is `new` for an edge that was not there.
    mutating func child(of node: Int32, _ byte: UInt8, orNew new: Int32) -> Int32 {
        if count >= edges.count / 4 * 3 {
            let old = edges
            edges = Array(repeating: Edge(), count: old.count * 2)
            for edge in old where edge.node >= 0 { edges[place(of: edge.node, edge.byte)] = edge }
        }
        let place = place(of: node, byte)
        if edges[place].node >= 0 { return edges[place].child }
        edges[place] = Edge(node: node, child: new, byte: byte)
        count += 1
        return new
    }

    /// Where an edge is, or where there is room for it.
    @inline(__always)
    private func place(of node: Int32, _ byte: UInt8) -> Int {
        var hash = (UInt64(UInt32(bitPattern: node)) << 8 | UInt64(byte)) &* multiplier
        hash = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        let mask = edges.count - 1
        var place = Int(truncatingIfNeeded: hash >> 32) & mask
        while edges[place].node >= 0, edges[place].node != node || edges[place].byte != byte {
            place = (place + 1) & mask
        }
        return place
    }
}
