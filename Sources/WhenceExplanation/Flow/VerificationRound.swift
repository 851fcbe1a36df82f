internal import WhenceInference
internal import WhenceLoader

/// Sets of several inputs that are verified in one call of the model.
struct VerificationRound {
    /// One input's part.
    struct Share {
        /// Which member it is of.
        var member: Int
        var sets: ArraySlice<CandidateSet>
        var inputs: [ModelInput]
        /// Tokens of all its inputs.
        var tokenCount: Int { inputs.reduce(0) { $0 + $1.ids.count } }
    }

    /// In the order of the members.
    private(set) var shares: [Share] = []

    /// Most tokens: enough to fill the cores, small enough that a time limit is noticed.
    private static let tokenLimit = 2_048
    /// Most logits, which keeps large catalogues within memory.
    private static let logitLimit = 4_000_000

    /// Fills a round with the next sets of the members, the first members' first; empty when all searches are over.
    ///
    /// - Parameter unfinished: members whose searches are not known to be over; those that are leave it.
    init<Subject: ExplanationSubject>(
        of members: inout [ExplanationMember<Subject>], unfinished: inout [Int], _ clock: SharedClock,
        _ model: Transformer
    ) {
        let logitCount = Self.logitCount(model)
        var (tokens, logits) = (Self.tokenLimit, Self.logitLimit)
        var finished: Set<Int> = []
        for index in unfinished {
            let subject = members[index].subject
            let room = min(tokens / max(1, subject.tokenCount), logits / logitCount)
            // What is larger than any round has one to itself.
            guard room > 0 || shares.isEmpty else { break }
            let sets = members[index].next(
                atMost: room, isOutOfTime: clock.isOver(members[index].number))
            guard !sets.isEmpty else {
                finished.insert(index)
                continue
            }
            shares.append(Share(member: index, sets: sets, inputs: sets.map(subject.replacing)))
            tokens -= sets.count * subject.tokenCount
            logits -= sets.count * logitCount
        }
        unfinished.removeAll { finished.contains($0) }
    }

    /// Most inputs of so many tokens that fit in a round.
    static func size(tokenCount: Int, _ model: Transformer) -> Int {
        max(1, min(tokenLimit / max(1, tokenCount), logitLimit / logitCount(model)))
    }

    /// Logits that the model gives for one input.
    private static func logitCount(_ model: Transformer) -> Int {
        model.configuration.head.isLanguageModel ? max(1, model.configuration.vocabularySize) : 1
    }
}
