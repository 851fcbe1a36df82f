extension ModelConfiguration {
    /// The names of classes that nobody has named.
    var numberedLabels: [String] { labels.indices.map { "LABEL_\($0)" } }

    /// Names the classes.
    ///
    /// - Parameters:
    ///   - names: in index order.
    ///   - path: the model, for the error.
    /// - Throws: `LoaderError.labels` unless there are as many as classes, each a text of its own.
    mutating func rename(_ names: [String], of path: String) throws(LoaderError) {
        func refusal(_ expected: String, _ found: String) -> LoaderError {
            .labels(
                path: path, expected: expected, found: found,
                hint: "Name every class once, in the order of their numbers.")
        }
        guard head == .sequenceClassification else {
            throw .labels(
                path: path, expected: "a classifier to name the classes of", found: "a model without classes",
                hint: "Leave the names out.")
        }
        guard names.count == labels.count else {
            throw refusal(counted(labels.count, "name"), "\(names.count)")
        }
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw refusal("names", "an empty one") }
            guard names.firstIndex(of: name) == index else {
                throw refusal("different names", "\(quoted(name)) twice")
            }
        }
        labels = names
    }
}
