internal import WhenceExplanation

/// The answers to a group, of which some rows are no question that the model can be asked.
///
/// - Parameters:
///   - contents: the group.
///   - question: makes a question of a row, or says why it is none.
///   - ask: has the model answer all questions; one result each, with the time it took.
/// - Returns: one answer a row, in their order.
/// - Throws: what `ask` throws, and what `question` throws that is no `RowProblem`.
func groupAnswers<Question, Answer>(
    to contents: [InputRow.Content], question: (InputRow.Content) throws(RowProblem) -> Question,
    ask: ([Question]) async throws -> [Result<Answer, any Error>],
    outcome: (Answer) -> RowAnswer
) async throws -> [RowAnswer] {
    let clock = ContinuousClock()
    var answers: [RowAnswer?] = []
    var questions: [(question: Question, milliseconds: Double)] = []
    for content in contents {
        let start = clock.now
        do {
            let question = try question(content)
            questions.append((question, start.duration(to: clock.now) / .milliseconds(1)))
            answers.append(nil)
        } catch {
            answers.append(
                RowAnswer(.failure(error), milliseconds: start.duration(to: clock.now) / .milliseconds(1)))
        }
    }
    let results = questions.isEmpty ? [] : try await ask(questions.map(\.question))
    var next = zip(questions, results).makeIterator()
    return answers.compactMap { known in
        if let known { return known }
        guard let (asked, result) = next.next() else { return nil }
        var answer =
            switch result {
            case .success(let answer): outcome(answer)
            case .failure(let error): RowAnswer(.failure(RowProblem(ofModel: error)), milliseconds: 0)
            }
        answer.milliseconds += asked.milliseconds
        return answer
    }
}

extension RowProblem {
    /// What the model has against a row.
    init(ofModel error: any Error) {
        switch error {
        case ExplanationError.noWords, ExplanationError.emptyHistory: self.init(.empty, "\(error)")
        default: self.init(.model, "\(error)")
        }
    }
}
