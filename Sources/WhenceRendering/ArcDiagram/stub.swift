public import WhenceExplanation
extension SentimentExplanation { public func svg() -> String { "" } }
