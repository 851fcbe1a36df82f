/// Who loses tokens when two texts do not fit together.
enum PairTruncation: Sendable {
    /// One token after another from the longer text, from the second when both are equal.
    ///
    /// `truncate_sequences` of Hugging Face transformers, `longest_first`.
    case longerFirst
    /// The same, but an odd token stays with the second text, unless the first was the longer.
    ///
    /// `truncate_encodings` of Hugging Face tokenizers.
    case halves
    /// Room is given out one token after another, to each text in turn.
    ///
    /// `RoundRobinTrimmer` of TensorFlow Text.
    case roundRobin
    /// The first text gets all the room it can fill, the second what is left.
    ///
    /// `WaterfallTrimmer` of TensorFlow Text.
    case firstFirst

    /// How many tokens of each text stay.
    ///
    /// - Complexity: O(1).
    func kept(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        guard first + second > room else { return (first, second) }
        switch self {
        case .longerFirst, .roundRobin:
            // Equal texts lose from the second first, and are given to the first first: the same outcome.
            let half = room / 2
            if first <= half { return (first, room - first) }
            if second <= half { return (room - second, second) }
            return (room - half, half)
        case .firstFirst:
            let kept = min(first, room)
            return (kept, room - kept)
        case .halves:
            var shorter = min(first, second)
            var longer = shorter > room ? shorter : max(shorter, room - shorter)
            if shorter + longer > room {
                shorter = room / 2
                longer = shorter + room % 2
            }
            return first > second ? (longer, shorter) : (shorter, longer)
        }
    }
}
