import Whence

extension String {
    /// The text with its line breaks, and all else that would steer a terminal made visible: names of labels, models and
    /// files are in it as their owners wrote them.
    var escapedByLine: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).escapedForDisplay }
            .joined(separator: "\n")
    }
}
