extension ModelFolder {
    /// The tokenizer that the folder's model was trained with.
    ///
    /// - Throws: `LoaderError` if its files are missing or broken, or if it gives ids that the model's embedding
    ///   does not have.
    public func tokenizer() throws(LoaderError) -> any Tokenizer {
        try makeTokenizer(
            folder: path, family: configuration.family, vocabularySize: configuration.vocabularySize)
    }
}
