/// A recommender that counts instead of learning.
protocol RankingBaseline {
    /// What orders items: compared by `<`, equal scores are ties.
    associatedtype Score: Comparable
    /// Scores of all items behind a history.
    func scores(_ history: [Int]) -> [Score]
}

extension RankingBaseline {
    /// Where it puts the item to be found, for every question.
    func placements(_ task: RankingTask, progress: (Int) -> Void = { _ in }) throws -> [Placement] {
        var isExcluded = Array(repeating: false, count: task.itemCount)
        var placements: [Placement] = []
        placements.reserveCapacity(task.questions.count)
        for (index, question) in task.questions.enumerated() {
            if index % 256 == 0 {
                try Task.checkCancellation()
                progress(index)
            }
            for item in question.history { isExcluded[item] = true }
            placements.append(
                Placement(of: question.target, in: scores(question.history), excluding: isExcluded))
            for item in question.history { isExcluded[item] = false }
        }
        return placements
    }
}

/// Most popular: the number of interactions that an item has in training.
struct PopularityBaseline: RankingBaseline {
    private let counts: [Int]

    init(_ task: RankingTask) {
        var counts = Array(repeating: 0, count: task.itemCount)
        for history in task.training {
            for item in history { counts[item] += 1 }
        }
        self.counts = counts
    }

    func scores(_ history: [Int]) -> [Int] { counts }

    /// The number of interactions with an item.
    func count(_ item: Int) -> Int { counts[item] }
}

/// First-order Markov: how often an item came directly after the last one in training; among equal counts the
/// number of interactions decides.
struct MarkovBaseline: RankingBaseline {
    private let popularity: PopularityBaseline
    /// For each item, those that came after it, each as often as it did.
    private let followers: [[Int32]]
    /// More than any item's number of interactions.
    private let scale: Int

    init(_ task: RankingTask) {
        popularity = PopularityBaseline(task)
        var followers = Array(repeating: [Int32](), count: task.itemCount)
        var interactions = 0
        for history in task.training {
            interactions += history.count
            for (item, next) in zip(history, history.dropFirst()) { followers[item].append(Int32(next)) }
        }
        self.followers = followers
        scale = interactions + 1
    }

    func scores(_ history: [Int]) -> [Int] {
        var scores = popularity.scores(history)
        if let last = history.last {
            for next in followers[last] { scores[Int(next)] += scale }
        }
        return scores
    }
}
