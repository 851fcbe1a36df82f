extension MeekOrientation {
    /// Rule 1: `p --> a --- b`, p and b not adjacent: `a --> b`, or a were a collider that R0 had found.
    func meekRule1(_ a: Int, _ b: Int) -> Bool {
        !orientation.unshielded(beyond: b, through: a, among: graph.parents(of: a)).isEmpty
    }
}
