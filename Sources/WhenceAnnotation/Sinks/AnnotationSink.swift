/// Where annotated rows go, in the order of the input.
///
/// What is appended may wait in memory; after ``commit()`` it is on the disk, and a run that is killed can be resumed
/// from there.
public protocol AnnotationSink {
    /// Adds one row.
    ///
    /// - Throws: `AnnotationError.unwritable`.
    mutating func append(_ row: AnnotatedRow) throws(AnnotationError)

    /// Puts everything appended on the disk.
    mutating func commit() throws(AnnotationError)

    /// Ends the output after the last row: only now it has its final name.
    mutating func finish() throws(AnnotationError)
}
