/// What is wrong with an input of `whence discover` as a whole; one sentence.
struct DiscoverInputError: Error, CustomStringConvertible {
    /// The file's name in messages.
    var path: String
    var reason: String

    var description: String { "\(path): \(reason)." }
}
