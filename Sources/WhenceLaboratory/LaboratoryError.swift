/// What can be wrong with an experiment of the laboratory.
public enum LaboratoryError: Error, Sendable, Hashable {
    /// A setting outside its range, and the range in words.
    case setting(name: String, value: String, expected: String)
    /// A parent that does not come before its child.
    case parentAfterChild(parent: Int, child: Int)
    /// A parent that is named twice for one position.
    case repeatedParent(parent: Int, child: Int)
    /// A graph with a directed cycle through a position.
    case cycle(through: Int)
    /// A graph file that says nothing usable, and why.
    case graphFile(path: String, problem: String)
    /// A graph file that is read, but whose graph is none; the second says why.
    indirect case graph(path: String, LaboratoryError)
    /// Sequences or laws that do not fit the task or the transformer; the sentence says which.
    case batch(String)
    /// A checkpoint that cannot be used, and why.
    case checkpoint(path: String, problem: String)
    /// A loss or a parameter that is not a finite number: the step that led there, and where training last was whole.
    case diverged(step: Int, lastGoodCheckpoint: String?)
    /// The system does not start that many threads.
    case threads(Int)
    /// More memory than the laboratory takes, or than the system has.
    case memory(bytes: Int)
}

extension LaboratoryError: CustomStringConvertible {
    /// What happened, where, and what to try.
    public var description: String {
        switch self {
        case .setting(let name, let value, let expected):
            "\(name): \(value) is out of range; give \(expected)"
        case .parentAfterChild(let parent, let child):
            "position \(parent) cannot be a parent of position \(child): a parent comes before its child; "
                + "positions count from 0"
        case .repeatedParent(let parent, let child):
            "position \(parent) is named twice as a parent of position \(child); name each parent once"
        case .cycle(let position):
            "the latent graph is not acyclic: a directed cycle runs through position \(position)"
        case .graphFile(let path, let problem):
            "\(path): \(problem); a latent graph is a JSON list of the parent of each position (null for none), "
                + "a list of lists of parents, or an object with \"nodes\", their number, and \"edges\", pairs "
                + "of parent and child"
        case .graph(let path, let error): "\(path): \(error)"
        case .batch(let problem): problem
        case .checkpoint(let path, let problem): "\(path): this is no checkpoint to go on from: \(problem)"
        case .diverged(let step, let checkpoint):
            "training diverged: after step \(step) the loss or a parameter is no finite number; "
                + (checkpoint.map { "\($0) holds the last good state; " } ?? "no checkpoint was written; ")
                + "try a smaller learning rate"
        case .threads(let count):
            "the system does not start \(count) threads; ask for fewer"
        case .memory(let bytes):
            "the experiment needs \(bytes >> 20) MiB of memory at once, which is more than there is or more than "
                + "\(LaboratoryLimits.workspace >> 18) MiB; ask for fewer sequences, threads, heads, layers or positions"
        }
    }
}
