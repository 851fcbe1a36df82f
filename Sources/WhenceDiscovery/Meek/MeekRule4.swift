extension MeekOrientation {
    /// Rule 4: `a --- d --> c --> b`, a adjacent to c, b and d not adjacent, and `a --- b`: `a --> b`. Needed only where
    /// knowledge from outside has directed edges.
    func meekRule4(_ a: Int, _ b: Int) -> Bool {
        let starts = orientation.unshielded(beyond: b, through: a, among: graph.undirectedNeighbours(of: a))
        return (graph.parents(of: b) & graph.adjacent[a]).contains { c in
            !graph.parents(of: c).isDisjoint(with: starts)
        }
    }
}
