internal import Foundation

extension TaskSample {
    /// The mean cross-entropy of a predictor against the labels, in nats.
    ///
    /// - Returns: infinite if the predictor gives a token no probability that the label gives some.
    /// - Complexity: O(count · length · vocabulary), on one thread.
    public func loss(of predictor: Predictor) -> Double {
        var total = 0.0
        let prepared = PreparedPredictor(predictor, for: task)
        for sequence in 0..<complete.count {
            let law = prepared.law(after: complete.tokens(of: sequence))
            for (probability, label) in zip(law, complete.label(of: sequence)) where label > 0 {
                total -= Double(label) * log(probability)
            }
        }
        return total / Double(complete.count)
    }
}
