internal import Foundation

extension TaskSample {
    /// The mean cross-entropy of a predictor against the labels, in nats.
    ///
    /// - Returns: infinite if the predictor gives a token no probability that the label gives some.
    /// - Complexity: O(count · length · vocabulary), on one thread.
    public func loss(of predictor: Predictor) -> Double {
        var total = 0.0
        for sequence in 0..<complete.count {
            let law = predictor.law(of: task, after: complete.tokens(of: sequence))
            for (probability, label) in zip(law, complete.label(of: sequence)) where label > 0 {
                total -= Double(label) * log(probability)
            }
        }
        return total / Double(complete.count)
    }
}
