/// An unshielded triple about which the separating sets contradict background knowledge, which prevailed.
public struct KnowledgeConflict: Sendable, Hashable, Codable {
    /// The triple.
    public var a: Int
    /// Its middle.
    public var b: Int
    /// Its other end, larger than `a`.
    public var c: Int
    /// Whether the separating set of `a` and `c` makes the triple a collider; knowledge says the opposite.
    public var isColliderByData: Bool

    /// Makes a conflict.
    public init(a: Int, b: Int, c: Int, isColliderByData: Bool) {
        (self.a, self.b, self.c, self.isColliderByData) = (a, b, c, isColliderByData)
    }
}

extension Orientation {
    /// Every unshielded triple with a mark of background knowledge at its middle, of which the separating sets say
    /// something else than the marks do; by `(b, a, c)`.
    var knowledgeConflicts: [KnowledgeConflict] {
        guard knowledge != nil else { return [] }
        var conflicts: [KnowledgeConflict] = []
        for b in 0..<graph.nodeCount {
            for a in graph.adjacent[b] {
                if mustEnd(after: 4) { return conflicts }
                let isKnown = origins.isKnown(at: b, from: a)
                for c in unshielded(beyond: a, through: b, among: graph.adjacent[b])
                where c > a && (isKnown || origins.isKnown(at: b, from: c)) {
                    guard let isSeparator = separators.separator(of: a, c, contains: b) else { continue }
                    let isCollider = graph.arrowsAt[b].contains(a) && graph.arrowsAt[b].contains(c)
                    guard isCollider == isSeparator else { continue }
                    conflicts.append(KnowledgeConflict(a: a, b: b, c: c, isColliderByData: !isSeparator))
                }
            }
        }
        return conflicts
    }
}
