/// Where annotated rows go, in the order of the input.
///
/// What is appended may wait in memory; after ``commit()`` it is on the disk. ``AnnotationOutput`` puts sinks together
/// and remembers beside them how far they are.
public protocol AnnotationSink {
    /// Adds one row.
    ///
    /// - Throws: `AnnotationError.unwritable`.
    mutating func append(_ row: AnnotatedRow) throws(AnnotationError)

    /// Puts everything appended on the disk.
    mutating func commit() throws(AnnotationError)

    /// Ends what is written, after the last row; the file does not have its final name yet.
    mutating func finish() throws(AnnotationError)
}
