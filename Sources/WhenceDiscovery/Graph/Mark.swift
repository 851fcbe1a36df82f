/// The mark at one end of an edge of a partial ancestral graph.
///
/// Zhang 2008, *On the completeness of orientation rules for causal discovery in the presence of latent
/// confounders and selection bias*, AIJ 172, §2.
public enum Mark: String, Sendable, Hashable, Codable, CaseIterable {
    /// `-`: this end is an ancestor of the other end or of a selection variable in every graph of the class.
    case tail
    /// `>`: this end is an ancestor of neither, in every graph of the class.
    case arrow
    /// `o`: the class holds graphs with either.
    case circle
}
