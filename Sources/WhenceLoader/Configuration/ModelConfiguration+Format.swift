extension ModelConfiguration {
    /// Changes what the classes that read a format do otherwise than the configuration says.
    ///
    /// - Parameter json: `config.json`, for the error.
    /// - Throws: `invalid` for an id of padding that leaves no positions.
    mutating func adapt(to format: WeightFormat, _ json: JSONObject) throws(LoaderError) {
        switch format {
        case .tensorFlow:
            // They do not know these variants: their weights were trained without, whatever the fields say.
            (outputTable, positionEmbedding, scoreDivisor) = (.tied, .absolute, .headSize)
        case .pyTorch where paddingPosition != nil:
            // They number positions by the padding's id, TensorFlow's by 1 whatever it is.
            if let padTokenID, padTokenID + 1 >= positionCount {
                throw json.invalid(
                    "pad_token_id",
                    expected: "at most \(positionCount - 2), the last row but one of the positions",
                    found: "\(padTokenID)")
            }
            paddingPosition = padTokenID
        case .pyTorch, .keras: break
        }
    }
}
