extension InteractionDataset {
    /// The same data set with fewer interactions; its items stay.
    ///
    /// First the ratings are looked at, then the last of each history are taken, then the histories counted.
    ///
    /// - Parameters:
    ///   - rating: the lowest rating that is kept; `nil` for all.
    ///   - last: the most interactions of a user, the last ones; `nil` for all.
    ///   - length: the shortest history that is kept.
    /// - Throws: `AnnotationError.format` if there are no ratings to look at, or nothing is left.
    public func filtered(
        minimumRating rating: Double? = nil, last: Int? = nil, minimumHistory length: Int = 0
    ) throws(AnnotationError) -> InteractionDataset {
        guard rating == nil || ratings != nil else {
            throw .format(path: path, reason: "it has no ratings, so that none can be asked for.")
        }
        if rating == nil, last == nil, length == 0 { return self }
        var kept: [Int] = []
        var keptUsers: [String] = []
        var keptStarts = [0]
        for user in users.indices {
            var rows = Array(starts[user]..<starts[user + 1])
            if let rating, let ratings { rows.removeAll { Double(ratings[$0]) < rating } }
            if let last { rows = rows.suffix(last) }
            guard rows.count >= length else { continue }
            kept += rows
            keptUsers.append(users[user])
            keptStarts.append(kept.count)
        }
        guard !kept.isEmpty else {
            throw .format(path: path, reason: "no interaction is left of its \(interactionCount).")
        }
        return InteractionDataset(
            path: path, format: format, users: keptUsers, items: items, starts: keptStarts,
            sequence: kept.map { sequence[$0] }, times: times.map { times in kept.map { times[$0] } },
            ratings: ratings.map { ratings in kept.map { ratings[$0] } })
    }

    /// Whether each item is in any history.
    var isInteractedWith: [Bool] {
        var isUsed = Array(repeating: false, count: items.count)
        for item in sequence { isUsed[Int(item)] = true }
        return isUsed
    }
}
