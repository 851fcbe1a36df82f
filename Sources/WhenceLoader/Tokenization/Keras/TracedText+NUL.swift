extension TracedText {
    /// What comes before the first NUL character.
    ///
    /// TensorFlow Text's `regex_split`, with which KerasHub finds words, reads no further.
    func upToNUL() -> TracedText {
        TracedText(scalars.prefix { $0.scalar.value != 0 })
    }
}
