public import WhenceExplanation

/// What a report needs of one annotated row, read from its line without the rest.
public struct ExplanationOutline: Sendable, Hashable {
    /// What was predicted.
    public enum Task: String, Sendable, Hashable, Codable {
        /// A classifier's label for a text.
        case sentiment
        /// An item for a history.
        case recommendation
    }

    /// A word of the text or an item of the history, as the model saw it.
    public struct Part: Sendable, Hashable {
        /// What it is counted as.
        public var part: ReportedPart
        /// Where it stands in ``ExplanationOutline/text``, in UTF-8 bytes; `nil` for an item.
        public var span: Range<Int>?
    }

    /// A set of parts without which the prediction would have been another.
    public struct Found: Sendable, Hashable {
        /// Places in ``ExplanationOutline/parts``, ascending, each once.
        public var parts: [Int]
        /// The number of nodes.
        public var size: Int
        /// The label, or item, that is predicted instead.
        public var outcome: ReportedPart
    }

    /// What joins the parts to the prediction in the graph of one head.
    public struct Links: Sendable, Hashable {
        /// Where the graph was read.
        public var head: HeadLabel
        /// The adjacent parts, ascending, each once.
        public var links: [Link]
    }

    /// A part that is adjacent to the prediction.
    public struct Link: Sendable, Hashable {
        /// The place in ``ExplanationOutline/parts``.
        public var part: Int
        /// Whether every edge between the two is `<->`: a hidden common cause and nothing else.
        public var isConfounded: Bool
    }

    /// The row's number in the data set, counted from 0; `nil` where the line does not say it.
    public var index: Int?
    /// The line of the data set, counted from 1; `nil` where a row is no line.
    public var line: Int?
    /// What was predicted.
    public var task: Task
    /// What tells models apart: digest and precision.
    public var modelDigest: String
    /// What tells settings apart.
    public var settingsDigest: String
    /// The text; `nil` for a history.
    public var text: String?
    /// What the model saw, in order.
    public var parts: [Part]
    /// The label that was predicted, or the item that was recommended.
    public var label: ReportedPart
    /// The label's number; `nil` for an item.
    public var labelIndex: Int?
    /// All labels; empty for a recommender.
    public var labels: [String]
    /// The label's probability; `nil` for a recommender.
    public var probability: Double?
    /// The sets found, all that the file lists; `nil` where only a prediction was asked for.
    public var explanations: [Found]?
    /// Whether a budget ended the search.
    public var wasCutShort: Bool
    /// One a graph.
    public var graphs: [Links]
    /// The data set's own label, if its field was named and the row has it.
    public var gold: String?
    /// The row's own fields, in their order.
    public var ownFields: [String]

    /// The sets of the smallest size.
    public var smallest: [Found] {
        guard let explanations, let size = explanations.lazy.map(\.size).min() else { return [] }
        return explanations.filter { $0.size == size }
    }
}

/// One line of an annotated data set.
public enum AnnotatedLine: Sendable, Hashable {
    /// A row with a prediction.
    case row(ExplanationOutline)
    /// A row that could not be annotated.
    case failure(index: Int?, kind: String)
}

/// The model and the settings of an annotated data set.
public struct ExplanationSource: Sendable, Hashable {
    /// The model.
    public var model: ModelIdentity
    /// The settings.
    public var settings: ExplanationSettings

    /// Makes a source.
    public init(model: ModelIdentity, settings: ExplanationSettings) {
        self.model = model
        self.settings = settings
    }
}

extension ExplanationSource: Encodable {
    private enum Key: String, CodingKey { case model, settings }

    /// Writes `model` and `settings` as explanations have them.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(ModelDocument(model), forKey: .model)
        try container.encode(SettingsDocument(settings), forKey: .settings)
    }
}
