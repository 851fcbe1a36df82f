internal import Foundation

/// How DeBERTa's attention and its surroundings differ from BERT's.
///
/// - Note: He et al. 2021, *DeBERTa: Decoding-enhanced BERT with Disentangled Attention*, arXiv 2006.03654, §3;
///   He et al. 2023, *DeBERTaV3*, arXiv 2111.09543.
public struct DisentangledAttention: Sendable, Hashable, Codable {
    /// A score that the content of one token and the relative position of another give.
    public enum Term: String, Sendable, Hashable, Codable {
        /// The query's content with the position of the key.
        case contentToPosition = "c2p"
        /// The key's content with the position of the query.
        case positionToContent = "p2c"
    }

    /// A convolution over neighbouring tokens beside the first layer.
    public struct Convolution: Sendable, Hashable, Codable {
        /// Tokens that one result sees; odd.
        public var kernelSize: Int
        /// What is applied to the result.
        public var activation: Activation

        /// Makes a description; every field is as documented above.
        public init(kernelSize: Int, activation: Activation) {
            self.kernelSize = kernelSize
            self.activation = activation
        }
    }

    /// The terms beside content-to-content; scores are divided by `√(headSize · (1 + terms))`.
    public var terms: [Term]
    /// The relative positions; `nil` if the terms count in the divisor only (`relative_attention` false).
    public var positions: RelativePositions?
    /// Whether there is also a table of absolute positions, added to the word embedding.
    public var hasAbsolutePositions: Bool
    /// The convolution, if there is one.
    public var convolution: Convolution?

    /// Makes a description; every field is as documented above.
    public init(
        terms: [Term], positions: RelativePositions?, hasAbsolutePositions: Bool, convolution: Convolution?
    ) {
        self.terms = terms
        self.positions = positions
        self.hasAbsolutePositions = hasAbsolutePositions
        self.convolution = convolution
    }
}

/// The table of relative positions that all layers share, and which of its rows a distance has.
public struct RelativePositions: Sendable, Hashable, Codable {
    /// What turns rows of the table into queries and keys.
    public enum Projection: String, Sendable, Hashable, Codable {
        /// The layers' own query and key projections, biases included.
        case shared
        /// Projections for positions alone.
        case separate
    }

    /// Distances at and beyond this one are not told apart (M).
    public var maximumDistance: Int
    /// Logarithmic buckets (B) that distances beyond half of them fall into; `nil` for a row a distance.
    public var bucketCount: Int?
    /// What turns rows of the table into queries and keys.
    public var projection: Projection
    /// Whether a layer norm is over the table.
    public var isNormalized: Bool

    /// Makes a description; every field is as documented above.
    public init(maximumDistance: Int, bucketCount: Int?, projection: Projection, isNormalized: Bool) {
        self.maximumDistance = maximumDistance
        self.bucketCount = bucketCount
        self.projection = projection
        self.isNormalized = isNormalized
    }

    /// Rows of the table for each direction (S); the table has twice as many.
    public var span: Int { bucketCount ?? maximumDistance }

    /// The row of the table for a query that stands `distance` behind its key: 0 to `2·span − 1`.
    ///
    /// - Note: He et al. 2021, §3.1, equation 3; the logarithmic buckets are those of the published code.
    public func row(ofDistance distance: Int) -> Int {
        min(max(bucket(ofDistance: distance) + span, 0), 2 * span - 1)
    }

    /// Distances up to half of the buckets as they are, longer ones on a logarithmic scale. Rounded to single
    /// precision where the library rounds, because the result is cut to a whole number.
    private func bucket(ofDistance distance: Int) -> Int {
        guard let bucketCount, abs(distance) > bucketCount / 2 else { return distance }
        let middle = bucketCount / 2
        let position = Float(log(Double(abs(distance)) / Double(middle)))
        let whole = Float(log(Double(maximumDistance - 1) / Double(middle)))
        let bucket = (position / whole * Float(middle - 1)).rounded(.up) + Float(middle)
        return distance < 0 ? -Int(bucket) : Int(bucket)
    }
}
