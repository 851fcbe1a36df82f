internal import WhenceInference
internal import WhenceLoader
internal import WhenceTensor

/// A text with what the model predicts and saw.
struct SentimentSubject: ExplanationSubject {
    let input: TokenizedText
    let prediction: SentimentPrediction
    let trace: AttentionTrace
    let layout: NodeLayout

    private let ids: [Int]
    private let classifier: SentimentClassifier
    private let perturbation: Perturbation

    /// Lays several texts out and runs the model on all of them at once.
    ///
    /// - Returns: one result a text: with `ExplanationError.noWords` for one without words, and errors of the model.
    static func all(
        _ inputs: [TokenizedText], _ classifier: SentimentClassifier, _ perturbation: Perturbation,
        settings: ExplanationSettings, in workspace: Workspace
    ) throws -> [Result<SentimentSubject, any Error>] {
        let model = classifier.model
        let layouts = try inputs.map { input in
            try InputFault.catching {
                try NodeLayout(
                    input, kind: settings.nodes, skipPunctuation: settings.skipPunctuation,
                    targetToken: model.configuration.readPosition(in: input.ids) ?? 0)
            }
        }
        let questions = zip(inputs, layouts).map { input, layout in
            (try? layout.get()) == nil ? [] : [input.ids]
        }
        let traces = try InputFault.answers(to: questions) {
            try model.traces($0, upTo: .attention, in: workspace)
        }
        return inputs.indices.map { index in
            layouts[index].flatMap { layout in
                traces[index].map { traces in
                    SentimentSubject(
                        input: inputs[index], prediction: classifier.prediction(traces[0].logits.elements),
                        trace: traces[0], layout: layout, ids: inputs[index].ids, classifier: classifier,
                        perturbation: perturbation)
                }
            }
        }
    }

    var maximumSetSize: Int { .max }
    var tokenCount: Int { ids.count }

    func replacing(_ set: CandidateSet) -> ModelInput {
        ModelInput(ids: perturbation.apply(ids, at: layout.tokens(of: set.nodes)))
    }

    func outcome(_ logits: [Float]) -> SentimentPrediction? {
        let outcome = classifier.prediction(logits)
        return outcome.index == prediction.index ? nil : outcome
    }
}
