/// The nearest-neighbour estimate of `I(X; Y | Z)` for fixed Y and Z, over ranks.
///
/// Distances between ranks are whole numbers below the number of samples, so the k-th neighbour of a sample comes
/// from counting how many samples lie at each distance. 16 bits hold every rank, distance and count, and a vector
/// register holds many of them.
struct NeighbourInformation {
    private let fixed: [Int16]
    private let conditions: [[Int16]]
    private let neighbour: Int
    /// ψ(1), ψ(2), … at 1, 2, ….
    private let digamma: [Double]

    init(_ fixed: [Int16], given conditions: [[Int16]], neighbour: Int) {
        self.fixed = fixed
        self.conditions = conditions
        self.neighbour = neighbour
        var digamma = [0, -0.577_215_664_901_532_860_61]
        for n in stride(from: 1, to: fixed.count, by: 1) { digamma.append(digamma[n] + 1 / Double(n)) }
        self.digamma = digamma
    }

    /// The estimate, in nats.
    ///
    /// - Parameter varied: X, ranks as those of Y.
    /// - Complexity: O(samples² · conditions).
    func information(with varied: [Int16]) -> Double {
        let count = fixed.count
        var sum = 0.0
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: 4 * count) { buffer in
            guard let scratch = buffer.baseAddress else { return }
            buffer.initialize(repeating: 0)
            let (z, yz) = (scratch, scratch + count)
            let (xz, histogram) = (yz + count, yz + 2 * count)
            for sample in 0..<count {
                z.update(repeating: 0, count: count)
                for condition in conditions {
                    Self.raise(z, from: z, toDistancesFrom: sample, in: condition)
                }
                Self.raise(yz, from: z, toDistancesFrom: sample, in: fixed)
                Self.raise(xz, from: z, toDistancesFrom: sample, in: varied)
                let limit = distance(xz, yz, histogram, count)
                // In one loop: three of them take twice the time.
                var (inXZ, inYZ, inZ): (Int16, Int16, Int16) = (0, 0, 0)
                for place in 0..<count {
                    inXZ &+= xz[place] < limit ? 1 : 0
                    inYZ &+= yz[place] < limit ? 1 : 0
                    inZ &+= z[place] < limit ? 1 : 0
                }
                sum += digamma[Int(inXZ)] + digamma[Int(inYZ)] - digamma[Int(inZ)]
            }
        }
        return digamma[neighbour] - sum / Double(count)
    }

    /// Sets `target` to `source`, raised to the distances from a sample in a further coordinate where those are larger.
    @inline(__always)
    private static func raise(
        _ target: UnsafeMutablePointer<Int16>, from source: UnsafeMutablePointer<Int16>,
        toDistancesFrom sample: Int, in ranks: [Int16]
    ) {
        let own = ranks[sample]
        ranks.withUnsafeBufferPointer { ranks in
            for place in ranks.indices {
                // Without abs, whose check for the smallest number keeps the loop from vector registers.
                let difference = ranks[place] &- own
                target[place] = max(source[place], max(difference, 0 &- difference))
            }
        }
    }

    /// The distance of the k-th neighbour among (X, Y, Z); 1 or more, because no two ranks are equal.
    @inline(__always)
    private func distance(
        _ xz: UnsafeMutablePointer<Int16>, _ yz: UnsafeMutablePointer<Int16>,
        _ histogram: UnsafeMutablePointer<Int16>, _ count: Int
    ) -> Int16 {
        histogram.update(repeating: 0, count: count)
        for place in 0..<count { histogram[Int(max(xz[place], yz[place]))] &+= 1 }
        // The sample itself lies at distance 0, before its first neighbour.
        var (distance, met) = (0, Int(histogram[0]))
        while met <= neighbour {
            distance += 1
            met += Int(histogram[distance])
        }
        return Int16(distance)
    }
}
