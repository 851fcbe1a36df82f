extension ModelConfiguration {
    /// The names of classes that nobody has named.
    var numberedLabels: [String] { labels.indices.map { "LABEL_\($0)" } }

    /// Names the classes.
    ///
    /// - Parameters:
    ///   - names: in index order.
    ///   - path: the model, for the error.
    /// - Throws: `invalid` unless there are as many as classes, each a text of its own.
    mutating func rename(_ names: [String], of path: String) throws(LoaderError) {
        func invalid(_ expected: String, _ found: String) -> LoaderError {
            .invalid(
                path: path, place: "labels", expected: expected, found: found,
                hint: "Name every class once, in the order of their numbers.")
        }
        guard head == .sequenceClassification else {
            throw invalid("a classifier to name the classes of", "a model without classes")
        }
        guard names.count == labels.count else {
            throw invalid("\(labels.count) names", "\(names.count)")
        }
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw invalid("names", "an empty one") }
            guard names.firstIndex(of: name) == index else {
                throw invalid("different names", "\(quoted(name)) twice")
            }
        }
        labels = names
    }
}
