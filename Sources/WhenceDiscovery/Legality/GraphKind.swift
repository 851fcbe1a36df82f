/// What a mixed graph can be meant as, each with its own laws.
public enum GraphKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The equivalence class of directed acyclic graphs: `-->`, and `---` (or `o-o`) where the class differs.
    case completedPartiallyDirectedGraph = "cpdag"
    /// Causes and independences with latent and selection variables: `-->`, `<->`, `---`.
    case maximalAncestralGraph = "mag"
    /// The equivalence class of maximal ancestral graphs: marks that all share, circles elsewhere.
    case partialAncestralGraph = "pag"

    /// The usual words for it, with the article.
    public var name: String {
        switch self {
        case .completedPartiallyDirectedGraph: "a completed partially directed acyclic graph (CPDAG)"
        case .maximalAncestralGraph: "a maximal ancestral graph (MAG)"
        case .partialAncestralGraph: "a partial ancestral graph (PAG)"
        }
    }
}
