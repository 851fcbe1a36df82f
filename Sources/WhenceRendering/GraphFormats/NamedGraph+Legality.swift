public import WhenceDiscovery

extension NamedGraph {
    /// Every reason why the graph is not of a kind, each a sentence that names nodes; empty when it is.
    ///
    /// The marks are judged by `MixedGraph.violations(as:)`. A graph with latent or selection variables is none of
    /// the kinds: these are graphs over observed variables, in which the others show as marks.
    public func violations(as kind: GraphKind) -> [String] {
        let hidden = names.indices.filter { roles[$0] != .observed }
        guard hidden.isEmpty else {
            return hidden.map { node in
                Self.sentence(
                    "\(names[node].quoted()) is a \(roles[node].rawValue) variable, and "
                        + "\(kind.name) has observed ones only")
            }
        }
        return graph.violations(as: kind).map { violation in
            Self.sentence(violation.sentence { names[$0].quoted() })
        }
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }
}
