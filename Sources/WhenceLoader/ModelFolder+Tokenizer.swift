extension ModelFolder {
    /// The tokenizer that the folder's model was trained with.
    ///
    /// - Parameter choice: which one, where the folder has the files of two.
    /// - Throws: `LoaderError` if its files are missing or broken, or if it gives ids that the model's embedding
    ///   does not have.
    public func tokenizer(_ choice: TokenizerChoice = .slow) throws(LoaderError) -> any Tokenizer {
        try makeTokenizer(
            folder: path, family: configuration.family, vocabularySize: configuration.vocabularySize,
            choice: choice)
    }
}
