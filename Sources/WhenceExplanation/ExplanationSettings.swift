/// Which causal-discovery algorithm turns an attention covariance into a graph.
public enum DiscoveryAlgorithmName: String, Sendable, Hashable, Codable, CaseIterable {
    /// Iterative causal discovery (Rohekar et al. 2021): FCI's graph with far fewer tests.
    case icd
    /// Order-independent FCI (Spirtes et al. 2000; Colombo and Maathuis 2014).
    case fci
}

/// What the nodes of a graph are.
public enum NodeKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words of the text; the pieces of one word are pooled before the covariance.
    case words
    /// The model's own tokens.
    case tokens
    /// Items of a history; a text has none.
    case items

    /// What the nodes of a text's graph can be.
    public static let ofTexts: [NodeKind] = [.words, .tokens]
}

/// What takes the place of a token whose influence is tested.
public enum Replacement: String, Sendable, Hashable, Codable, CaseIterable {
    /// The model's mask token.
    case mask
    /// The padding token, with attention to it.
    case pad
    /// Nothing: the token is left out and those behind it move up.
    case delete
    /// The unknown token.
    case unknown
}

/// How the attention layer is read as the covariance of a linear structural equation model.
public enum CovarianceEstimator: String, Sendable, Hashable, Codable, CaseIterable {
    /// `A·Aᵀ` of the attention matrix (Rohekar et al. 2023, §3).
    case attention
    /// Covariance of the attention layer's output vectors, centred over the hidden dimension.
    case context
}

/// Which heads of the deepest attention layer get a graph.
public enum HeadChoice: Sendable, Hashable {
    /// One graph a head; explanations are the union.
    case each
    /// One graph from the covariances averaged over heads.
    case pooled
    /// One graph for each head named.
    case only([Int])
}

extension HeadChoice: CustomStringConvertible {
    /// `each`, `pooled`, or the head numbers with commas.
    public var description: String {
        switch self {
        case .each: "each"
        case .pooled: "pooled"
        case .only(let heads): heads.map(String.init).joined(separator: ",")
        }
    }
}

/// Where a graph was read: one head, or all of them pooled.
public enum HeadLabel: Sendable, Hashable, Comparable {
    /// One head, counted from 0.
    case head(Int)
    /// The average over all heads.
    case pooled
}

extension HeadLabel: Codable {
    /// Reads a head number, or the word `pooled`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .head(number)
            return
        }
        let word = try container.decode(String.self)
        guard word == "pooled" else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a head is a number or \"pooled\", not \"\(word)\"")
        }
        self = .pooled
    }

    /// Writes a head number, or the word `pooled`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .head(let number): try container.encode(number)
        case .pooled: try container.encode("pooled")
        }
    }
}

/// Every choice that shapes an explanation. The defaults are those of `whence explain`.
public struct ExplanationSettings: Sendable, Hashable {
    /// The discovery algorithm.
    public var algorithm: DiscoveryAlgorithmName = .icd
    /// Significance level of the independence tests.
    public var alpha: Double = 0.01
    /// Samples that the Fisher-z test assumes; `nil` takes the model's hidden size.
    public var samples: Int?
    /// How attention becomes a covariance.
    public var estimator: CovarianceEstimator = .attention
    /// Which heads get a graph.
    public var heads: HeadChoice = .each
    /// What the nodes are; a recommendation's are always items.
    public var nodes: NodeKind = .words
    /// Leaves out nodes made of punctuation only.
    public var skipPunctuation = false
    /// What replaces a tested token; `nil` takes the first of the model's `replacementChoices`: the mask token, or the
    /// unknown token where there is none, or for a causal model nothing.
    public var replacement: Replacement?
    /// Largest conditioning set; `nil` for no bound of our own.
    public var maximumConditioningSize: Int?
    /// Largest set of nodes that is tried as an explanation.
    public var maximumSetSize = 3
    /// Also tests, up to this size, the sets that the graph does not call legal.
    public var exhaustiveSetSize = 0
    /// Goes on to larger sets after the first size that explains.
    public var allSizes = false
    /// Most forward passes spent on verification.
    public var maximumForwardPasses = 2_000
    /// Most independence tests a graph; `nil` for no bound. The default takes a fraction of a second and is enough
    /// for some two hundred words.
    public var maximumTests: Int? = Self.defaultMaximumTests
    /// Seconds for everything, below a billion; `nil` for no limit.
    public var timeLimit: Double?
    /// Allows selection bias in the graph (edges `---` and `o--`).
    public var selectionBias = false
    /// How many items of a recommendation are listed.
    public var topItems = 10

    /// What `maximumTests` is unless something else is asked for.
    public static let defaultMaximumTests = 1_000_000

    /// The defaults.
    public init() {}
}
