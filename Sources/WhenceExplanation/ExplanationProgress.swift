/// How far an explanation has come.
public enum ExplanationProgress: Sendable, Hashable {
    /// Graphs are being learnt: how many are done, of how many.
    case graphs(done: Int, of: Int)
    /// Sets of words are being verified: how many so far, and the size of the latest.
    case sets(verified: Int, size: Int)
}
