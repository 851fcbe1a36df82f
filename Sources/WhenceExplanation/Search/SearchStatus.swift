/// How far the search for explanations got.
public struct SearchStatus: Sendable, Hashable, Codable {
    /// What the search can claim.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// Every set of a smaller size that the graphs allow was tested: what was found is minimal on the graphs.
        case minimal
        /// Every set up to `testedSizes` that the graphs allow was tested, and none changes the prediction.
        case none
        /// A budget ended the search inside size `testedSizes + 1`.
        case budget
    }

    /// What the search can claim.
    public var search: Outcome
    /// All sets up to this size were tested.
    public var testedSizes: Int
    /// All subsets whatever the graphs say were tested up to this size (`--exhaustive`).
    public var certifiedSizes: Int
    /// Which budget ended the search, in words; `nil` if none did.
    public var budget: String?
    /// Forward passes run, those of the original input included.
    public var forwardPasses: Int
    /// Wall time of the whole explanation; `nil` where it was not kept, as in the records of a data set, which are
    /// the same in every run.
    public var elapsedMilliseconds: Double?

    /// Makes a status; every field is as documented above.
    public init(
        search: Outcome, testedSizes: Int, certifiedSizes: Int, budget: String?, forwardPasses: Int,
        elapsedMilliseconds: Double?
    ) {
        self.search = search
        self.testedSizes = testedSizes
        self.certifiedSizes = certifiedSizes
        self.budget = budget
        self.forwardPasses = forwardPasses
        self.elapsedMilliseconds = elapsedMilliseconds
    }
}

extension SearchStatus {
    init<Prediction>(
        _ report: ExplanationSearch<Prediction>.Report, passesBefore: Int, elapsedMilliseconds: Double
    ) {
        let search: Outcome =
            switch (report.budget, report.found.isEmpty) {
            case (.some, _): .budget
            case (nil, true): .none
            case (nil, false): .minimal
            }
        self.init(
            search: search, testedSizes: report.testedSizes, certifiedSizes: report.certifiedSizes,
            budget: report.budget, forwardPasses: report.verifications + passesBefore,
            elapsedMilliseconds: elapsedMilliseconds)
    }
}
