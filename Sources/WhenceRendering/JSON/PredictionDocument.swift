internal import WhenceExplanation

/// The prediction of a classifier.
struct PredictionDocument: Codable {
    var index: Int
    var label: String
    var probability: Double
    var probabilities: [Double]
    var labels: [String]
    var logits: [Double]

    init(_ prediction: SentimentPrediction) {
        (index, label, probability) = (prediction.index, prediction.label, prediction.probability)
        (probabilities, labels, logits) = (prediction.probabilities, prediction.labels, prediction.logits)
    }

    func value() -> SentimentPrediction {
        SentimentPrediction(
            index: index, label: label, probability: probability, probabilities: probabilities,
            labels: labels, logits: logits)
    }
}
