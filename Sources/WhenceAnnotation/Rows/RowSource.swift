/// The rows of a data set, one after the other, in bounded memory.
public protocol RowSource {
    /// The data set's name in messages.
    var name: String { get }
    /// What share of the input has been read, 0…1; `nil` where its size is not known, as of a pipe.
    var progress: Double? { get }

    /// Whether the next row comes without waiting for whoever writes the input.
    var isReady: Bool { get }

    /// The next row; `nil` after the last.
    ///
    /// - Throws: `AnnotationError` for what is wrong with the data set as a whole: a file that cannot be read on, a
    ///   header without the column. What is wrong with one row is in that row.
    mutating func next() throws(AnnotationError) -> InputRow?
}

extension RowSource {
    /// Files are always ready.
    public var isReady: Bool { true }
}
