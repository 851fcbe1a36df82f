extension ModelConfiguration {
    /// The most items of a history that a recommender sees: all tokens, or where it predicts at a mask, all but one.
    public var historyLimit: Int { isCausal ? maximumTokenCount : maximumTokenCount - 1 }
}
