internal import WhenceInference

/// An input whose prediction is explained: what the flow has to know about the task.
protocol ExplanationSubject {
    /// What a prediction becomes when it changes.
    associatedtype Outcome: Sendable

    /// The pass that the graphs are read from.
    var trace: AttentionTrace { get }
    /// Its tokens as nodes.
    var layout: NodeLayout { get }
    /// Most nodes that may be replaced at once.
    var maximumSetSize: Int { get }
    /// Tokens of the input that the prediction is read from.
    var tokenCount: Int { get }

    /// The input with a set's nodes replaced.
    func replacing(_ set: CandidateSet) -> ModelInput
    /// What the logits of such an input make of the prediction; `nil` if it stays the same.
    func outcome(_ logits: [Float]) -> Outcome?
}

/// What a model reads.
struct ModelInput {
    /// The tokens.
    var ids: [Int]
    /// The positions that a language model's logits are asked of; a classifier knows its own.
    var positions: [Int] = []
}

/// What was found out about one input.
struct Finding<Outcome: Sendable>: Sendable {
    var graphs: [CausalGraph] = []
    var report = ExplanationSearch<Outcome>.Report()
    /// The time that the input was charged.
    var milliseconds: Double

    /// How far the search got.
    func status(passesBefore: Int) -> SearchStatus {
        SearchStatus(report, passesBefore: passesBefore, elapsedMilliseconds: milliseconds)
    }
}
