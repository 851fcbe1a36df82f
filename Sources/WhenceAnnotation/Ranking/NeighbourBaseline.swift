/// Item-kNN: an item's score is the sum of its similarities to those items of the history that are among its
/// nearest neighbours.
///
/// `similarity(i, j) = |Uᵢ ∩ Uⱼ| / (√(|Uᵢ|·|Uⱼ|) + shrinkage)` over the sets of users in training: the cosine of
/// binary vectors. Of equal similarities at the edge of a neighbourhood the item that comes first in the catalogue
/// is nearer. An item that a history has twice counts once.
/// - Note: Deshpande and Karypis 2004, *Item-based top-N recommendation algorithms*, TOIS 22(1), §4; shrinkage as in
///   Bell and Koren 2007, ICDM.
struct NeighbourBaseline: RankingBaseline {
    /// One setting of the method.
    struct Setting: Sendable, Hashable {
        /// How many neighbours an item has.
        var neighbours: Int
        /// What takes weight from similarities between rare items.
        var shrinkage: Double
    }

    /// An item in whose neighbourhood another stands.
    private struct Edge {
        var item: Int32
        /// The place in the neighbourhood, from 0.
        var place: Int32
        var similarity: Double
    }

    /// For each item, those in whose neighbourhood it stands.
    private let edges: [[Edge]]
    /// How many neighbours of each item count.
    var neighbours: Int

    /// Finds neighbours.
    ///
    /// - Complexity: O(Σ over users of the squared number of their items) time; 16 bytes an item and neighbour.
    init(_ task: RankingTask, _ setting: Setting, progress: (Int) -> Void = { _ in }) throws {
        neighbours = setting.neighbours
        let histories = task.training.map { Array(Set($0)).sorted() }
        var users = Array(repeating: [Int32](), count: task.itemCount)
        for (user, history) in histories.enumerated() {
            for item in history { users[item].append(Int32(user)) }
        }
        var edges = Array(repeating: [Edge](), count: task.itemCount)
        var common = Array(repeating: 0, count: task.itemCount)
        for item in 0..<task.itemCount {
            if item % 64 == 0 {
                try Task.checkCancellation()
                progress(item)
            }
            var touched: [Int] = []
            for user in users[item] {
                for other in histories[Int(user)] {
                    if common[other] == 0 { touched.append(other) }
                    common[other] += 1
                }
            }
            var nearest = NearestItems(limit: setting.neighbours)
            for other in touched where other != item {
                let product = Double(users[item].count * users[other].count)
                let similarity = Double(common[other]) / (product.squareRoot() + setting.shrinkage)
                nearest.insert(.init(item: other, similarity: similarity))
            }
            for other in touched { common[other] = 0 }
            for (place, near) in nearest.sorted().enumerated() {
                edges[near.item].append(
                    Edge(item: Int32(item), place: Int32(place), similarity: near.similarity))
            }
        }
        self.edges = edges
    }

    func scores(_ history: [Int]) -> [Double] {
        var scores = Array(repeating: 0.0, count: edges.count)
        // In ascending order: the same sum for the same items, whatever their order in the history.
        for item in Set(history).sorted() {
            for edge in edges[item] where edge.place < neighbours {
                scores[Int(edge.item)] += edge.similarity
            }
        }
        return scores
    }
}

/// The nearest of the items that are put in, found with a heap whose top is the farthest of them.
struct NearestItems {
    /// An item and how near it is.
    struct Entry: Comparable {
        var item: Int
        var similarity: Double

        /// Whether one is farther than another.
        static func < (first: Entry, second: Entry) -> Bool {
            first.similarity == second.similarity
                ? first.item > second.item : first.similarity < second.similarity
        }
    }

    private let limit: Int
    private var heap: [Entry] = []

    /// Starts without items.
    init(limit: Int) { self.limit = limit }

    /// Puts an item in, and the farthest out if there are too many.
    mutating func insert(_ entry: Entry) {
        if heap.count < limit {
            heap.append(entry)
            rise(from: heap.count - 1)
        } else if let top = heap.first, top < entry {
            heap[0] = entry
            sink()
        }
    }

    /// The items, nearest first.
    func sorted() -> [Entry] { heap.sorted(by: >) }

    private mutating func rise(from place: Int) {
        var place = place
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child] < heap[least]
            {
                least = child
            }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
