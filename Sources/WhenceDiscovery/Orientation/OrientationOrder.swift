/// When a rule sees the marks that its own sweep sets.
enum OrientationOrder: Sendable {
    /// At once, node by node in ascending order. On inconsistent data the marks depend on that order.
    case sweeps
    /// After the sweep: a rule judges the whole graph as it was, and its claims are applied together, arrowheads over
    /// tails. So nothing depends on the order of the nodes, and an edge that a rule directs both ways becomes `<->`.
    /// - Note: Colombo and Maathuis 2014, *Order-independent constraint-based causal structure learning*, JMLR 15,
    ///   §4.3, whose lists of candidate edges for each rule, with bi-directed edges for conflicts, this follows.
    case rounds
}
