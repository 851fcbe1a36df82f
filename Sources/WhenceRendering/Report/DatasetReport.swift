/// What an annotated data set says about the model: `whence.report/1`.
public struct DatasetReport: Sendable, Hashable, Encodable {
    /// The annotated file's name in messages.
    public var file: String
    /// What was predicted.
    public var task: ExplanationOutline.Task
    /// The model and the settings that the rows were annotated with.
    public var source: ExplanationSource
    /// The rows, the labels, the sizes of explanations.
    public var overview: Overview
    /// Parts that explain more often than their correlation with the label does.
    public var shortcuts: Shortcuts
    /// Parts that only hidden common causes join to the prediction; `nil` for a file without graphs.
    public var confounded: Confounded?
    /// Parts that explain together.
    public var pairs: Pairs
    /// Another model on the same data set.
    public var comparison: Comparison?

    /// Makes a report; every field is as documented above.
    public init(
        file: String, task: ExplanationOutline.Task, source: ExplanationSource, overview: Overview,
        shortcuts: Shortcuts, confounded: Confounded?, pairs: Pairs, comparison: Comparison?
    ) {
        self.file = file
        self.task = task
        self.source = source
        self.overview = overview
        self.shortcuts = shortcuts
        self.confounded = confounded
        self.pairs = pairs
        self.comparison = comparison
    }
}

extension DatasetReport {
    /// The rows, the labels, the sizes of explanations.
    public struct Overview: Sendable, Hashable, Codable {
        /// A label or an item, and in how many rows it was predicted.
        public struct LabelCount: Sendable, Hashable, Codable {
            /// The label, or the recommended item.
            public var label: ReportedPart
            /// Rows.
            public var rows: Int

            /// Makes a count.
            public init(label: ReportedPart, rows: Int) {
                self.label = label
                self.rows = rows
            }
        }

        /// A kind of error, and how many rows have it.
        public struct ErrorCount: Sendable, Hashable, Codable {
            /// The kind, as records name it.
            public var kind: String
            /// Rows.
            public var rows: Int

            /// Makes a count.
            public init(kind: String, rows: Int) {
                self.kind = kind
                self.rows = rows
            }
        }

        /// The true labels of the data set.
        public struct Gold: Sendable, Hashable, Codable {
            /// The field that holds them.
            public var field: String
            /// Rows that have one.
            public var rows: Int
            /// Rows predicted right; `nil` where the field's values are no labels of the model.
            public var correct: Int?

            /// Makes a value.
            public init(field: String, rows: Int, correct: Int?) {
                self.field = field
                self.rows = rows
                self.correct = correct
            }
        }

        /// Rows with a prediction.
        public var rows: Int
        /// Rows that could not be annotated, by kind, the most frequent first.
        public var errors: [ErrorCount]
        /// How often each label was predicted, the most frequent first; of items only the first.
        public var labels: [LabelCount]
        /// Rows with a label that `labels` leaves out.
        public var otherLabels: Int
        /// Rows with a set that changes the prediction.
        public var flipped: Int
        /// Their share, 0…1; 0 without rows.
        public var flippedShare: Double
        /// Rows whose search a budget ended.
        public var cutShort: Int
        /// How many rows have smallest sets of each size: `sizes[0]` counts size 1.
        public var sizes: [Int]
        /// The median size of the smallest sets, over the rows that have one; the lower of two.
        public var medianSize: Int?
        /// The true labels; `nil` where no field was named.
        public var gold: Gold?

        /// Makes an overview; every field is as documented above.
        public init(
            rows: Int, errors: [ErrorCount], labels: [LabelCount], cutShort: Int, sizes: [Int], gold: Gold?
        ) {
            self.rows = rows
            self.errors = errors
            self.labels = labels
            self.cutShort = cutShort
            self.sizes = sizes
            self.gold = gold
            otherLabels = rows - labels.reduce(0) { $0 + $1.rows }
            flipped = sizes.reduce(0, +)
            flippedShare = rows > 0 ? Double(flipped) / Double(rows) : 0
            var rest = (flipped + 1) / 2
            medianSize =
                flipped == 0
                ? nil
                : sizes.firstIndex { count in
                    rest -= count
                    return rest <= 0
                }.map { $0 + 1 }
        }

        /// Rows that could not be annotated.
        public var errorCount: Int { errors.reduce(0) { $0 + $1.rows } }
    }
}

extension DatasetReport {
    /// A row of the data set that shows something.
    public struct Example: Sendable, Hashable, Codable {
        /// The row's number, counted from 0.
        public var index: Int
        /// Its line in the data set, counted from 1; `nil` where a row is no line.
        public var line: Int?
        /// What stands before the part.
        public var before: String
        /// The part, as the row spells it.
        public var part: String
        /// What stands behind it.
        public var after: String
        /// What was predicted.
        public var label: String
        /// What is predicted without the part, or the set it belongs to.
        public var outcome: String

        /// Makes an example; every field is as documented above.
        public init(
            index: Int, line: Int?, before: String, part: String, after: String, label: String,
            outcome: String
        ) {
            self.index = index
            self.line = line
            self.before = before
            self.part = part
            self.after = after
            self.label = label
            self.outcome = outcome
        }
    }
}
