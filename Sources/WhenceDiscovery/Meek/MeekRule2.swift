extension MeekOrientation {
    /// Rule 2: `a --> c --> b` and `a --- b`: `a --> b`, or there were a cycle.
    func meekRule2(_ a: Int, _ b: Int) -> Bool {
        !graph.children(of: a).isDisjoint(with: graph.parents(of: b))
    }
}
