internal import CWhenceKernels

/// Sequences of tokens and the law that has to be predicted for each.
public struct TokenBatch: Sendable, Hashable {
    /// Sequences.
    public let count: Int
    /// Positions of each.
    public let length: Int
    /// Different tokens.
    public let vocabulary: Int

    /// Sequences lie in groups of sixteen, side by side: `[groups, length, 16]`.
    let tokens: [Int32]
    /// `[groups, vocabulary, 16]`.
    let labels: [Float]

    static let groupSize = whence_laboratory_lanes

    /// Groups that hold `count` sequences.
    static func groupCount(_ count: Int) -> Int { (count + groupSize - 1) / groupSize }

    init(count: Int, length: Int, vocabulary: Int, tokens: [Int32], labels: [Float]) {
        self.count = count
        self.length = length
        self.vocabulary = vocabulary
        self.tokens = tokens
        self.labels = labels
    }

    /// Makes a batch of given sequences.
    ///
    /// - Parameters:
    ///   - sequences: all of one length, tokens from 0 to `vocabulary - 1`.
    ///   - labels: for each sequence the law of the next token, `vocabulary` probabilities.
    /// - Throws: `batch` if the sizes or a token do not fit.
    public init(sequences: [[Int]], labels: [[Float]], vocabulary: Int) throws(LaboratoryError) {
        let length = sequences.first?.count ?? 0
        guard !sequences.isEmpty, length > 0, sequences.count == labels.count else {
            throw .batch(
                "a batch needs sequences, and a law for each: \(sequences.count) and \(labels.count)")
        }
        let groups = Self.groupCount(sequences.count)
        var tokens = [Int32](repeating: 0, count: groups * length * Self.groupSize)
        var laws = [Float](repeating: 0, count: groups * vocabulary * Self.groupSize)
        for (number, sequence) in sequences.enumerated() {
            guard sequence.count == length, sequence.allSatisfy({ (0..<vocabulary).contains($0) }) else {
                throw .batch(
                    "sequence \(number) has not \(length) tokens from 0 to \(vocabulary - 1): \(sequence)")
            }
            guard labels[number].count == vocabulary else {
                throw .batch(
                    "the law of sequence \(number) has \(labels[number].count) entries instead of \(vocabulary)"
                )
            }
            for (position, token) in sequence.enumerated() {
                tokens[Self.place(number, position, of: length)] = Int32(token)
            }
            for (token, probability) in labels[number].enumerated() {
                laws[Self.place(number, token, of: vocabulary)] = probability
            }
        }
        self.init(
            count: sequences.count, length: length, vocabulary: vocabulary, tokens: tokens, labels: laws)
    }

    /// The tokens of a sequence, by position.
    public func tokens(of sequence: Int) -> [Int] {
        (0..<length).map { Int(tokens[Self.place(sequence, $0, of: length)]) }
    }

    /// The law of the next token of a sequence.
    public func label(of sequence: Int) -> [Float] {
        (0..<vocabulary).map { labels[Self.place(sequence, $0, of: vocabulary)] }
    }

    /// The batch with only some of its positions.
    func restricted(to positions: [Int]) -> TokenBatch {
        var kept: [Int32] = []
        kept.reserveCapacity(Self.groupCount(count) * positions.count * Self.groupSize)
        for group in 0..<Self.groupCount(count) {
            for position in positions {
                let start = (group * length + position) * Self.groupSize
                kept.append(contentsOf: tokens[start..<start + Self.groupSize])
            }
        }
        return TokenBatch(
            count: count, length: positions.count, vocabulary: vocabulary, tokens: kept, labels: labels)
    }

    /// Where an element of a sequence lies among `count` elements of each.
    static func place(_ sequence: Int, _ element: Int, of count: Int) -> Int {
        (sequence / groupSize * count + element) * groupSize + sequence % groupSize
    }
}
