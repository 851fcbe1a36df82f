/// Interactions while they are read: one entry a row, ids as numbers.
struct InteractionColumns {
    /// Users in order of their first row.
    var userIDs = IdentifierTable()
    /// Items in order of the titles' file, then of their first row.
    var itemIDs = IdentifierTable()
    /// Titles by item number; shorter than the items where the last have none.
    private(set) var titles: [String?] = []
    private(set) var users: [Int32] = []
    private(set) var items: [Int32] = []
    private(set) var times: [Double]?
    private(set) var ratings: [Float]?

    /// Makes empty columns.
    init(hasTimes: Bool, hasRatings: Bool) {
        times = hasTimes ? [] : nil
        ratings = hasRatings ? [] : nil
    }

    /// How many rows there are.
    var count: Int { users.count }

    /// Adds a row; a value whose column there is not is ignored.
    mutating func append(user: Int32, item: Int32, time: Double = 0, rating: Float = 0) {
        users.append(user)
        items.append(item)
        times?.append(time)
        ratings?.append(rating)
    }

    /// Leaves out the times or the ratings, which only some rows have.
    mutating func drop(times dropsTimes: Bool, ratings dropsRatings: Bool) {
        if dropsTimes { times = nil }
        if dropsRatings { ratings = nil }
    }

    /// Whether an item's title is known.
    func hasTitle(_ item: Int32) -> Bool { Int(item) < titles.count && titles[Int(item)] != nil }

    /// Notes an item's title; the first one stays.
    mutating func setTitle(_ title: String, of item: Int32) {
        while titles.count <= Int(item) { titles.append(nil) }
        if titles[Int(item)] == nil { titles[Int(item)] = title }
    }

    /// Puts the rows in order of users, those of a user in order of time, equal times in order of the file.
    ///
    /// - Returns: the first row of each user, and behind them the number of rows.
    /// - Complexity: O(rows · log longest history); 12 bytes a row beside the columns.
    mutating func order() -> [Int] {
        var starts = Array(repeating: 0, count: userIDs.count + 1)
        for user in users { starts[Int(user) + 1] += 1 }
        for user in 0..<userIDs.count { starts[user + 1] += starts[user] }
        var next = starts
        var order = Array(repeating: Int32(0), count: count)
        for row in 0..<count {
            let user = Int(users[row])
            order[next[user]] = Int32(row)
            next[user] += 1
        }
        users = []
        if let times { Self.sort(&order, by: times, within: starts) }
        items = order.map { items[Int($0)] }
        if let times { self.times = order.map { times[Int($0)] } }
        if let ratings { self.ratings = order.map { ratings[Int($0)] } }
        return starts
    }

    private static func sort(_ order: inout [Int32], by times: [Double], within starts: [Int]) {
        for user in 0..<(starts.count - 1) {
            let rows = starts[user]..<starts[user + 1]
            let isSorted = zip(rows, rows.dropFirst()).allSatisfy {
                times[Int(order[$0])] <= times[Int(order[$1])]
            }
            if isSorted { continue }
            order[rows].sort {
                let (first, second) = (times[Int($0)], times[Int($1)])
                return first == second ? $0 < $1 : first < second
            }
        }
    }
}
