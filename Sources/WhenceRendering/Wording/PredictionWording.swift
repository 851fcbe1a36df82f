internal import WhenceExplanation

/// Predictions as a person reads them.
enum PredictionWording {
    /// The predicted label, safe to show.
    static func label(_ prediction: SentimentPrediction) -> String {
        name(prediction.label)
    }

    /// `negative, 81 %`.
    static func short(_ prediction: SentimentPrediction) -> String {
        "\(label(prediction)), \(NumberWording.percent(prediction.probability))"
    }

    /// The other labels by falling probability, three at most: `neutral 2 %, negative 1 %`.
    static func runnersUp(_ prediction: SentimentPrediction) -> String {
        let others = prediction.labels.indices
            .filter { $0 != prediction.index }
            .sorted { (prediction.probabilities[$1], $0) < (prediction.probabilities[$0], $1) }
        let shown = others.prefix(3).map { index in
            "\(name(prediction.labels[index])) \(NumberWording.percent(prediction.probabilities[index]))"
        }
        return shown.joined(separator: ", ") + (others.count > 3 ? ", …" : "")
    }

    private static func name(_ label: String) -> String {
        label.isEmpty ? "“”" : label.visibleLabel.elided(toWidth: 40)
    }
}
