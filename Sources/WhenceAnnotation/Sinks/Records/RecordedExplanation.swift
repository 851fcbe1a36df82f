internal import WhenceExplanation
internal import WhenceLoader
internal import WhenceRendering

/// What a record needs to know of an explanation, whatever its task.
protocol RecordedExplanation {
    var model: ModelIdentity { get }
    var settings: ExplanationSettings { get }
    var graphs: [CausalGraph] { get }
    var status: SearchStatus { get }

    /// Writes the input: all of it, or what a prediction needs.
    func writeInput(_ json: inout JSONBytes, detail: AnnotationDetail)
    /// Writes the prediction.
    func writePrediction(_ json: inout JSONBytes)
    /// Writes the explanations.
    func writeExplanations(_ json: inout JSONBytes)
}

extension SentimentExplanation: RecordedExplanation {
    func writeInput(_ json: inout JSONBytes, detail: AnnotationDetail) {
        guard detail == .prediction else { return json.input(input) }
        json.object { json in
            json.key("text")
            json.string(input.text)
            json.unseen(input)
        }
    }

    func writePrediction(_ json: inout JSONBytes) { json.prediction(prediction) }

    func writeExplanations(_ json: inout JSONBytes) { json.explanations(explanations) }
}

extension RecommendationExplanation: RecordedExplanation {
    func writeInput(_ json: inout JSONBytes, detail: AnnotationDetail) {
        guard detail == .prediction else { return json.input(input) }
        json.object { json in
            json.key("firstSeen")
            json.number(input.unseenCount)
            json.key("history")
            json.array(input.history) { json, item in
                json.object { json in
                    json.key("index")
                    json.number(item.index)
                    json.key("item")
                    json.string(item.item)
                    json.key("title")
                    json.string(item.title)
                }
            }
            if !input.unknownItems.isEmpty {
                json.key("unknownItems")
                json.strings(input.unknownItems)
            }
            json.key("user")
            json.string(input.user)
        }
    }

    func writePrediction(_ json: inout JSONBytes) { json.prediction(prediction) }

    func writeExplanations(_ json: inout JSONBytes) { json.explanations(explanations) }
}
