extension DatasetReport {
    /// Parts that explain more often than their correlation with the label does.
    public struct Shortcuts: Sendable, Hashable, Codable {
        /// What the correlation is with.
        public enum Reference: String, Sendable, Hashable, Codable {
            /// The data set's own labels.
            case gold
            /// The model's predictions.
            case prediction
        }

        /// The expected rate `μ` of a part that explains as often as its like:
        /// `logit μ = logit blind + intercept + association·a + frequency·ln n`.
        public struct Fit: Sendable, Hashable, Codable {
            /// The first coefficient.
            public var intercept: Double
            /// The coefficient of the association; not negative.
            public var association: Double
            /// The coefficient of the logarithm of the number of rows.
            public var frequency: Double
            /// How much parts that are alike differ, as the correlation between two rows of one part: 0 binomial.
            public var dispersion: Double
            /// Parts that it was fitted to: those tested without those found.
            public var parts: Int

            /// Makes a fit; every field is as documented above.
            public init(
                intercept: Double, association: Double, frequency: Double, dispersion: Double, parts: Int
            ) {
                self.intercept = intercept
                self.association = association
                self.frequency = frequency
                self.dispersion = dispersion
                self.parts = parts
            }
        }

        /// Fewest rows that a part has to stand in.
        public var minimumRows: Int
        /// The share of false findings that is put up with.
        public var level: Double
        /// How many times as often as is expected a finding has to explain.
        public var smallestRatio: Double
        /// What the correlation is with.
        public var reference: Reference
        /// Parts in as many rows.
        public var tested: Int
        /// The fit; `nil` where nothing was tested.
        public var fit: Fit?
        /// The findings, then the others; the smallest p-value first.
        public var parts: [Shortcut]
        /// How many parts are findings, those that `parts` leaves out included.
        public var findings: Int
        /// Rows that the count of a part can be short of, because rare parts were forgotten; mostly 0.
        public var forgottenRows: Int

        /// Makes a section; every field is as documented above.
        public init(
            minimumRows: Int, level: Double, smallestRatio: Double, reference: Reference, tested: Int,
            fit: Fit?, parts: [Shortcut],
            findings: Int, forgottenRows: Int
        ) {
            self.minimumRows = minimumRows
            self.level = level
            self.smallestRatio = smallestRatio
            self.reference = reference
            self.tested = tested
            self.fit = fit
            self.parts = parts
            self.findings = findings
            self.forgottenRows = forgottenRows
        }
    }

    /// One part, and how often it explains.
    public struct Shortcut: Sendable, Hashable, Codable {
        /// The word or item.
        public var part: ReportedPart
        /// Rows that hold it.
        public var rows: Int
        /// Rows in which it belongs to a smallest explanation.
        public var explains: Int
        /// Their share.
        public var rate: Double
        /// The share of its rows that would be, were the parts of explanations drawn blindly from each row.
        public var blindRate: Double
        /// The share that parts of the same association and frequency have.
        public var expectedRate: Double
        /// How many times the expected rate `rate` is.
        public var ratio: Double
        /// How many standard deviations `explains` is above what is expected.
        public var excess: Double
        /// The probability of as many rows or more under the beta-binomial distribution of parts alike.
        public var pValue: Double
        /// The smallest share of false findings at which this is one (Benjamini and Hochberg).
        public var qValue: Double
        /// Whether `qValue` is at most the level, and `ratio` at least the smallest.
        public var isFinding: Bool
        /// How far the labels of its rows are from those of all rows, as `√(2·KL)` in nats; see ``Shortcuts/reference``.
        public var association: Double
        /// The label predicted most in the rows where it explains.
        public var pull: ReportedPart?
        /// In how many of those.
        public var pullRows: Int
        /// The log odds of that label in its rows, less those in all rows, in nats.
        public var pullLogOdds: Double
        /// The share of its rows that are predicted right; `nil` without true labels.
        public var accuracy: Double?
        /// The first rows where it explains.
        public var examples: [Example]

        /// Makes an entry; every field is as documented above.
        public init(
            part: ReportedPart, rows: Int, explains: Int, blindRate: Double, expectedRate: Double,
            excess: Double, pValue: Double, qValue: Double, isFinding: Bool, association: Double,
            pull: ReportedPart?, pullRows: Int, pullLogOdds: Double, accuracy: Double?, examples: [Example]
        ) {
            self.part = part
            self.rows = rows
            self.explains = explains
            rate = rows > 0 ? Double(explains) / Double(rows) : 0
            self.blindRate = blindRate
            self.expectedRate = expectedRate
            ratio = expectedRate > 0 ? rate / expectedRate : 0
            self.excess = excess
            self.pValue = pValue
            self.qValue = qValue
            self.isFinding = isFinding
            self.association = association
            self.pull = pull
            self.pullRows = pullRows
            self.pullLogOdds = pullLogOdds
            self.accuracy = accuracy
            self.examples = examples
        }
    }
}
