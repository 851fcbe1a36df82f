internal import WhenceExplanation
internal import WhenceRendering

/// What is counted of one word or item.
struct PartTally {
    /// Rows that hold it.
    var rows = 0
    /// Rows in which it belongs to a smallest explanation.
    var explains = 0
    /// Of those, rows whose smallest explanations have two parts or more.
    var explainsInSets = 0
    /// Rows in which it would explain, were the parts of explanations drawn blindly from each row.
    var blindRows = 0.0
    /// Labels predicted in its rows, by number.
    var predicted = SparseCounts()
    /// Labels predicted in the rows where it explains.
    var pulled = SparseCounts()
    /// True labels of its rows.
    var gold = SparseCounts()
    /// Rows with a true label that were predicted right.
    var correct = 0
    /// The first rows where it explains.
    var examples: [DatasetReport.Example] = []
    /// What joins it to the prediction; `nil` while it is adjacent in no row.
    var links: LinkTally?

    static let examplesKept = 3
}

/// What joins one word or item to the prediction.
struct LinkTally {
    /// Rows in which it is adjacent in some head's graph.
    var adjacent = 0
    /// Of those, rows with `<->` alone.
    var confounded = 0
    /// Rows by the number of heads in which it is adjacent.
    var headCounts = SparseCounts()
    /// Rows in which it is adjacent, by the head's number.
    var adjacentHeads = SparseCounts()
    /// Rows in which it is adjacent by `<->` alone, by the head's number.
    var confoundedHeads = SparseCounts()
}

/// Numbers for names, in the order in which they come; those after the limit share one.
struct NumberedNames<Name: Hashable> {
    /// Most names that are told apart.
    let limit: Int
    /// The names, by number.
    private(set) var names: [Name] = []
    private var numbers: [Name: Int] = [:]

    init(limit: Int) {
        self.limit = limit
    }

    /// The number of a name; ``limit`` for a name too many.
    mutating func number(of name: Name) -> Int {
        if let number = numbers[name] { return number }
        guard names.count < limit else { return limit }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// A number's name; `nil` for the number that names share.
    subscript(number: Int) -> Name? { names.indices.contains(number) ? names[number] : nil }
}
