extension DatasetReport {
    /// Two models on the same data set.
    public struct Comparison: Sendable, Hashable, Encodable {
        /// The other annotated file's name in messages.
        public var file: String
        /// Its model and settings.
        public var source: ExplanationSource
        /// Rows with a prediction in both files.
        public var rows: Int
        /// Rows without one in the other file.
        public var onlyFirst: Int
        /// Rows without one in the first file.
        public var onlySecond: Int
        /// Rows with the same label, or the same recommended item, in both.
        public var sameLabel: Int
        /// Their share, 0…1; 0 without rows.
        public var sameShare: Double
        /// Of the rows with the same label, those with explanations in both, in one, and in neither.
        public var explained: Explained
        /// The mean over rows with the same label and explanations in both of the overlap (intersection over union)
        /// of the parts of the smallest explanations; `nil` without such rows.
        public var overlap: Double?
        /// The first rows whose labels differ.
        public var differing: [DifferingRow]
        /// Fewest rows that a part has to stand in.
        public var minimumRows: Int
        /// The share of false findings that is put up with.
        public var level: Double
        /// The parts that explain for one model much more than for the other, the smallest p-value first.
        public var parts: [ComparedPart]
        /// Parts that were tested.
        public var tested: Int
        /// How many are findings, those that `parts` leaves out included.
        public var findings: Int

        /// Of the rows with the same label, those with explanations.
        public struct Explained: Sendable, Hashable, Codable {
            /// By both models.
            public var both: Int
            /// By the first alone.
            public var onlyFirst: Int
            /// By the second alone.
            public var onlySecond: Int
            /// By neither.
            public var neither: Int

            /// Makes a count.
            public init(both: Int = 0, onlyFirst: Int = 0, onlySecond: Int = 0, neither: Int = 0) {
                self.both = both
                self.onlyFirst = onlyFirst
                self.onlySecond = onlySecond
                self.neither = neither
            }
        }

        /// Makes a section; every field is as documented above.
        public init(
            file: String, source: ExplanationSource, rows: Int, onlyFirst: Int, onlySecond: Int,
            sameLabel: Int, explained: Explained, overlap: Double?, differing: [DifferingRow],
            minimumRows: Int, level: Double, parts: [ComparedPart], tested: Int, findings: Int
        ) {
            self.file = file
            self.source = source
            self.rows = rows
            self.onlyFirst = onlyFirst
            self.onlySecond = onlySecond
            self.sameLabel = sameLabel
            sameShare = rows > 0 ? Double(sameLabel) / Double(rows) : 0
            self.explained = explained
            self.overlap = overlap
            self.differing = differing
            self.minimumRows = minimumRows
            self.level = level
            self.parts = parts
            self.tested = tested
            self.findings = findings
        }
    }

    /// A row whose labels differ between two models.
    public struct DifferingRow: Sendable, Hashable, Codable {
        /// What one model says.
        public struct Side: Sendable, Hashable, Codable {
            /// The label, or the recommended item.
            public var label: ReportedPart
            /// The label's probability; `nil` for a recommender.
            public var probability: Double?
            /// The first of the smallest explanations, as names of its parts in order; empty without one.
            public var explanation: [String]
            /// How many more explanations of that size there are.
            public var more: Int

            /// Makes a side; every field is as documented above.
            public init(label: ReportedPart, probability: Double?, explanation: [String], more: Int) {
                self.label = label
                self.probability = probability
                self.explanation = explanation
                self.more = more
            }
        }

        /// The row's number, counted from 0.
        public var index: Int
        /// Its line in the data set, counted from 1; `nil` where a row is no line.
        public var line: Int?
        /// The beginning of the text, or of the history.
        public var beginning: String
        /// The true label, where its field was named.
        public var gold: String?
        /// The first model.
        public var first: Side
        /// The second.
        public var second: Side

        /// Makes a row; every field is as documented above.
        public init(
            index: Int, line: Int?, beginning: String, gold: String?, first: Side, second: Side
        ) {
            self.index = index
            self.line = line
            self.beginning = beginning
            self.gold = gold
            self.first = first
            self.second = second
        }
    }

    /// How often a part explains for each of two models, over the rows of both.
    public struct ComparedPart: Sendable, Hashable, Codable {
        /// The word or item.
        public var part: ReportedPart
        /// Rows that hold it.
        public var rows: Int
        /// Rows in which it explains for both.
        public var both: Int
        /// Rows in which it explains for the first alone.
        public var onlyFirst: Int
        /// Rows in which it explains for the second alone.
        public var onlySecond: Int
        /// The probability of a split of `onlyFirst` and `onlySecond` as uneven, were the models alike (McNemar, exact).
        public var pValue: Double
        /// The smallest share of false findings at which this is one (Benjamini and Hochberg).
        public var qValue: Double
        /// Whether `qValue` is at most the level.
        public var isFinding: Bool

        /// Makes an entry; every field is as documented above.
        public init(
            part: ReportedPart, rows: Int, both: Int, onlyFirst: Int, onlySecond: Int, pValue: Double,
            qValue: Double, isFinding: Bool
        ) {
            self.part = part
            self.rows = rows
            self.both = both
            self.onlyFirst = onlyFirst
            self.onlySecond = onlySecond
            self.pValue = pValue
            self.qValue = qValue
            self.isFinding = isFinding
        }
    }
}
