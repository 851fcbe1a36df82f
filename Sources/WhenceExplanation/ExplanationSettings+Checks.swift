extension ExplanationSettings {
    /// Refuses values outside their range.
    ///
    /// - Parameters:
    ///   - passesBefore: forward passes of the input itself, which the budget has to allow.
    ///   - headCount: heads of the model's deepest layer.
    /// - Throws: `ExplanationError.setting`, naming the setting, its value and its range; `noSuchHead`.
    func check(passesBefore: Int, headCount: Int) throws(ExplanationError) {
        try require("alpha", alpha, alpha > 0 && alpha < 1, "between 0 and 1, both excluded")
        if let samples { try require("samples", samples, samples >= 4, "at least 4") }
        if let size = maximumConditioningSize {
            try require("the maximal conditioning size", size, size >= 0, "0 or more")
        }
        try require("the maximal set size", maximumSetSize, maximumSetSize >= 1, "1 or more")
        try require("the exhaustive set size", exhaustiveSetSize, exhaustiveSetSize >= 0, "0 or more")
        try require(
            "the number of forward passes", maximumForwardPasses, maximumForwardPasses >= passesBefore,
            "\(passesBefore) or more")
        if let tests = maximumTests {
            try require("the number of independence tests", tests, tests >= 1, "1 or more")
        }
        if let limit = timeLimit {
            try require(
                "the time limit", limit, limit > 0 && limit < Self.endlessSeconds,
                "a positive number of seconds, below a billion")
        }
        try require("the number of items listed", topItems, topItems >= 1, "1 or more")
        if case .only(let heads) = heads {
            try require("the list of heads", "empty", !heads.isEmpty, "at least one head")
            if let stranger = heads.first(where: { !(0..<headCount).contains($0) }) {
                throw .noSuchHead(stranger, headCount: headCount)
            }
        }
    }

    /// More seconds than anybody waits for; far more than these are no `Duration`.
    private static var endlessSeconds: Double { 1e9 }

    /// Refuses a value that does not hold.
    func require(
        _ name: String, _ value: some CustomStringConvertible, _ holds: Bool, _ range: String
    ) throws(ExplanationError) {
        guard holds else { throw .setting(name: name, value: value.description, range: range) }
    }
}
