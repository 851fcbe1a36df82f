internal import WhenceDiscovery
internal import WhenceInference
internal import WhenceLoader

/// Tells what goes wrong with one input from what ends everything.
enum InputFault {
    /// Whether an error is about the input that caused it, so that other inputs are not touched by it: not cancellation,
    /// nor threads that do not start.
    static func isOfInput(_ error: any Error) -> Bool {
        error is ExplanationError || error is InferenceError || error is LoaderError
            || error is DiscoveryError
    }

    /// What was made of one input, or the error that is about it.
    static func catching<Success>(_ body: () throws -> Success) throws -> Result<Success, any Error> {
        do {
            return .success(try body())
        } catch  where isOfInput(error) {
            return .failure(error)
        }
    }

    /// What a model answers to the inputs of several askers, all at once; where that fails because of some input, to
    /// each asker's alone, so that only those fail who asked it.
    ///
    /// - Parameters:
    ///   - questions: each asker's inputs.
    ///   - ask: gives an answer for each input, in their order; each answer the same, however many are asked at once.
    /// - Returns: one result an asker, with one answer for each of its inputs.
    static func answers<Question, Answer>(
        to questions: [[Question]], ask: ([Question]) throws -> [Answer]
    ) throws -> [Result<[Answer], any Error>] {
        guard !questions.allSatisfy(\.isEmpty) else { return questions.map { _ in .success([]) } }
        do {
            var answers = try ask(questions.flatMap { $0 })[...]
            return questions.map { asked in
                defer { answers.removeFirst(asked.count) }
                return .success(Array(answers.prefix(asked.count)))
            }
        } catch  where isOfInput(error) {
            guard questions.count > 1 else { return [.failure(error)] }
            return try questions.map { asked in
                try catching { asked.isEmpty ? [] : try ask(asked) }
            }
        }
    }
}
