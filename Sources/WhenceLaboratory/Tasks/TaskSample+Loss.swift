internal import Foundation

extension TaskSample {
    /// The mean cross-entropy of a predictor against the labels, in nats.
    ///
    /// - Returns: infinite if the predictor gives a token no probability that the label gives some.
    /// - Throws: `CancellationError` if the task that asks is cancelled.
    /// - Complexity: O(count · graphs · (length + vocabulary)), on one thread.
    public func loss(of predictor: Predictor) throws(CancellationError) -> Double {
        var total = 0.0
        var prepared = PreparedPredictor(predictor, for: task)
        for sequence in 0..<complete.count {
            guard !Task.isCancelled else { throw CancellationError() }
            let law = prepared.law(after: complete.tokens(of: sequence))
            for (probability, label) in zip(law, complete.label(of: sequence)) where label > 0 {
                total -= Double(label) * log(probability)
            }
        }
        return total / Double(complete.count)
    }
}
