extension MeekOrientation {
    /// Rule 3: `a --- c --> b`, `a --- d --> b`, c and d not adjacent, and `a --- b`: `a --> b`. Were it `b --> a`, both c
    /// and d would have to cause a, and a were a collider between them that R0 had found.
    func meekRule3(_ a: Int, _ b: Int) -> Bool {
        orientation.hasUnshieldedPair(graph.undirectedNeighbours(of: a) & graph.parents(of: b), through: a)
    }
}
