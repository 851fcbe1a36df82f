/// The rows of a data set that belong to one part of it. They keep their numbers.
public struct ShardedRows<Base: RowSource>: RowSource {
    /// The part.
    public let shard: Shard
    private var base: Base

    /// Takes a part of a data set: of n parts, part k has the rows whose number leaves the remainder k − 1.
    public init(_ base: Base, shard: Shard) {
        self.base = base
        self.shard = shard
    }

    /// The data set's name in messages.
    public var name: String { base.name }

    /// What share of the data set has been read.
    public var progress: Double? { base.progress }
    /// Whether the whole's next row is there.
    public var isReady: Bool { base.isReady }

    /// The part's next row; `nil` after the last. A part may be without rows if the data set has few.
    ///
    /// - Throws: what the data set throws.
    public mutating func next() throws(AnnotationError) -> InputRow? {
        while let row = try base.next() {
            if shard.contains(row.index) { return row }
        }
        return nil
    }
}
