extension ModelFolder {
    /// The tokenizer that the folder's model was trained with.
    ///
    /// - Parameter choice: which one, where the folder has the files of two.
    /// - Throws: `LoaderError` if its files are missing or broken, or if the model's embedding has no row for one of
    ///   its pieces or for a token that stands around every text. Other added tokens without a row are refused in the
    ///   texts that have them.
    public func tokenizer(_ choice: TokenizerChoice = .slow) throws(LoaderError) -> any Tokenizer {
        try makeTokenizer(
            folder: path, family: configuration.family, vocabularySize: configuration.vocabularySize,
            choice: choice)
    }
}
