/// An edge between two nodes, with one mark at each end.
public struct Edge: Sendable, Hashable {
    /// The smaller node index.
    public let a: Int
    /// The larger node index.
    public let b: Int
    /// The mark at `a`.
    public let markAtA: Mark
    /// The mark at `b`.
    public let markAtB: Mark

    /// Makes an edge; the ends are stored with the smaller index first.
    ///
    /// - Precondition: two different, non-negative nodes.
    public init(_ a: Int, _ markAtA: Mark, _ markAtB: Mark, _ b: Int) {
        precondition(a >= 0 && b >= 0 && a != b, "an edge needs two different nodes")
        if a < b {
            (self.a, self.markAtA, self.markAtB, self.b) = (a, markAtA, markAtB, b)
        } else {
            (self.a, self.markAtA, self.markAtB, self.b) = (b, markAtB, markAtA, a)
        }
    }

    /// The marks as text, from `a` to `b`: one of `---  -->  <--  o->  <-o  o-o  <->  o--  --o`.
    public var marks: String {
        let left: [Mark: Character] = [.tail: "-", .arrow: "<", .circle: "o"]
        let right: [Mark: Character] = [.tail: "-", .arrow: ">", .circle: "o"]
        return "\(left[markAtA, default: "-"])-\(right[markAtB, default: "-"])"
    }
}
