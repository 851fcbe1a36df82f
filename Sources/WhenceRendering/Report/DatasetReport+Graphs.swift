public import WhenceExplanation

extension DatasetReport {
    /// Parts that only hidden common causes (`<->`) join to the prediction.
    public struct Confounded: Sendable, Hashable, Codable {
        /// Rows with graphs.
        public var rows: Int
        /// The graphs of all rows.
        public var graphs: Int
        /// Of all rows in which some part is adjacent to the prediction, the share with `<->` alone.
        public var share: Double
        /// Fewest rows in which a part has to be adjacent.
        public var minimumRows: Int
        /// The share of false findings that is put up with.
        public var level: Double
        /// Parts that are adjacent in as many rows.
        public var tested: Int
        /// Parts that are never joined otherwise, or are joined by `<->` alone more often than chance has it; the
        /// smallest p-value first.
        public var parts: [ConfoundedPart]
        /// How many there are, those that `parts` leaves out included.
        public var findings: Int

        /// Makes a section; every field is as documented above.
        public init(
            rows: Int, graphs: Int, share: Double, minimumRows: Int, level: Double, tested: Int,
            parts: [ConfoundedPart], findings: Int
        ) {
            self.rows = rows
            self.graphs = graphs
            self.share = share
            self.minimumRows = minimumRows
            self.level = level
            self.tested = tested
            self.parts = parts
            self.findings = findings
        }
    }

    /// One part, and what joins it to the prediction.
    public struct ConfoundedPart: Sendable, Hashable, Codable {
        /// What one head's graphs say.
        public struct HeadCount: Sendable, Hashable, Codable {
            /// The head.
            public var head: HeadLabel
            /// Rows in which the part is adjacent to the prediction in this head's graph.
            public var adjacent: Int
            /// Of those, rows with `<->` alone.
            public var confounded: Int

            /// Makes a count.
            public init(head: HeadLabel, adjacent: Int, confounded: Int) {
                self.head = head
                self.adjacent = adjacent
                self.confounded = confounded
            }
        }

        /// The word or item.
        public var part: ReportedPart
        /// Rows in which it is adjacent to the prediction in some head's graph.
        public var adjacent: Int
        /// Of those, rows in which every edge between the two, in all heads, is `<->`.
        public var confounded: Int
        /// Their share.
        public var share: Double
        /// Whether no other edge ever joins it to the prediction.
        public var isOnly: Bool
        /// The share of rows that parts adjacent in as many heads have.
        public var expectedShare: Double
        /// The probability of as many rows or more, were this part like the others.
        public var pValue: Double
        /// The smallest share of false findings at which this is one (Benjamini and Hochberg).
        public var qValue: Double
        /// Rows in which it belongs to a smallest explanation.
        public var explains: Int
        /// The heads in which it is adjacent somewhere.
        public var heads: [HeadCount]

        /// Makes an entry; every field is as documented above.
        public init(
            part: ReportedPart, adjacent: Int, confounded: Int, expectedShare: Double, pValue: Double,
            qValue: Double, explains: Int, heads: [HeadCount]
        ) {
            self.part = part
            self.adjacent = adjacent
            self.confounded = confounded
            share = adjacent > 0 ? Double(confounded) / Double(adjacent) : 0
            isOnly = confounded == adjacent
            self.expectedShare = expectedShare
            self.pValue = pValue
            self.qValue = qValue
            self.explains = explains
            self.heads = heads
        }
    }

    /// Parts that explain together.
    public struct Pairs: Sendable, Hashable, Codable {
        /// Rows whose smallest explanations have two parts or more.
        public var rows: Int
        /// Fewest of these rows in which each part of a pair has to explain.
        public var minimumRows: Int
        /// The share of false findings that is put up with.
        public var level: Double
        /// All pairs of such parts.
        public var tested: Int
        /// The pairs with the smallest p-values, the smallest first.
        public var pairs: [Pair]
        /// How many pairs are findings, those that `pairs` leaves out included.
        public var findings: Int
        /// Rows that the count of a pair can be short of, because rare pairs were forgotten; mostly 0.
        public var forgottenRows: Int

        /// Makes a section; every field is as documented above.
        public init(
            rows: Int, minimumRows: Int, level: Double, tested: Int, pairs: [Pair], findings: Int,
            forgottenRows: Int
        ) {
            self.rows = rows
            self.minimumRows = minimumRows
            self.level = level
            self.tested = tested
            self.pairs = pairs
            self.findings = findings
            self.forgottenRows = forgottenRows
        }
    }

    /// Two parts that belong to one smallest explanation.
    public struct Pair: Sendable, Hashable, Codable {
        /// One part.
        public var first: ReportedPart
        /// The other; `first` sorts before it.
        public var second: ReportedPart
        /// Rows in which both belong to one smallest explanation.
        public var rows: Int
        /// Rows expected, were the two independent among the rows whose explanations have two parts or more.
        public var expectedRows: Double
        /// How many times the expected rows `rows` is.
        public var lift: Double
        /// The binomial probability of as many rows or more.
        public var pValue: Double
        /// The smallest share of false findings at which this is one (Benjamini and Hochberg).
        public var qValue: Double
        /// Whether `qValue` is at most the level.
        public var isFinding: Bool

        /// Makes an entry; every field is as documented above.
        public init(
            first: ReportedPart, second: ReportedPart, rows: Int, expectedRows: Double, pValue: Double,
            qValue: Double, isFinding: Bool
        ) {
            self.first = first
            self.second = second
            self.rows = rows
            self.expectedRows = expectedRows
            lift = expectedRows > 0 ? Double(rows) / expectedRows : 0
            self.pValue = pValue
            self.qValue = qValue
            self.isFinding = isFinding
        }
    }
}
