/// Permutations that keep each value among samples that are near each other in the conditioning set.
struct NeighbourShuffling {
    /// Neighbours of sample t, itself among them, at `t · width ..< (t + 1) · width`; empty without conditions.
    private var neighbours: [Int32] = []
    private let width: Int
    private var order: [Int32]
    private var isTaken: [Bool]

    /// Finds the neighbours: nearest by the largest difference of ranks, of equally near ones the earlier sample.
    ///
    /// - Complexity: O(samples² · conditions).
    init(_ conditions: [[Int16]], sampleCount: Int, neighbours width: Int) {
        self.width = width
        order = (0..<Int32(sampleCount)).map { $0 }
        isTaken = [Bool](repeating: false, count: sampleCount)
        guard !conditions.isEmpty else { return }
        var distances = [Int16](repeating: 0, count: sampleCount)
        for sample in 0..<sampleCount {
            for place in 0..<sampleCount { distances[place] = 0 }
            for condition in conditions {
                for place in 0..<sampleCount {
                    distances[place] = max(distances[place], abs(condition[place] - condition[sample]))
                }
            }
            neighbours += Self.nearest(distances, count: width)
        }
    }

    /// The places of the smallest numbers, those of equal ones in order.
    private static func nearest(_ distances: [Int16], count: Int) -> [Int32] {
        var found: [(distance: Int16, place: Int32)] = []
        for (place, distance) in distances.enumerated() {
            if found.count == count, let last = found.last, distance >= last.distance { continue }
            let position = found.firstIndex { distance < $0.distance } ?? found.count
            found.insert((distance, Int32(place)), at: position)
            if found.count > count { found.removeLast() }
        }
        return found.map(\.place)
    }

    /// Ranks in a new arrangement; those that serve twice, and the ones after them, are ranked anew.
    mutating func shuffled(_ values: [Int16], _ randomness: inout QuestionRandomness) -> [Int16] {
        order.withUnsafeMutableBufferPointer { randomness.shuffle($0) }
        guard !neighbours.isEmpty else { return order.map { values[Int($0)] } }
        var result = values
        isTaken.withUnsafeMutableBufferPointer { isTaken in
            isTaken.update(repeating: false)
            neighbours.withUnsafeMutableBufferPointer { neighbours in
                for sample in order {
                    let choices = UnsafeMutableBufferPointer(
                        rebasing: neighbours[Int(sample) * width..<(Int(sample) + 1) * width])
                    randomness.shuffle(choices)
                    // Where all are taken the last serves twice, as in Runge 2018, algorithm 1.
                    let source = Int(choices.first { !isTaken[Int($0)] } ?? choices[width - 1])
                    isTaken[source] = true
                    result[Int(sample)] = values[source]
                }
            }
        }
        return ranked(result)
    }

    /// Ranks of values that may occur twice; equal ones in the random order of the samples.
    private func ranked(_ values: [Int16]) -> [Int16] {
        var next = [Int16](repeating: 0, count: values.count + 1)
        for value in values { next[Int(value) + 1] += 1 }
        for value in values.indices { next[value + 1] += next[value] }
        var ranks = values
        for sample in order {
            let value = Int(values[Int(sample)])
            ranks[Int(sample)] = next[value]
            next[value] += 1
        }
        return ranks
    }
}
